import { assertEquals } from "@std/assert";
import { join, relative } from "@std/path";
import type { Assignment } from "../../../tools/grading/course.ts";
import { findSubmissions } from "../../../tools/grading/submissions.ts";

const COURSE: Assignment[] = ["01_loss", "02_back"].map((name) => ({ name, checks: [], namesOfChecks: [] }));

/** What is found where these files are; folders end with a slash. */
async function foundIn(paths: string[], names: string[] = []) {
  const root = await Deno.makeTempDir({ prefix: "submissions-" });
  try {
    for (const path of paths) {
      await Deno.mkdir(join(root, path, path.endsWith("/") ? "." : ".."), { recursive: true });
      if (!path.endsWith("/")) await Deno.writeTextFile(join(root, path), "{}");
    }
    const { submissions, missing, strange } = await findSubmissions(root, COURSE, names);
    return {
      submissions: submissions.map(({ student, assignment, folder, notes = [] }) =>
        [student, assignment, relative(root, folder).replaceAll("\\", "/"), ...notes].join(" | ")
      ),
      missing: missing.map(({ student, assignment, note }) => [student, assignment, note].join(" | ")),
      strange: strange.map((one) => one.replaceAll(root, "ROOT").replaceAll("\\", "/")),
    };
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("a folder in other letters, and a notebook without a folder, are taken with a note", async () => {
  const paths = [
    "ada/01_Loss/01_Loss.ipynb",
    "ben/01_loss.ipynb",
    "ben/02-back.ipynb",
    "cleo/02_back/x.ipynb",
  ];
  assertEquals(await foundIn(paths), {
    submissions: [
      "ada | 01_loss | ada/01_Loss | found in the folder 01_Loss",
      "ben | 01_loss | ben | found as ben/01_loss.ipynb, without a folder of its own",
      "ben | 02_back | ben | found as ben/02-back.ipynb, without a folder of its own",
      "cleo | 02_back | cleo/02_back",
    ],
    missing: ["ada | 02_back | ", "cleo | 01_loss | "],
    strange: [],
  });
});

Deno.test("what could be it twice is not taken; the note says what to do", async () => {
  assertEquals(await foundIn(["ada/01 loss/a.ipynb", "ada/01-loss/a.ipynb"]), {
    submissions: [],
    missing: ["ada | 01_loss | 01 loss, 01-loss could be it: move the right one to ada/01_loss/"],
    strange: [],
  });
  // With the right name there is no doubt.
  assertEquals(await foundIn(["ada/01_loss/a.ipynb", "ada/01_loss.ipynb"]), {
    submissions: ["ada | 01_loss | ada/01_loss"],
    missing: [],
    strange: ["ada/01_loss.ipynb was not looked at, as there is ada/01_loss"],
  });
});

Deno.test("the note of a missing assignment names what might be meant to be it", async () => {
  const { missing, submissions } = await foundIn(["ada/01_loss/", "ben/homework.ipynb", "cleo/"]);
  assertEquals(submissions.length, 1);
  assertEquals(missing, [
    "ben | 01_loss | if homework.ipynb is meant, move it to ben/01_loss/",
    "cleo | 01_loss | ",
  ]);
});

Deno.test("a folder of students among the students is noticed, and is no student", async () => {
  assertEquals(await foundIn(["ada/01_loss/", "handed_in/ben/01_loss/", "handed_in/cleo/02_back/"]), {
    submissions: ["ada | 01_loss | ada/01_loss"],
    missing: [],
    strange: [
      "handed_in holds folders of students (ben, cleo), not of assignments: grade the folder ROOT/handed_in, " +
      "or move what is in it one level up",
    ],
  });
});

Deno.test("with the name of an assignment, nothing is said about others", async () => {
  assertEquals(await foundIn(["ada/01_loss/", "ada/02_back.ipynb", "ben/02_Back/"], ["01_loss"]), {
    submissions: ["ada | 01_loss | ada/01_loss"],
    missing: ["ben | 01_loss | "],
    strange: [],
  });
});

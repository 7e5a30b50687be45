// From TypeScript to one script a widget.
import { createRequire } from "node:module";
import * as esbuild from "esbuild";
import { dirname, join } from "@std/path";

/** Where a script comes from, and where it goes. */
const FOLDERS = { from: "lib/widgets/browser", to: "lib/widgets/built" };

/** A bundled script. */
export interface Bundle {
  /** Where it belongs, from the project's root. */
  file: string;
  code: string;
  /** The files of the project that it was made from. */
  inputs: string[];
}

/**
 * The scripts of all widgets, as `lib/widgets/built/` should hold them. The same sources give the same characters.
 *
 * @param root The project's folder, absolute
 */
export async function bundleWidgets(root: string): Promise<Bundle[]> {
  const kinds = [...Deno.readDirSync(join(root, FOLDERS.from))].map(({ name }) => name)
    .filter((name) => isEntry(join(root, FOLDERS.from, name))).sort();
  try {
    const bundles: Bundle[] = [];
    for (const name of kinds) bundles.push(await bundle(root, name));
    return bundles;
  } finally {
    await esbuild.stop();
  }
}

/** The files that start a widget; the others are what they share. */
function isEntry(path: string): boolean {
  return Deno.readTextFileSync(path).includes("\nstartAll(");
}

/** Where the library runs: in a page, which computes little, so its script carries the plain loops only. */
const inPage: esbuild.Plugin = {
  name: "in a page",
  setup(build) {
    const instead = (path: string, contents: string) => {
      const filter = new RegExp(`${path.slice(path.lastIndexOf("/"))}$`);
      build.onLoad({ filter }, ({ path: file }) => {
        const name = file.replaceAll("\\", "/");
        return name.endsWith(path) ? { contents, loader: "ts", resolveDir: dirname(file) } : undefined;
      });
    };
    instead(
      "lib/host/mod.ts",
      'export { host } from "./browser.ts"; export { INSPECT } from "./host.ts";',
    );
    instead(
      "lib/kernels/default.ts",
      'export { referenceKernels as defaultKernels } from "./reference.ts";',
    );
  },
};

/** Packages lie where Deno keeps them. What they make and no script reads stays out, such as a shuffle by Math.random. */
const packages: esbuild.Plugin = {
  name: "packages",
  setup(build) {
    build.onLoad({ filter: /\.mjs$/ }, ({ path }) => {
      const text = Deno.readTextFileSync(path);
      return { contents: text.replace(/^var \w+ = (?=\w+\()/gm, "$&/* @__PURE__ */ ") };
    });
    build.onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
      if (kind === "entry-point") return undefined;
      return { path: createRequire(importer).resolve(path), sideEffects: false };
    });
  },
};

async function bundle(root: string, name: string): Promise<Bundle> {
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [join(FOLDERS.from, name)],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    treeShaking: true,
    write: false,
    metafile: true,
    plugins: [inPage, packages],
    // As Deno reads them.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: true, verbatimModuleSyntax: false } },
  });
  // Inside HTML, this would end the script.
  const code = result.outputFiles[0].text.replaceAll("</script", "<\\/script");
  return {
    file: `${FOLDERS.to}/${name.replace(/\.ts$/, ".js")}`,
    code,
    inputs: Object.keys(result.metafile.inputs).sort(),
  };
}

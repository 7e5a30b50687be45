// From TypeScript to one script a widget.
import * as esbuild from "esbuild";
import { join } from "@std/path";

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

/** A page in the browser computes little, so its script carries the plain loops only, in place of the fast kernels. */
const plainLoops: esbuild.Plugin = {
  name: "plain loops",
  setup(build) {
    build.onResolve({ filter: /\/default\.ts$/ }, ({ path, resolveDir }) => {
      if (!resolveDir.replaceAll("\\", "/").endsWith("lib/kernels")) return undefined;
      return { path: join(resolveDir, path.replace("default", "default_in_browsers")) };
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
    plugins: [plainLoops],
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

import { join } from "@std/path";

/** Names of programs that are Chromium, or made from it. */
const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
  "msedge",
];

/** Where they are on systems that do not put them on the PATH. */
const PLACES: Partial<Record<typeof Deno.build.os, string[]>> = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  windows: ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((name) => {
    const folder = Deno.env.get(name);
    if (!folder) return [];
    return ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"]
      .map((path) => join(folder, path));
  }),
};

/** What to do where there is none. */
export const HOW_TO_GET_ONE =
  "No browser was found. Install Chromium, Chrome or Edge (on Debian and Ubuntu: apt-get install chromium), " +
  "or name one in BACKPROP_BROWSER.";

/**
 * The full path of a browser that tests can drive; `undefined` if there is none. `BACKPROP_BROWSER` goes before all.
 *
 * @throws {Error} If `BACKPROP_BROWSER` names something that is not there
 */
export function findBrowser(env: Record<string, string> = Deno.env.toObject()): string | undefined {
  const named = env.BACKPROP_BROWSER;
  if (named) {
    if (isFile(named)) return named;
    throw new Error(`BACKPROP_BROWSER is ${named}, and there is no such file.`);
  }
  const isWindows = Deno.build.os === "windows";
  const folders = (env.PATH ?? env.Path ?? "").split(isWindows ? ";" : ":").filter(Boolean);
  const names = isWindows ? NAMES.map((name) => `${name}.exe`) : NAMES;
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...paths, ...PLACES[Deno.build.os] ?? []].find(isFile);
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

// The page's scripts are parts of one file: this makes functions of some of them available to a test.
import { readFileSync } from "node:fs";

const SCRIPTS = new URL("../../../workbook/page/scripts/", import.meta.url);

// `load(["form/saver"], ["makeSaver"], { document })` runs the files with these globals and returns the named constants.
export function load(files, names, globals = {}) {
  const code = files.map((file) => readFileSync(new URL(`${file}.js`, SCRIPTS), "utf8")).join("\n");
  const keys = Object.keys(globals);
  return new Function(...keys, `${code}\nreturn { ${names.join(", ")} };`)(...keys.map((key) => globals[key]));
}

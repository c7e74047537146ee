// Runs byte_code.py inside Pyodide: node byte_code.mjs PYODIDE SCRIPT IN OUT
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, script, given, made] = process.argv.slice(2).map((name) => path.resolve(name));
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")));
const { PYTHONHASHSEED, PYTHONNODEBUGRANGES } = process.env;
const python = await loadPyodide({ indexURL: folder + path.sep, env: { PYTHONHASHSEED, PYTHONNODEBUGRANGES } });
python.FS.writeFile("/in.zip", fs.readFileSync(given));
python.FS.writeFile("/byte_code.py", fs.readFileSync(script));
python.runPython("import sys, pathlib; sys.path.insert(0, '/')");
python.runPython("import byte_code; byte_code.convert(pathlib.Path('/in.zip'), pathlib.Path('/out.zip'))");
fs.writeFileSync(made, python.FS.readFile("/out.zip"));

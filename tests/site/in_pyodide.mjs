// Runs tests/site/in_pyodide.py in Pyodide: node in_pyodide.mjs BOX CLONE OUT. Its answer is OUT/there.json.
import path from "node:path";

const [box, clone, out] = process.argv.slice(2);
const { loadPyodide } = await import(path.join(box, "pyodide", "pyodide.mjs"));
const py = await loadPyodide({ indexURL: path.join(box, "pyodide") + "/" });
for (const [at, from] of [["/packages", `${box}/packages`], ["/later", `${box}/later`], ["/clone", clone], ["/out", out]]) {
  py.mountNodeFS(at, from);
}
await py.runPythonAsync(`
import os, sys
sys.dont_write_bytecode = True
sys.path[:0] = ["/clone", "/packages"]
os.environ.update(WORKBOOK_APP="browser", WORKBOOK_HOME="/home/workbooks")
from tests.site import in_pyodide
await in_pyodide.main("/out/there.json", "/later")
`);

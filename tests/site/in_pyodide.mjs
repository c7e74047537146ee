// Runs tests/site/in_pyodide.py in Pyodide: node in_pyodide.mjs PYODIDE BOX CLONE. Its answer is BOX/there.json.
import path from "node:path";

const [pyodide, box, clone] = process.argv.slice(2);
const { loadPyodide } = await import(path.join(pyodide, "pyodide.mjs"));
const py = await loadPyodide({ indexURL: pyodide + "/", stdLibURL: path.join(box, "library.zip") });
for (const [at, from] of [["/box", box], ["/clone", clone]]) py.mountNodeFS(at, from);
await py.runPythonAsync(`
import os, sys
sys.dont_write_bytecode = True
sys.path[:0] = ["/box/ours", "/box/python", "/clone"]
os.environ.update(WORKBOOK_APP="browser", WORKBOOK_HOME="/home/workbooks", WORKBOOK_NOTEBOOKS="/clone/notebooks")
from tests.site import in_pyodide
await in_pyodide.main("/box/there.json", ["/box/typst", "/box/pypdfium2"])
`);

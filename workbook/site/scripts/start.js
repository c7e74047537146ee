// Starts Python in a module worker, from the files of one version. Knows Pyodide and the list of files, not a case.

import { Files } from "./files.js";
import { lockFileContents } from "./lock.mjs";
import { loadPyodide } from "./pyodide.mjs";
import { unzip } from "./unzip.js";
import { XzReadableStream } from "./xz.mjs";

export const LIBRARY = "/lib/workbook"; // where the packages are, in Python's own file system

// Typst asks for the time zone with a line of JavaScript, and ends Python if it gets no answer. The site's policy lets no
// text run as code, so this one line is known instead.
const ZONE = "Intl.DateTimeFormat().resolvedOptions().timeZone";
globalThis.eval = (text) => {
  if (text === ZONE) return Intl.DateTimeFormat().resolvedOptions().timeZone;
  throw new EvalError("no text runs as code here");
};

// The files of a version, with all that this browser has.
export async function openFiles(listAddress, base) {
  const answer = await fetch(listAddress);
  if (!answer.ok) throw new Error(`missing: ${listAddress}`);
  return new Files(await answer.json(), base, {
    caches: globalThis.caches,
    fetch: (...given) => fetch(...given),
    subtle: globalThis.crypto?.subtle,
    unpack: (stream) => new XzReadableStream(stream),
  });
}

// Brings files and counts: `heard(done, total)` in bytes as they travel, only for what is not kept already.
async function bringAll(files, names, heard) {
  const { files: missing, bytes: total } = await files.missing(...names);
  const got = new Map(missing.map((file) => [file.name, 0]));
  const count = (name) => (bytes) => {
    got.set(name, bytes);
    heard?.([...got.values()].reduce((sum, each) => sum + each, 0), total);
  };
  if (total) heard?.(0, total); // before the first byte, which may take long
  return Promise.all(names.map((name) => files.bring(name, got.has(name) ? count(name) : undefined)));
}

// Python with its library and our code, ready to import; nothing of ours is imported yet. `arrived()` is called once
// nothing is fetched any more.
export async function startPython(files, { heard, arrived, options = {} } = {}) {
  const names = ["pyodide.asm.wasm", "pyodide.asm.mjs", "python_stdlib.zip", "packages.zip", "workbook.zip"];
  const [wasm, script, library, packages, ours] = await bringAll(files, names, heard);
  arrived?.();
  const address = URL.createObjectURL(await script.blob());
  const base = "https://python.invalid/"; // Pyodide asks for its parts here; nothing is fetched from it
  const parts = { "pyodide.asm.wasm": wasm, "python_stdlib.zip": library };
  const plain = globalThis.fetch;
  let python;
  try {
    const { default: createPyodideModule } = await import(/* a blob: of a checked file */ address);
    globalThis.fetch = (asked, ...rest) => {
      const name = String(asked?.url ?? asked);
      const part = name.startsWith(base) ? parts[name.slice(base.length)] : undefined;
      return part ? Promise.resolve(part) : plain(asked, ...rest);
    };
    python = await loadPyodide({
      indexURL: base,
      lockFileContents,
      createPyodideModule,
      ...options,
    });
  } finally {
    globalThis.fetch = plain;
    URL.revokeObjectURL(address);
  }
  python.FS.mkdirTree(LIBRARY);
  for (const part of [packages, ours]) unzip(python.FS, await part.arrayBuffer(), LIBRARY);
  python.runPython(`import sys; sys.path.insert(0, ${JSON.stringify(LIBRARY)})`);
  return python;
}

// What a packed script exports. It is imported from a copy in memory of the checked file.
async function addScript(files, name) {
  const address = URL.createObjectURL(await (await files.bring(name)).blob());
  try {
    return await import(/* a blob: of a checked file */ address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

// What locks and opens files with a passphrase.
export const sealing = (files) => addScript(files, "age.mjs");

// What seals a file to a key and hands it to the drop box; only in a site that has one.
export const dropping = (files) => addScript(files, "drop.mjs");

// Adds what is loaded later: "packet", "typst" or "pypdfium2".
export async function addLater(python, files, use, heard) {
  const [part] = await bringAll(files, [`${use}.zip`], heard);
  unzip(python.FS, await part.arrayBuffer(), LIBRARY);
  python.runPython("import importlib; importlib.invalidate_caches()");
}

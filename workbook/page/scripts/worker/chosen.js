// Files that a person chose, as a folder in Python's file system: they are read where they are, piece by piece, and are
// never copied. Knows Pyodide's file system, and nothing of a case.
export const CHOSEN = "/chosen";
const AHEAD = 1 << 17; // bytes: many small reads in a row cost one
const INPUT_OUTPUT_ERROR = 29; // as the C library of Pyodide counts

// Reads ahead; and a file that is gone, or a disc that was taken out, is an error of one file. As it is in Pyodide it would
// end Python.
function readPatiently(FS) {
  const ops = FS.filesystems.WORKERFS.stream_ops;
  if (ops.ahead) return;
  const reader = new FileReaderSync();
  let held = { node: null, start: 0, bytes: new Uint8Array() };
  const read = (node, start, length) => {
    try {
      return new Uint8Array(reader.readAsArrayBuffer(node.contents.slice(start, start + length)));
    } catch {
      throw new FS.ErrnoError(INPUT_OUTPUT_ERROR);
    }
  };
  ops.ahead = true;
  ops.read = ({ node }, buffer, offset, length, position) => {
    if (position >= node.size) return 0;
    let from = held.bytes, start = held.start;
    const wanted = Math.min(length, node.size - position);
    if (held.node !== node || position < start || position + wanted > start + from.length) {
      start = position;
      from = read(node, position, Math.max(wanted, AHEAD));
      if (from.length <= AHEAD) held = { node, start, bytes: from };
    }
    const found = from.subarray(position - start, position - start + wanted);
    buffer.set(found, offset);
    return found.length;
  };
}

// Several files may have one name: a phone calls all its pictures the same.
function named(files) {
  const taken = new Set();
  return files.map(([path, data]) => {
    let name = path;
    for (let n = 2; taken.has(name); n += 1) name = path.replace(/([^/.]*)(\.[^/]*)?$/, `$1 (${n})$2`);
    taken.add(name);
    return { name, data };
  });
}

let count = 0;
// The folder where these files are now: `[[path, File], ...]`.
export function mountChosen(FS, files) {
  readPatiently(FS);
  const folder = `${CHOSEN}/${(count += 1)}`;
  FS.mkdirTree(folder);
  FS.mount(FS.filesystems.WORKERFS, { blobs: named(files) }, folder);
  return folder;
}

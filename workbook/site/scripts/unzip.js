// Puts the files of an archive into Python's file system without copying them: each file is a window on the archive.
// Knows zips as workbook/site/pack.py writes them, without compression.

const END = 0x06054b50;

// Calls `put(name, bytes)` for each file, in the order of the archive.
export function each(archive, put) {
  const bytes = new Uint8Array(archive), view = new DataView(archive), names = new TextDecoder();
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end -= 1;
  if (end < 0) throw new Error("not an archive");
  const count = view.getUint16(end + 10, true);
  for (let at = view.getUint32(end + 16, true), i = 0; i < count; i += 1) {
    const [packed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    if (view.getUint16(at + 10, true) || packed !== size) throw new Error("a compressed archive");
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const local = view.getUint32(at + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    put(names.decode(bytes.subarray(at + 46, at + 46 + name)), bytes.subarray(start, start + size));
    at += 46 + name + extra + comment;
  }
}

// Below this folder of Python's file system; there are no empty folders in our archives.
export function unzip(FS, archive, folder) {
  const made = new Set();
  each(archive, (name, bytes) => {
    const path = `${folder}/${name}`, parent = path.slice(0, path.lastIndexOf("/"));
    if (!made.has(parent)) FS.mkdirTree(parent);
    made.add(parent);
    FS.writeFile(path, bytes, { canOwn: true }); // the file keeps this window; nothing writes to it
  });
}

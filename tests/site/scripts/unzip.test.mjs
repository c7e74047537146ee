// unzip.js on archives that Python wrote: what is in them arrives, without a copy, and others are refused.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";
import { each, unzip } from "../../../workbook/site/scripts/unzip.js";

const PYTHON = process.platform === "win32" ? "python" : "python3";
const made = (code) => {
  const bytes = execFileSync(PYTHON, ["-c", `import io, sys, zipfile
out = io.BytesIO()
with zipfile.ZipFile(out, "w", ${code.packed ? "zipfile.ZIP_DEFLATED" : "zipfile.ZIP_STORED"}) as made:
    for name, text in ${JSON.stringify(code.files)}.items(): made.writestr(name, text)
    made.comment = b"${code.comment || ""}"
sys.stdout.buffer.write(out.getvalue())`]);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
};
const text = (bytes) => new TextDecoder().decode(bytes);

test("every file arrives under its name, as a window on the archive", () => {
  const files = { "a/b/one.txt": "one", "a/two.txt": "", "año.txt": "tres ñ" };
  for (const comment of ["", "a comment"]) {
    const archive = made({ files, comment }), found = {}, folders = [];
    const FS = {
      mkdirTree: (path) => folders.push(path),
      writeFile: (path, bytes, options) => {
        assert.equal(bytes.buffer, archive);
        assert.deepEqual(options, { canOwn: true });
        found[path] = text(bytes);
      },
    };
    unzip(FS, archive, "/lib/x");
    assert.deepEqual(found, { "/lib/x/a/b/one.txt": "one", "/lib/x/a/two.txt": "", "/lib/x/año.txt": "tres ñ" });
    assert.deepEqual(folders, ["/lib/x/a/b", "/lib/x/a", "/lib/x"]);
  }
});

test("what is no such archive is refused", () => {
  for (const archive of [new ArrayBuffer(0), new ArrayBuffer(500), made({ files: { "a.txt": "a".repeat(500) }, packed: true })])
    assert.throws(() => each(archive, () => assert.fail("nothing may arrive")));
});

// The files of a version, as the page and Python's worker bring them.

import assert from "node:assert/strict";
import test from "node:test";
import { Files } from "../../../workbook/site/scripts/files.js";
import { BASE, World } from "./world.mjs";

const ONE = { "python.zip": ["first", "python"], "typst.zip": ["typst", "typst itself"] };

// A made-up packing: the xz signature, then the words. The real decoder is tried in a real browser.
function pack(world, list) {
  for (const file of list.files) {
    const old = world.server.get(BASE + file.path);
    const data = new Uint8Array([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, ...old]);
    world.server.set(BASE + file.path, data);
    Object.assign(file, { raw: old.length, bytes: data.length });
  }
}

const unpack = (stream) => new Response(stream).arrayBuffer().then((all) => new Blob([all.slice(6)]).stream());

async function open(world, more = {}) {
  const list = world.publish("one", ONE);
  pack(world, list);
  for (const file of list.files) {
    const digest = await crypto.subtle.digest("SHA-256", world.server.get(BASE + file.path));
    file.sha256 = Buffer.from(digest).toString("hex");
  }
  const env = { caches: world.caches, fetch: world.fetch, subtle: crypto.subtle, unpack, ...more };
  return new Files(list, BASE, env);
}

const text = async (response) => (await response).text();

test("a file is unpacked, kept unpacked, and not fetched again", async () => {
  const world = new World();
  const files = await open(world);
  assert.equal(await text(files.bring("python.zip")), "python");
  world.online = false;
  assert.equal(await text(files.bring("python.zip")), "python");
  assert.deepEqual(await files.missing("first"), { files: [], bytes: 0 });
});

test("what is missing is known in bytes before it is fetched", async () => {
  const files = await open(new World());
  assert.equal((await files.missing("first", "typst")).bytes, 6 + 6 + 6 + 12);
});

test("progress is told in bytes as they arrive", async () => {
  const files = await open(new World());
  const heard = [];
  await files.bring("typst.zip", (bytes) => heard.push(bytes));
  assert.equal(heard.at(-1), 18);
});

test("what a service worker kept packed is unpacked once, and then kept so", async () => {
  const world = new World();
  const files = await open(world);
  const worker = await open(world, { unpack: undefined });
  await worker.bring("typst.zip");
  world.online = false;
  assert.equal(await text(files.bring("typst.zip")), "typst itself");
  const kept = await world.stored.get("workbook-files /repo/").keys();
  assert.deepEqual(kept.map(({ url }) => url.endsWith(".bin")), [false]);
});

test("a changed file is asked for once more past the browser's own cache, then refused", async () => {
  const world = new World();
  const files = await open(world);
  const { path } = files.find("python.zip");
  world.server.set(BASE + path, new Uint8Array([1, 2, 3]));
  world.fetched();
  await assert.rejects(files.bring("python.zip"), { kind: "changed" });
  assert.equal(world.fetched().length, 2);
  assert.equal(await files.kept(files.find("python.zip")), undefined);
});

test("no connection, and a file that is not there, are told apart", async () => {
  const world = new World();
  const files = await open(world);
  world.server.clear();
  await assert.rejects(files.bring("python.zip"), { kind: "missing" });
  await assert.rejects(files.bring("nothing.zip"), { kind: "missing" });
  world.online = false;
  await assert.rejects(files.bring("python.zip"), { kind: "offline" });
});

test("a browser that keeps nothing, has no room or cannot check still gets its files", async () => {
  for (const more of [{ caches: undefined }, { subtle: undefined }, { caches: { open: () => Promise.reject(new Error()) } }])
    assert.equal(await text((await open(new World(), more)).bring("python.zip")), "python");
  const world = new World();
  world.full = true;
  assert.equal(await text((await open(world)).bring("python.zip")), "python");
});

test("a file that a server has unpacked on its way is taken as it is", async () => {
  const world = new World();
  const files = new Files(world.publish("one", ONE), BASE, { fetch: world.fetch, subtle: crypto.subtle, unpack });
  assert.equal(await text(files.bring("python.zip")), "python");
});

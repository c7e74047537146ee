// The service worker: whole versions, nothing fetched twice, nothing removed that somebody still uses.

import assert from "node:assert/strict";
import test from "node:test";
import { BASE, World, page } from "./world.mjs";

const ONE = {
  "index.html": ["page", "home of one"],
  "1-goal.html": ["page", "goal of one"],
  "host.js": ["first", "host"],
  "python.zip": ["first", "python"],
  "workbook.zip": ["first", "workbook one"],
  "typst.zip": ["typst", "typst"],
};
const TWO = {
  ...ONE,
  "index.html": ["page", "home of two"],
  "1-goal.html": ["page", "goal of two"],
  "workbook.zip": ["first", "workbook two"],
};

async function installed(world, version, files) {
  world.publish(version, files);
  const worker = world.worker(version);
  await worker.install();
  return worker;
}

async function open(world, worker, version, id = "a") {
  const client = page(id);
  world.clients.push(client);
  await worker.say({ do: "hello", version }, client);
  return client;
}

test("after the first visit every page and file is there without a connection, and no later file was fetched", async () => {
  const world = new World();
  const worker = await installed(world, "one", ONE);
  await worker.activate();
  assert.equal(world.fetched().some((path) => path.includes("typst")), false);
  world.online = false;
  assert.equal(await worker.go("index.html"), "home of one");
  assert.equal(await worker.go("1-goal.html?case=abc#top"), "goal of one");
  const { path } = world.publish("one", ONE).files.find((file) => file.name === "host.js");
  assert.equal(await worker.get(BASE + path), "host");
  assert.equal(JSON.parse(await worker.get(`${BASE}app/files.one.json`)).version, "one");
  assert.deepEqual(world.fetched(), []);
});

test("a page is found by its folder, and without its ending", async () => {
  const world = new World();
  const worker = await installed(world, "one", ONE);
  world.online = false;
  assert.equal(await worker.go(""), "home of one");
  assert.equal(await worker.go("1-goal"), "goal of one");
});

test("what is kept comes with the headers a server should send, and with its own type", async () => {
  const world = new World();
  const worker = await installed(world, "one", ONE);
  const { files } = world.publish("one", ONE);
  world.online = false;
  for (const [path, mode, policy] of [
    ["", "navigate", "of a page"],
    ["1-goal", "navigate", "of a page"],
    [files.find((file) => file.name === "host.js").path, "no-cors", "of a worker"],
    ["app/files.one.json", "no-cors", "of a worker"],
  ]) {
    const response = await worker.answer(BASE + path, mode);
    assert.equal(response.headers.get("Content-Security-Policy"), policy, path);
    assert.match(response.headers.get("Content-Type"), /^text\/plain/, path);
  }
});

for (const [what, spoil] of [
  ["is missing", (world, address) => world.server.delete(address)],
  ["was changed", (world, address) => world.server.set(address, new TextEncoder().encode("other words"))],
]) {
  for (const name of ["1-goal.html", "workbook.zip"]) {
    test(`a version of which ${name} ${what} is not installed, and leaves the old one whole`, async () => {
      const world = new World();
      const old = await installed(world, "one", ONE);
      await old.activate();
      const { path } = world.publish("two", TWO).files.find((file) => file.name === name);
      spoil(world, BASE + path);
      await assert.rejects(world.worker("two").install());
      assert.deepEqual((await world.caches.keys()).filter((key) => key.endsWith("two")), []);
      world.online = false;
      assert.equal(await old.go("index.html"), "home of one");
      assert.equal(await old.go("1-goal.html"), "goal of one");
    });
  }
}

test("an install that was cut short goes on where it was", async () => {
  const world = new World();
  const list = world.publish("one", ONE);
  const last = list.files.find((file) => file.name === "workbook.zip");
  const data = world.server.get(BASE + last.path);
  world.server.delete(BASE + last.path);
  await assert.rejects(world.worker("one").install());
  world.server.set(BASE + last.path, data);
  world.fetched();
  await world.worker("one").install();
  assert.deepEqual(world.fetched(), ["1-goal.html", "app/files.one.json", "index.html", last.path].sort());
});

test("an update fetches what changed and nothing else", async () => {
  const world = new World();
  await (await installed(world, "one", ONE)).activate();
  world.fetched();
  await installed(world, "two", TWO);
  const changed = world.publish("two", TWO).files.find((file) => file.name === "workbook.zip").path;
  assert.deepEqual(world.fetched(), ["1-goal.html", "app/files.two.json", changed, "index.html"].sort());
});

test("a new version waits until a page asks to switch", async () => {
  const world = new World();
  await (await installed(world, "one", ONE)).activate();
  const next = await installed(world, "two", TWO);
  assert.equal(next.skipped, 0);
  await next.say({ do: "hello", version: "two" }, page("a"));
  assert.equal(next.skipped, 0);
  await next.say({ do: "switch" }, page("a"));
  assert.equal(next.skipped, 1);
});

test("old files stay while a page of the old version is open, and go when the last one is gone", async () => {
  const world = new World();
  const old = await installed(world, "one", ONE);
  await old.activate();
  await open(world, old, "one", "a");
  const next = await installed(world, "two", TWO);
  await next.say({ do: "switch" });
  await next.activate();
  const used = world.publish("one", ONE).files.find((file) => file.name === "workbook.zip").path;
  world.online = false;
  const kept = world.stored.get("workbook-files /repo/");
  assert.ok(await kept.match(BASE + used), "the old page still finds its Python");
  world.clients.splice(0, 1);
  await open(world, next, "two", "b");
  assert.equal(await kept.match(BASE + used), undefined);
  assert.deepEqual((await world.caches.keys()).sort(), ["workbook-files /repo/", "workbook-pages /repo/ two"]);
});

test("while a new version waits, the running one removes nothing of it", async () => {
  const world = new World();
  const old = await installed(world, "one", ONE);
  await old.activate();
  await installed(world, "two", TWO);
  world.registration.waiting = {};
  await open(world, old, "one");
  world.registration.waiting = null;
  const next = world.worker("two");
  await next.activate();
  world.online = false;
  assert.equal(await next.go("index.html"), "home of two");
  const kept = world.stored.get("workbook-files /repo/");
  const fresh = world.publish("two", TWO).files.find((file) => file.name === "workbook.zip").path;
  assert.ok(await kept.match(BASE + fresh));
});

test("files for later are kept when asked for, and an unchanged one is not fetched for the next version", async () => {
  const world = new World();
  const old = await installed(world, "one", ONE);
  await old.activate();
  const client = page("a");
  await old.say({ do: "keep", uses: ["typst"] }, client);
  assert.deepEqual(client.got, [{ did: "keep", uses: ["typst"] }]);
  const next = await installed(world, "two", TWO);
  await next.activate();
  world.fetched();
  await next.say({ do: "keep", uses: ["typst"] }, client);
  assert.deepEqual(world.fetched(), []);
});

test("files for later that cannot be fetched are reported, and the rest goes on", async () => {
  const world = new World();
  const worker = await installed(world, "one", ONE);
  await worker.activate();
  world.online = false;
  const client = page("a");
  await worker.say({ do: "keep", uses: ["typst"] }, client);
  assert.deepEqual(client.got, [{ did: "keep", uses: ["typst"], trouble: "offline" }]);
  assert.equal(await worker.go("index.html"), "home of one");
});

test("other hosts, other folders, other methods, packed files and the script itself are left alone", async () => {
  const world = new World();
  const worker = await installed(world, "one", ONE);
  for (const address of ["https://other.example/repo/index.html", "https://host.example/index.html", `${BASE}sw.js`])
    assert.equal(await worker.get(address), undefined);
  assert.equal(await worker.get(`${BASE}app/python.zip.123456.bin`), undefined);
  assert.equal(await worker.get(`${BASE}index.html`, "navigate", "POST"), undefined);
});

test("two sites in two folders of one host do not touch each other's files", async () => {
  const world = new World();
  await (await installed(world, "one", ONE)).activate();
  const there = "https://host.example/other/";
  world.publish("two", TWO, there);
  const other = world.worker("two", there);
  await other.install();
  await other.activate();
  world.online = false;
  assert.equal(await world.worker("one").go("index.html"), "home of one");
  assert.equal((await world.caches.keys()).length, 4);
});

test("if the browser has thrown away what was kept, pages come from the server again", async () => {
  const world = new World();
  const worker = await installed(world, "one", ONE);
  await worker.activate();
  world.stored.clear();
  assert.equal(await world.worker("one").go("index.html"), "home of one");
});

test("a disk without room does not install half a version", async () => {
  const world = new World();
  world.full = true;
  world.publish("one", ONE);
  await assert.rejects(world.worker("one").install());
});

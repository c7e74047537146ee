// The two images in which the browser keeps the workbook: whatever is cut short or damaged, the last good one opens.

import assert from "node:assert/strict";
import test from "node:test";
import { FOLDER, NAMES, openImages, pack, unpack } from "../../../workbook/page/scripts/worker/slots.js";

const bytes = (text) => new TextEncoder().encode(text);
const text = (found) => (found === null ? null : new TextDecoder().decode(found));
const holds = (whole, words) => Buffer.from(whole ?? []).includes(words);

// A made-up place that can fail after some bytes, as when the device loses power.
const place = (raw = [null, null]) => {
  const made = { raw, left: Infinity, open: 0 };
  made.slots = async () => {
    made.open += 1;
    return {
      read: async (i) => made.raw[i],
      write: async (i, whole) => {
        made.raw[i] = whole.slice(0, Math.min(whole.length, made.left)); // the old one is gone when writing begins
        if (whole.length > made.left) throw new DOMException("", made.name ?? "AbortError");
      },
      close: () => { made.open -= 1; },
    };
  };
  return made;
};
const open = (...places) => openImages(places.map((one) => one.slots));
const written = async (...texts) => {
  const made = place(), images = await open(made);
  for (const one of texts) await images.keep(bytes(one));
  return made;
};
const refused = (name = "SecurityError") => ({ slots: async () => { throw new DOMException("", name); } });

test("the names and the form are fixed for ever", async () => {
  assert.equal(FOLDER, "second-opinion-workbook");
  assert.deepEqual(NAMES, ["image-a", "image-b"]);
  const old = Buffer.from(
    "5742494d414745310000000000000007000000000000000500000000000000005bfde6f3a78528fb404ca93f76602a3c1c25da3598d859c5cda8121b5431d465"
    + "48656c6c6f", "hex");
  assert.deepEqual(Buffer.from(await pack(7, bytes("Hello"))), old);
  assert.deepEqual(await unpack(new Uint8Array(old)), { number: 7, bytes: bytes("Hello"), alone: false });
});

test("nothing was kept yet", async () => {
  const images = await open(place());
  assert.equal(images.bytes, null);
  assert.equal(images.damaged, false);
});

test("what was kept opens again, and the two images take turns", async () => {
  const made = await written("one");
  for (const next of ["two", "three", "four"]) {
    const before = made.raw.map((one) => one.slice());
    const images = await open(made);
    await images.keep(bytes(next));
    assert.equal(made.raw.filter((one, i) => Buffer.compare(one, before[i])).length, 1, "one of them stays as it was");
    assert.equal(text((await open(made)).bytes), next);
  }
});

test("a write cut short at any byte leaves the one before it", async () => {
  const length = (await pack(1, bytes("newer words"))).length;
  for (let cut = 0; cut < length; cut += 1) {
    const made = await written("older", "old"), images = await open(made);
    made.left = cut;
    await assert.rejects(images.keep(bytes("newer words")));
    made.left = Infinity;
    const again = await open(made);
    assert.equal(text(again.bytes), "old", `cut at ${cut}`);
    assert.equal(again.damaged, false);
    await images.keep(bytes("newer words")); // the same page tries again
    assert.equal(text((await open(made)).bytes), "newer words");
  }
});

test("a first write cut short is not called damage: nothing had been saved", async () => {
  for (const cut of [0, 1, 63, 64, 66]) {
    const made = place(), images = await open(made);
    made.left = cut;
    await assert.rejects(images.keep(bytes("first")));
    const again = await open(made);
    assert.deepEqual([again.bytes, again.damaged], [null, false]);
  }
});

test("any changed byte is noticed", async () => {
  const good = await pack(3, bytes("words"));
  for (let at = 0; at < good.length; at += 1) {
    for (const bit of [1, 128]) {
      const bad = good.slice();
      bad[at] ^= bit;
      assert.equal(await unpack(bad), null, `byte ${at}`);
    }
  }
});

test("foreign bytes, and numbers too large to count with, are not taken for an image", async () => {
  for (const bad of [new Uint8Array(), new Uint8Array(64), new Uint8Array(5000).fill(255), bytes("<!doctype html>".repeat(9))])
    assert.equal(await unpack(bad), null);
  assert.equal(await unpack(await pack(2n ** 64n - 1n, bytes("a"))), null);
  assert.equal(await unpack(await pack(2 ** 53, bytes("a"))), null);
  const made = place([await pack(2n ** 60n, bytes("from nowhere")), await pack(4, bytes("ours"))]);
  assert.equal(text((await open(made)).bytes), "ours");
});

test("one damaged image: the other opens and is written last", async () => {
  for (const i of [0, 1]) {
    const made = await written("one", "two");
    made.raw[i] = made.raw[i].map((byte) => byte ^ 1);
    const images = await open(made), found = text(images.bytes);
    assert.match(found, /one|two/);
    assert.equal(images.damaged, false);
    made.left = 5;
    await assert.rejects(images.keep(bytes("three")));
    assert.equal(text((await open(made)).bytes), found);
  }
});

test("both damaged is said, and work can go on", async () => {
  const made = place([bytes("nonsense"), bytes("nonsense")]), images = await open(made);
  assert.deepEqual([images.bytes, images.damaged], [null, true]);
  await images.keep(bytes("new"));
  const again = await open(made);
  assert.deepEqual([text(again.bytes), again.damaged], ["new", false]);
});

test("erased words are in neither image, even if erasing is cut short", async () => {
  for (let cut = 1; cut <= 2; cut += 1) {
    const made = await written("secret one", "secret two"), images = await open(made);
    let writes = 0;
    const slots = await made.slots(), whole = made.slots;
    made.slots = async () => ({ ...slots, write: async (i, data) => {
      writes += 1;
      if (writes > cut) throw new DOMException("", "AbortError");
      return slots.write(i, data);
    } });
    const half = await open(made);
    await (cut < 2 ? assert.rejects(half.keep(bytes("empty"), true)) : half.keep(bytes("empty"), true));
    made.slots = whole;
    assert.equal(text((await open(made)).bytes), "empty");
    assert.deepEqual(made.raw.map((one) => holds(one, "secret")), [false, false]);
    images.close();
  }
});

test("a full device leaves the last image, and the same page goes on when there is room", async () => {
  const made = await written("one", "two"), images = await open(made);
  Object.assign(made, { left: 70, name: "QuotaExceededError" });
  for (let tries = 0; tries < 3; tries += 1) await assert.rejects(images.keep(bytes("three, longer")), { name: "QuotaExceededError" });
  assert.equal(text((await open(made)).bytes), "two");
  made.left = Infinity;
  await images.keep(bytes("three, longer"));
  assert.equal(text((await open(made)).bytes), "three, longer");
});

test("a browser without files uses its database, and one that refuses both says that it forgets", async () => {
  const database = place();
  await (await open(refused("NotSupportedError"), database)).keep(bytes("here"));
  assert.equal(text((await open(refused("NotSupportedError"), database)).bytes), "here");
  const images = await openImages([refused().slots, refused().slots, async () => ({ ...(await place().slots()), forgets: true })]);
  assert.equal(images.forgets, true);
  await assert.rejects(open(refused(), refused()), { name: "SecurityError" });
});

test("trouble that may pass never opens another, empty place instead", async () => {
  for (const name of ["NoModificationAllowedError", "UnknownError", "QuotaExceededError", "InvalidStateError"]) {
    const other = place();
    await assert.rejects(open(refused(name), other), { name });
    assert.equal(other.open, 0);
  }
});

test("cases from before a browser had files move there, and leave nothing behind", async () => {
  const files = place(), database = await written("from the database");
  const images = await open(files, database);
  assert.equal(text(images.bytes), "from the database");
  await images.keep(bytes("in files"));
  assert.equal(text((await open(files, database)).bytes), "in files");
  assert.deepEqual(database.raw.map((one) => holds(one, "database")), [false, false]);
});

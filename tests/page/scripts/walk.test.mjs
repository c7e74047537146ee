// Which screens one walks through, who decides that one does, and where the place is kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const ask = (path) => ({ path, kind: "text" });
const say = (...lines) => ({ kind: "say", text: lines });
const group = (...fields) => ({ kind: "group", fields });

function world(start = "http://w.test/3?case=c1", own = true) {
  const entries = [{ state: null, url: start }], location = new URL(start);
  const history = {
    get state() { return structuredClone(entries.at(-1).state); },
    replaceState: (state) => { entries.at(-1).state = structuredClone(state); },
    pushState: (state, _t, url) => { entries.push({ state: structuredClone(state), url }); },
  };
  const document = { querySelector: () => (own ? null : {}) };
  const names = ["screensOf", "startsAsOne", "walkPlaces"];
  return { ...load(["form/walk"], names, { history, location, document }), entries };
}
const { screensOf, startsAsOne } = world();
const keys = (specs, ...more) => screensOf(specs, ...more).map(({ key, at }) => `${key}:${at}`);

test("each question is a screen, and groups come last behind one", () => {
  assert.deepEqual(keys([ask("a"), group(ask("b")), ask("c"), group(ask("d"))]), ["0:0", "2:2", "more:1,3"]);
});

test("one line to read aloud is with its question; a longer text is alone", () => {
  assert.deepEqual(keys([say("One?"), ask("a"), say("Two.", "Three."), ask("b"), say("End.")]), ["1:0,1", "2:2", "3:3", "4:4"]);
});

test("inside a group all are screens, in order", () => {
  assert.deepEqual(keys([group(ask("b")), ask("a")], () => true, true), ["0:0", "1:1"]);
});

test("what is not shown is no screen, and the others keep their keys", () => {
  assert.deepEqual(keys([ask("a"), ask("b"), group(ask("c"))], (spec) => spec.path === "b"), ["1:1"]);
  assert.deepEqual(keys([]), []);
});

test("the person decides, then the notebook, then the screen and the number of questions", () => {
  const long = { plain: 5, phone: true };
  assert.equal(startsAsOne(long), true);
  assert.equal(startsAsOne({ ...long, plain: 3 }), false);
  assert.equal(startsAsOne({ ...long, phone: false }), false);
  assert.equal(startsAsOne({ ...long, fresh: false }), false, "an entry from before shows what it has");
  assert.equal(startsAsOne({ plain: 1, phone: false, pace: "one" }), true);
  assert.equal(startsAsOne({ ...long, pace: "one", chosen: "all" }), false);
  assert.equal(startsAsOne({ plain: 5, phone: false, chosen: "one" }), true);
});

test("a step is an entry of history that knows where it came from, and other states stay", () => {
  const { walkPlaces, entries } = world();
  entries[0].state = { y: 40, walk: { other: "2" } };
  walkPlaces.push("calls", "0", "1");
  assert.deepEqual(entries[0].state, { from: undefined, y: 40, walk: { other: "2", calls: "0" } });
  assert.deepEqual(entries[1].state, { from: "calls 0", y: undefined, walk: { other: "2", calls: "1" } });
  assert.equal(walkPlaces.get("calls"), "1");
  walkPlaces.keep("calls", undefined);
  assert.equal(walkPlaces.get("calls"), null);
  assert.equal(walkPlaces.get("other"), "2");
});

test("a step away from a linked question drops the link from the address, and Back has it again", () => {
  const { walkPlaces, entries } = world("http://w.test/3?case=c1#a.b");
  walkPlaces.push("calls", "0", "1");
  assert.equal(entries[0].state, null);
  assert.equal(entries[1].url, "/3?case=c1");
});

test("nothing is added to the history of JupyterLab", () => {
  const { walkPlaces, entries } = world(undefined, false);
  walkPlaces.push("calls", "0", "1");
  walkPlaces.keep("calls", "1");
  assert.deepEqual(entries, [{ state: null, url: "http://w.test/3?case=c1" }]);
});

// How an entry of a list is named: by its words, never by the code of a choice, also inside a group.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const kind = { path: "kind", kind: "one", options: [["medication_list", "Medicine list"]] };
const spec = (...fields) => ({ title: ["title", "kind"], fields });
const ctx = (values) => ({ values: new Map(Object.entries(values)), titles: new Map(), options: new Map(), t: (key) => key });
const { entryTitle } = load(["form/dom", "form/words", "form/lists"], ["entryTitle"]);

test("a choice names an entry by its words, wherever it is asked", () => {
  const values = { "r.a.kind": "medication_list" };
  for (const fields of [[kind], [{ kind: "group", fields: [kind] }], [{ kind: "group", fields: [{ kind: "group", fields: [kind] }] }]]) {
    assert.equal(entryTitle(ctx(values), spec({ path: "title", kind: "text" }, ...fields), "r", "a"), "Medicine list");
  }
});

test("the text of a title goes first, and an empty entry has no name", () => {
  const fields = spec({ path: "title", kind: "text" }, kind);
  assert.equal(entryTitle(ctx({ "r.a.title": "MRI", "r.a.kind": "medication_list" }), fields, "r", "a"), "MRI");
  assert.equal(entryTitle(ctx({}), fields, "r", "a"), "");
});

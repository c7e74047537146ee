// Which questions are shown: the same table as in Python, and what happens while someone types.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "./load.mjs";

const TABLE = JSON.parse(readFileSync(new URL("../../rules/condition_cases.json", import.meta.url), "utf8"));
const document = { activeElement: null };
const { isShown, whileShown, showAnyway } = load(["form/dom", "form/when"], ["isShown", "whileShown", "showAnyway"],
  { document, specAt: ([spec], path, base) => base + spec.path === path });

const form = (values) => ({ values: new Map(Object.entries(values)), conditions: new Map(), revealed: new Set(), groups: [] });
const element = () => {
  const names = new Set();
  return { names, contains: (one) => one === "inside", classList: { toggle: (name, on) => (on ? names.add(name) : names.delete(name)) } };
};

for (const { when, list, compiled, rows } of TABLE) {
  for (const [values, expected] of rows) {
    test(`${when}: ${JSON.stringify(values)}`, () => {
      assert.equal(isShown(form(values), { path: "x", when: compiled }, list ? `${list}.r1.` : ""), expected);
    });
  }
}

test("a question without a condition is always shown", () => {
  assert.equal(isShown(form({}), { path: "x" }), true);
});

test("it follows the answer it depends on, keeps its own, and never goes from under a hand", () => {
  const ctx = form({ kind: "lab", x: "typed" }), el = element();
  whileShown(ctx, { path: "x", when: [{ path: "kind", values: ["image"] }] }, "", el);
  const says = (value) => { ctx.values.set("kind", value); ctx.conditions.get("kind").forEach((check) => check()); };
  assert.ok(el.names.has("wb-unasked"));
  says("image");
  assert.ok(!el.names.has("wb-unasked"));
  document.activeElement = "inside";
  says("lab");
  assert.ok(!el.names.has("wb-unasked"));
  document.activeElement = null;
  says("lab");
  assert.ok(el.names.has("wb-unasked"));
  assert.equal(ctx.values.get("x"), "typed");
});

test("a link to a hidden question shows it", () => {
  const ctx = form({}), el = element();
  whileShown(ctx, { path: "x", when: [{ path: "kind", values: ["image"] }] }, "", el);
  showAnyway(ctx, "y");
  assert.ok(el.names.has("wb-unasked"));
  showAnyway(ctx, "x");
  assert.ok(!el.names.has("wb-unasked"));
});

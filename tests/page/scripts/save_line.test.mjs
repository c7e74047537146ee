// One line for all forms of a page: the most urgent state, else what was said last.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

function page(there = true) {
  const place = there ? { dataset: {}, hidden: true, textContent: "" } : null;
  const { saveLine } = load(["form/save_line"], ["saveLine"], { document: { getElementById: () => place } });
  return { place, saveLine };
}

test("the newest time is shown, whichever form saved last", () => {
  const { place, saveLine } = page();
  const [one, two] = [saveLine("a"), saveLine("b")];
  one.say("saved", "Saved at 11:25");
  two.say("idle", "Your answers are saved as you type");
  assert.equal(place.textContent, "Saved at 11:25");
  two.say("saved", "Saved at 11:26");
  assert.equal(place.textContent, "Saved at 11:26");
  one.say("saved", "Saved at 11:27");
  assert.deepEqual([place.textContent, place.dataset.state, place.hidden], ["Saved at 11:27", "saved", false]);
});

test("what is not saved goes before everything, until it is", () => {
  const { place, saveLine } = page();
  const [one, two] = [saveLine("a"), saveLine("b")];
  one.say("unsaved", "Not saved yet");
  two.say("saving", "Saving…");
  assert.deepEqual([place.textContent, place.dataset.state], ["Not saved yet", "unsaved"]);
  one.say("saved", "Saved at 11:25");
  assert.equal(place.textContent, "Saving…");
});

test("a form that is gone says nothing any more, and without forms there is no line", () => {
  const { place, saveLine } = page();
  const [one, two] = [saveLine("a"), saveLine("b")];
  one.say("unsaved", "Not saved yet");
  two.say("saved", "Saved at 11:25");
  one.end();
  assert.equal(place.textContent, "Saved at 11:25");
  two.end();
  assert.equal(place.hidden, true);
});

test("a page without a place for it is left alone", () => {
  const { saveLine } = page(false);
  saveLine("a").say("saved", "Saved at 11:25");
});

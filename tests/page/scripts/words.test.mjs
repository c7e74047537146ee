// An answer of several lines as one line, such as the summary of a card.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { inOneLine } = load(["form/words"], ["inOneLine"]);

for (const [text, line] of [
  ["Pain is getting better\nNo weakness", "Pain is getting better; No weakness"],
  ["It helps.\n\nNo risk,\nand soon\n", "It helps. No risk, and soon"],
  ["- It helps\n- No risk\n• Soon", "It helps; No risk; Soon"],
  ["One line", "One line"],
  ["word ".repeat(30), `${"word ".repeat(30).slice(0, 90)}…`],
]) test(JSON.stringify(text.slice(0, 40)), () => assert.equal(inOneLine(text), line));

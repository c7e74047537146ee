// What is asked back about an answer that is kept, and how a time may be written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const names = ["textControl", "longControl", "dateControl", "amountControl", "phoneControl", "last4Control", "scansControl", "oneControl", "checkControl", "choiceControl"];
const stubs = Object.fromEntries(names.map((name) => [name, () => null]));
const { doubtOf } = load(["form/question"], ["doubtOf"], stubs);
const { readClock } = load(["form/dom", "form/controls"], ["readClock"], { document: {}, crypto: globalThis.crypto });
const today = "2026-11-28";

for (const [kind, day, value, doubt] of [
  ["date", "coming", "2007-01-15", "day_past"], ["date", "coming", "2027-01-15", ""], ["date", "coming", today, ""],
  ["date", "coming", "2007", ""], ["date", "coming", "2007-01", ""], ["moment", "coming", "2026-01-15T10:30", "day_past"],
  ["date", "past", "2026-12-30", "day_ahead"], ["date", "past", "2026-10-30", ""], ["date", undefined, "2007-01-15", ""],
  ["date", "coming", "unknown", ""], ["date", "coming", null, ""], ["text", undefined, "x".repeat(6000), "long"], ["text", undefined, "short", ""],
]) test(`${kind} ${day ?? "either"}: ${String(value).slice(0, 20)}`, () => assert.equal(doubtOf({ today }, { kind, day }, value), doubt));

for (const [text, clock] of [
  ["10:30 AM", "10:30"], ["10.30", "10:30"], ["2pm", "14:00"], ["2 p.m.", "14:00"], ["10.30 in the morning", "10:30"],
  ["2 in the afternoon", "14:00"], ["7:15 in the evening", "19:15"], ["noon", "12:00"], ["12 am", "00:00"], ["14:30", "14:30"],
  ["9 o'clock in the morning", "09:00"], ["after lunch", "after lunch"], ["10", "10"],
]) test(`the time ${text}`, () => assert.equal(readClock(text), clock));

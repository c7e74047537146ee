// What is asked back about an answer that is kept, and how a time may be written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const names = ["textControl", "longControl", "dateControl", "amountControl", "phoneControl", "last4Control", "scansControl", "oneControl", "checkControl", "choiceControl"];
const stubs = Object.fromEntries(names.map((name) => [name, () => null]));
const { doubtOf } = load(["form/question"], ["doubtOf"], stubs);
const words = (lang) => load(["form/dom", "form/words"], ["clockMeant", "clockInBox", "clockInWords", "dayInWords", "splitDay"],
  { document: { documentElement: { lang } }, crypto: globalThis.crypto });
const { clockMeant, clockInBox, dayInWords, splitDay } = words("en");
const today = "2026-11-28";

for (const [kind, day, value, doubt] of [
  ["date", "coming", "2007-01-15", "day_past"], ["date", "coming", "2027-01-15", ""], ["date", "coming", today, ""],
  ["date", "coming", "2007", ""], ["date", "coming", "2007-01", ""], ["moment", "coming", "2026-01-15T10:30", "day_past"],
  ["moment", "coming", "2027-01-15T02:30", "time_night"], ["moment", "coming", "2027-01-15T00:00", "time_night"], ["moment", "coming", "2027-01-15T05:30", ""],
  ["moment", "coming", `${today}T02:30`, "time_night"], ["moment", "past", "2026-01-15T02:30", ""],
  ["date", "past", "2026-12-30", "day_ahead"], ["date", "past", "2026-10-30", ""], ["date", undefined, "2007-01-15", ""],
  ["date", "coming", "unknown", ""], ["date", "coming", null, ""], ["text", undefined, "x".repeat(6000), "long"], ["text", undefined, "short", ""],
]) test(`${kind} ${day ?? "either"}: ${String(value).slice(0, 20)}`, () => assert.equal(doubtOf({ today }, { kind, day }, value), doubt));

for (const [text, clock] of [
  ["10:30 AM", "10:30"], ["10.30", "10:30"], ["2pm", "14:00"], ["2 p.m.", "14:00"], ["10.30 in the morning", "10:30"],
  ["2 in the afternoon", "14:00"], ["7:15 in the evening", "19:15"], ["noon", "12:00"], ["12:30 at night", "00:30"], ["2 at night", "02:00"], ["10 at night", "22:00"], ["12 am", "00:00"], ["14:30", "14:30"],
  ["9 o'clock in the morning", "09:00"], ["after lunch", "after lunch"], ["0", "0"], ["02", "02"], ["24", "24"], ["1030", "1030"],
  ["2:30 AM", "02:30"], ["2:30 in the morning", "02:30"], ["2:30 p. m.", "14:30"], ["02:30", "02:30"], ["0:30", "00:30"], ["7:00", "07:00"],
  ["12:30", "12:30"], ["9 o'clock", "09:00"], ["", ""],
]) test(`the time ${text}`, () => assert.deepEqual(clockMeant(text), { clock, guessed: false }));

for (const [text, clock] of [
  ["2:30", "14:30"], ["1:00", "13:00"], ["6.59", "18:59"], ["2 o'clock", "14:00"], ["2", "14:00"],
]) test(`nobody is seen at ${text} in the night`, () => assert.deepEqual(clockMeant(text), { clock, guessed: true }));

for (const [text, clock] of [
  ["10", "10:00"], ["7", "07:00"], ["12", "12:00"], ["14", "14:00"], ["23", "23:00"],
]) test(`${text} alone is an hour`, () => assert.deepEqual(clockMeant(text), { clock, guessed: true }));

test("a time is on the clock of the language, on cards and in its box", () => {
  const say = (value) => dayInWords((key, { day } = {}) => `about ${day}`, value);
  assert.equal(say("2026-12-04T14:00"), "December 4, 2026, 2:00 PM");
  assert.equal(say("2026-12-04T00:05"), "December 4, 2026, 12:05 AM");
  assert.equal(say("2026-12-04Tafter lunch"), "December 4, 2026, after lunch");
  assert.equal(splitDay("2026-12-04TTuesday").time, "Tuesday");
  assert.equal(clockInBox("09:05"), "9:05 AM");
  const spanish = words("es");
  assert.equal(spanish.clockInWords("14:30"), "14:30");
  assert.deepEqual([spanish.clockInBox("14:30"), spanish.clockInBox("02:30")], ["14:30", "02:30"], "read as the same time again");
});

// A date without a year: the coming one where a date is still to come, the last one where it has passed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { yearMeant } = load(["form/words"], ["yearMeant"]);
const today = "2026-11-28";

for (const [meant, month, day, year, found] of [
  ["coming", "01", "15", "", "2027"], ["coming", "12", "5", "", "2026"], ["coming", "11", "28", "", "2026"],
  ["coming", "11", "27", "", "2027"], ["coming", "11", "", "", "2026"], ["coming", "10", "", "", "2027"],
  ["past", "01", "15", "", "2026"], ["past", "12", "5", "", "2025"], ["past", "11", "28", "", "2026"], ["past", "12", "", "", "2025"],
  ["coming", "02", "29", "", "2028"], ["past", "02", "29", "", "2024"], ["coming", "02", "31", "", ""],
  ["coming", "01", "15", "27", "2027"], ["coming", "01", "15", "25", ""], ["past", "01", "15", "27", ""], ["past", "01", "15", "26", "2026"],
  ["coming", "01", "15", "2027", ""], ["coming", "", "15", "", ""], ["coming", "01", "x", "", ""], ["", "01", "15", "", ""], [undefined, "01", "15", "", ""],
]) test(`${meant || "either"}: ${month}/${day}/${year}`, () => assert.equal(yearMeant({ month, day, year }, meant, today), found));

const { pastedDay, dayInWords } = load(["form/dom", "form/words"], ["pastedDay", "dayInWords"],
  { document: { documentElement: { lang: "en" } } });
for (const [text, wanted] of [
  ["January 15", { year: "", month: "01", day: "15" }], ["Jan 5, 2027", { year: "2027", month: "01", day: "5" }],
  ["1/15/27", { year: "2027", month: "01", day: "15" }], ["2027-01-15", { year: "2027", month: "01", day: "15" }],
  ["15/1/2027", null], ["15", null], ["Ja", null], ["sometime in May", null],
]) {
  test(`pasted "${text}"`, () => assert.deepEqual(pastedDay(text), wanted));
}
test("a month without a year is said in words", () => {
  assert.equal(dayInWords((key) => key, "-10"), "October");
  assert.equal(dayInWords((key) => key, "-10-03"), "October 03");
});

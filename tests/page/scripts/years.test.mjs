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

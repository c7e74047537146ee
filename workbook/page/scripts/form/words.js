// An answer as text: for titles, one-line summaries, conflicts and print.
const splitDay = (text) => {
  const value = text == null || text === "unknown" || text === "not_applicable" ? "" : String(text);
  const about = value.endsWith("~");
  const [, date, time = ""] = /^([^T]*)T?([^]*)$/.exec(value.replace(/~$/, ""));
  const [year = "", month = "", day = ""] = date.split("-");
  return { year, month, day, time, about };
};
const joinDay = ({ year, month, day, time, about }) => {
  const pad = (n) => (/^\d$/.test(n) ? `0${n}` : n);
  const date = [year, month, pad(day)].join("-").replace(/-+$/, "");
  if (!date && !time) return null;
  return date + (time ? `T${time}` : "") + (about ? "~" : "");
};
// The year that is meant by a month, or a month and day, without one, or with two digits: the coming one for a date that
// is still to come, the last one for a date that has passed. "" if it is there, or if it could be any.
const yearMeant = ({ year, month, day }, meant, today) => {
  if (!meant || !today || !month || (year && !/^\d\d$/.test(year)) || (day && !/^\d{1,2}$/.test(day))) return "";
  const [thisYear, thisMonth] = [+today.slice(0, 4), today.slice(5, 7)];
  const fits = (one) => {
    const at = `${one}-${month}${day && `-${day.padStart(2, "0")}`}`, now = day ? today : `${thisYear}-${thisMonth}`;
    return (!day || new Date(Date.UTC(one, month - 1, day)).getUTCDate() === +day) && (meant === "coming" ? at >= now : at <= now);
  };
  if (year) return fits(`20${year}`) ? `20${year}` : "";
  const years = Array.from({ length: 9 }, (_, i) => thisYear + (meant === "coming" ? i : -i)); // 9: for February 29
  return String(years.find(fits) ?? "");
};
// A date that was pasted into one of the boxes, as parts; null for anything else. Numbers are in American order.
const pastedDay = (text) => {
  const said = text.trim(), pad = (n) => String(n).padStart(2, "0");
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(said), us = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?$/.exec(said);
  const named = /^(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?$/u.exec(said);
  if (iso) return { year: iso[1], month: pad(iso[2]), day: iso[3] };
  if (us) return +us[1] > 12 ? null : { year: us[3]?.length === 2 ? `20${us[3]}` : us[3] || "", month: pad(us[1]), day: us[2] };
  if (!named) return null;
  const months = Array.from({ length: 12 }, (_, i) => new Intl.DateTimeFormat(language(), { month: "long", timeZone: "UTC" })
    .format(new Date(Date.UTC(2020, i))).toLowerCase());
  const at = months.findIndex((month) => month.startsWith(named[1].toLowerCase()));
  return at < 0 ? null : { year: named[3] || "", month: pad(at + 1), day: named[2] };
};
// A time of day as the language writes it, "2:00 PM" in English; what is no time stays as it was typed.
const clockInWords = (clock) => {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock) || [];
  if (!hour) return clock;
  const shape = { hour: "numeric", minute: "2-digit", timeZone: "UTC" };
  return new Intl.DateTimeFormat(language(), shape).format(new Date(Date.UTC(2020, 0, 1, hour, minute))).replace(/\u202f/g, " ");
};
// What a person means by a time, as 24 hours: "10.30", "2pm", "10.30 in the morning". A visit at "2:30" is in the
// afternoon, and "10" is an hour: that is `guessed`. Two digits, as in "02:30", and AM and PM are exact. The rest stays as it was typed.
const clockMeant = (text) => {
  const early = /^(?:12|[1-5])\D/.test(text.trim()); // "12:30 at night" is after midnight
  const said = text.trim().replace(/\s*\b(?:in the|this|at)\s+(morning|afternoon|evening|night)\b/i,
    (_, part) => (/morning/i.test(part) || (/night/i.test(part) && early) ? "am" : "pm"));
  const plain = said.replace(/\s*o['’]clock/i, ""), onTheHour = plain !== said;
  const match = /^(?:noon|midday)$/i.test(plain) ? ["", "12", "00"] : /^(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?\.?\s*(?:m\.?)?$/i.exec(plain.trim());
  const bare = /^(?:[1-9]|1\d|2[0-3])$/.test(said);
  if (!match || (!match[2] && !match[3] && !onTheHour && !bare)) return { clock: text.trim(), guessed: false };
  const half = match[3]?.toLowerCase(), later = !half && /^[1-6]$/.test(match[1]), guessed = later || bare;
  const hour = (half || later) && +match[1] <= 12 ? (+match[1] % 12) + (half === "a" ? 0 : 12) : +match[1];
  return { clock: `${String(hour).padStart(2, "0")}:${match[2] || "00"}`, guessed };
};
// What a box shows of a time: in words, if they are read as the same time again.
const clockInBox = (clock) => {
  const words = clockInWords(clock);
  return clockMeant(words).clock === clock ? words : clock;
};
const dayInWords = (t, text) => {
  const { year, month, day, time, about } = splitDay(text);
  if (!year && /^(0[1-9]|1[0-2])$/.test(month)) { // a month is noted, and the year is still to come
    const named = new Intl.DateTimeFormat(language(), { month: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2020, month - 1)));
    return [named, day].filter(Boolean).join(" ");
  }
  if (!/^\d{4}$/.test(year) || (month && !/^\d\d$/.test(month))) return String(text);
  const shape = { year: "numeric", ...(month && { month: "long" }), ...(day && { day: "numeric" }), timeZone: "UTC" };
  const words = new Intl.DateTimeFormat(language(), shape).format(new Date(Date.UTC(+year, (+month || 1) - 1, +day || 1)));
  return (about ? t("about_day", { day: words }) : words) + (time ? `, ${clockInWords(time)}` : "");
};
const optionsOf = (ctx, spec) => {
  const given = (spec.target && ctx.options.get(spec.target)) || spec.options || [];
  const list = given.map((o) => (Array.isArray(o) ? o : [o.value ?? o.id, o.words ?? o.title]));
  const more = (value, words) => (list.some(([v]) => v === value) ? [] : [[value, words]]);
  if (spec.kind === "yesno" && !list.length) list.push(["yes", ctx.t("yes")], ["no", ctx.t("no")]);
  if (spec.kind === "yesno" || spec.unknown) list.push(...more("unknown", ctx.t("unknown")));
  if (spec.not_applicable) list.push(...more("not_applicable", ctx.t("not_applicable")));
  return list;
};
const scanInWords = (ctx, key) => ctx.titles.get(key) || JSON.parse(key).modality || ctx.t("yes");
// An answer on one line: its lines as a list, cut where it is long.
const inOneLine = (words) => {
  const line = words.trim().replace(/^[-•*]\s+/, "").replace(/([.,;:!?]?)\s*\n\s*(?:[-•*]\s+)?/g, (_, end) => `${end || ";"} `);
  return line.length > 90 ? `${line.slice(0, 90)}…` : line;
};
const inWords = (ctx, spec, value) => {
  if (blank(value)) return "";
  if (["one", "many", "yesno", "pick"].includes(spec.kind)) {
    const options = optionsOf(ctx, spec);
    const word = (v) => options.find(([o]) => o === v)?.[1] ?? String(v);
    return (Array.isArray(value) ? value : [value]).map(word).join(", ");
  }
  if (spec.kind === "scans") return value.map((scan) => scanInWords(ctx, JSON.stringify(scan))).join("; ");
  if (value === "unknown") return ctx.t("unknown");
  if (value === "not_applicable") return ctx.t("not_applicable");
  if (["date", "moment"].includes(spec.kind)) return dayInWords(ctx.t, value);
  if (spec.kind === "money") return `$${value}`;
  if (value === true) return ctx.t("yes");
  return spec.unit ? `${value} ${spec.unit}` : String(value);
};

// A partial date: month, day and year boxes; native pickers lose half a date.
const dateControl = (f) => {
  const timed = f.spec.kind === "moment";
  const months = Array.from({ length: 12 }, (_, i) => [String(i + 1).padStart(2, "0"),
    new Intl.DateTimeFormat(language(), { month: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2020, i, 1)))]);
  const fill = (name) => (f.spec.fill === "bday" ? `bday-${name}` : "off");
  const month = h("select", { id: `${f.id}-month`, class: "wb-input", autocomplete: fill("month") }, h("option", { value: "" }, f.t("month_choose")),
    months.map(([v, words]) => h("option", { value: v }, words)));
  const digits = (name, size) => h("input", { id: `${f.id}-${name}`, class: `wb-input wb-${name}`, type: "text", inputmode: "numeric",
    maxlength: size, ...UNSENT, autocomplete: fill(name), dir: "ltr" });
  const day = digits("day", 2), year = digits("year", 4);
  const time = timed && h("input", { id: `${f.id}-time`, class: "wb-input wb-time", type: "text", ...UNSENT, dir: "ltr" });
  const about = h("input", { type: "checkbox", id: `${f.id}-about` });
  const boxes = [month, day, year, ...(time ? [time] : [])];
  const parts = () => ({ month: month.value, day: day.value.trim(), year: year.value.trim(), time: time ? clockMeant(time.value).clock : "", about: about.checked });
  const empty = () => boxes.every((b) => !b.value.trim());
  const read = () => (empty() ? away.read() : joinDay(parts()));
  const edit = () => {
    if (empty()) return; // never clears on its own: leaving the boxes asks
    away.show(null);
    f.changed(read());
  };
  // The year, and the half of the day, that the person did not write.
  const takeMeant = () => {
    const meant = !f.spec.born && yearMeant(parts(), f.spec.day, f.ctx.today);
    const taken = meant ? [meant] : [];
    if (meant) year.value = meant;
    const { clock, guessed } = clockMeant(time ? time.value : "");
    if (guessed && month.value && day.value.trim() && year.value.trim()) taken.push(time.value = clockInBox(clock));
    if (!taken.length) return;
    if (meant) f.fits(read());
    f.taken(f.t("taken", { what: new Intl.ListFormat(language()).format(taken) }));
  };
  const away = escapes(f, (v) => {
    if (v) for (const box of [...boxes, about]) { if (box === about) box.checked = false; else box.value = ""; }
    f.changed(v, { replaced: f.value() });
  });
  for (const box of boxes) {
    box.addEventListener("input", edit);
    box.addEventListener("change", () => { if (!empty()) { away.show(null); f.filled(read()); } });
  }
  about.addEventListener("change", edit);
  const today = button(f.t("today"), () => {
    const now = new Date();
    month.value = String(now.getMonth() + 1).padStart(2, "0");
    day.value = now.getDate();
    year.value = now.getFullYear();
    edit();
  }, {}, f.spec.question);
  const part = (name, input) => h("div", { class: `wb-part wb-part-${name}` }, h("label", { for: input.id }, f.t(name)), input);
  const body = h("div", {}, h("div", { class: "wb-dates" }, part("month", month), part("day", day), part("year", year), time && part("time", time)),
    h("div", { class: "wb-ticks" }, !f.spec.born && f.spec.day !== "coming" && today, // nobody was born today; a coming day is another
      !timed && !f.spec.born && h("label", { class: "wb-tick", for: about.id }, about, h("span", {}, f.t("about"))), away.body));
  body.addEventListener("paste", (event) => {
    const found = pastedDay(event.clipboardData?.getData("text") || "");
    if (!found) return;
    event.preventDefault();
    [month.value, day.value, year.value] = [found.month, String(+found.day), found.year || year.value];
    edit();
  });
  body.addEventListener("focusout", (event) => {
    if (body.contains(event.relatedTarget)) return;
    if (!empty()) takeMeant();
    else if (!away.read()) f.emptied({ asks: true });
  });
  return { body, group: true, input: month, read, patient: true,
    show: (v) => {
      away.show(v);
      const held = splitDay(v);
      month.value = held.month;
      if (month.value !== held.month) month.value = "";
      day.value = held.day.replace(/^0(?=\d)/, "");
      year.value = held.year;
      if (time) time.value = clockInBox(held.time);
      about.checked = held.about;
    } };
};

// Who saw which record: for each clinician one list, folded, with a choice for each record. A row is its id, its name,
// and which of the `ways` it can be seen.
// `cell` is either the full path with {row} and {column} in it, or what follows `path.row.column`.
const gridPath = (spec, row, column) => {
  const shape = spec.cell?.includes("{row}") ? spec.cell : `${spec.path}.{row}.{column}${spec.cell ? `.${spec.cell}` : ""}`;
  return shape.replace("{row}", () => row).replace("{column}", () => column);
};
const pairs = (list) => (list || []).map((o) => (Array.isArray(o) ? o : [o.id, o.title]));
const gridHas = (spec, path) => pairs(spec.rows).some(([r]) => pairs(spec.columns).some(([c]) => gridPath(spec, r, c) === path));

function gridBlock(ctx, spec, base) {
  const { t } = ctx, name = ctx.nextId(), columns = pairs(spec.columns), rows = pairs(spec.rows);
  const options = optionsOf(ctx, { kind: "one", ...spec });
  if (!(rows.length && columns.length) && !spec.empty) return h("div", { hidden: true }); // nothing to ask about yet
  return h("div", { class: "wb-field wb-grid-field", role: "group", "aria-labelledby": name },
    h("p", { class: "wb-label", id: name, dir: "auto" }, spec.question),
    spec.hint && h("p", { class: "wb-hint", dir: "auto" }, spec.hint), whyBlock(t, spec.why),
    rows.length && columns.length ? columns.map((column) => seenBy(ctx, { ...spec, columns: [column], options }, base))
      : h("p", { class: "wb-hint" }, spec.empty));
}

// The list of one clinician: what is not noted yet can be filled in at once, and that undone.
function seenBy(ctx, spec, base) {
  const { t } = ctx, [[who, name]] = spec.columns, rows = pairs(spec.rows);
  const pathOf = (row) => base + gridPath(spec, row[0], who);
  const told = h("span", { class: "wb-told" }), box = h("div", { class: "wb-inner" }), line = h("div", { class: "wb-line", role: "status", hidden: true });
  const el = h("details", { class: "wb-group wb-seen" }, h("summary", {}, h("span", { dir: "auto" }, t("seen_by", { name })), told), box);
  const noted = () => rows.filter((row) => !blank(ctx.values.get(pathOf(row)))).length;
  const tell = () => { told.textContent = t("seen_told", { n: noted(), all: rows.length }); };
  const say = (...kids) => { line.hidden = !kids.length; line.replaceChildren(...kids); };
  const place = (row, value) => {
    ctx.values.set(pathOf(row), value);
    ctx.saver.change({ op: "put", path: pathOf(row), value });
    ctx.fields.get(pathOf(row))?.receive(value);
    tell();
  };
  const fill = (pick) => {
    const open = rows.filter((row) => blank(ctx.values.get(pathOf(row))));
    for (const row of open) place(row, pick(row));
    const undo = button(t("undo"), () => { for (const row of open) place(row, null); say(); box.querySelector("button").focus(); });
    say(t(open.length ? "seen_filled" : "seen_nothing", { n: open.length }), open.length ? " " : "", open.length ? undo : "");
  };
  let built = false;
  const build = () => {
    if (built) return;
    built = true;
    box.append(h("div", { class: "wb-row" },
      button(t("saw_all"), () => fill((row) => optionsFor(spec, row)[0][0]), { class: "wb-button wb-second" }, name),
      spec.none && button(t("saw_none"), () => fill(() => spec.none), { class: "wb-button wb-second" }, name)), line,
    h("ul", { class: "wb-seen-rows" }, rows.map((row) => seenRow(ctx, spec, row, pathOf(row), place))));
  };
  el.firstElementChild.addEventListener("click", build);
  el.addEventListener("toggle", () => el.open && build());
  // One listener for the whole list, whatever its length.
  box.addEventListener("change", (event) => event.target.wbPlace?.(event.target.value || null));
  ctx.groups.push({ base, fields: [spec], tell, has: (path) => gridHas(spec, path),
    get open() { return el.open; }, set open(on) { if (on) build(); el.open = on; } });
  tell();
  return el;
}

const optionsFor = (spec, row) => spec.ways?.[row[2]] || spec.options;
function seenRow(ctx, spec, row, path, place) {
  const { t } = ctx, id = ctx.nextId(), options = optionsFor(spec, row), [[, name]] = spec.columns;
  const select = h("select", { class: "wb-input", id, "data-path": path }, h("option", { value: "" }, t("grid_blank")),
    options.map(([value, words]) => h("option", { value }, words)));
  const problem = h("p", { class: "wb-error", hidden: true, id: `${id}-problem` });
  const el = h("li", {}, h("label", { for: id, dir: "auto" }, row[1], unseen(`, ${name}`)), select, problem);
  const below = (...kids) => { el.querySelector(".wb-line")?.remove(); if (kids.length) el.append(h("div", { class: "wb-line" }, ...kids)); };
  const show = (value) => {
    const known = [...select.options].some((option) => option.value === (value ?? ""));
    if (!known) select.append(h("option", { value }, inWords(ctx, { kind: "one", options: spec.options }, value))); // said before it mattered
    select.value = value ?? "";
    select.classList.toggle("wb-set", !!value);
  };
  select.wbPlace = (value) => {
    const before = ctx.values.get(path);
    below();
    if (value || blank(before)) return place(row, value);
    return below(h("span", {}, t("remove_ask")), button(t("remove"), () => { below(); place(row, null); select.focus(); }, { class: "wb-button wb-small" }),
      button(t("keep"), () => { show(before); below(); select.focus(); }, { class: "wb-button wb-second wb-small" }));
  };
  ctx.fields.set(path, { path, spec, el, focus: () => select.focus(),
    receive: (value) => { ctx.values.set(path, value); show(value); },
    problem: (words) => {
      problem.hidden = !words;
      problem.textContent = words || "";
      if (words) select.setAttribute("aria-describedby", problem.id); else select.removeAttribute("aria-describedby");
    },
    conflict: (other) => below(t("other", { text: inWords(ctx, { kind: "one", options: spec.options }, other) }), " ", button(t("put_it_back"), () => { below(); place(row, other); })),
    print: () => [el, inWords(ctx, { kind: "one", options: spec.options }, ctx.values.get(path)) || t("no_answer")],
  });
  show(ctx.values.get(path));
  return el;
}

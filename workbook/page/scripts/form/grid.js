// Rows by columns of small choices: a table on a desktop, one card a row on a phone.
// `cell` is either the full path with {row} and {column} in it, or what follows `path.row.column`.
const gridPath = (spec, row, column) => {
  const shape = spec.cell?.includes("{row}") ? spec.cell : `${spec.path}.{row}.{column}${spec.cell ? `.${spec.cell}` : ""}`;
  return shape.replace("{row}", () => row).replace("{column}", () => column);
};
const pairs = (list) => (list || []).map((o) => (Array.isArray(o) ? o : [o.id, o.title]));
const gridHas = (spec, path) => pairs(spec.rows).some(([r]) => pairs(spec.columns).some(([c]) => gridPath(spec, r, c) === path));

function gridBlock(ctx, spec, base) {
  const { t } = ctx, id = ctx.nextId(), columns = pairs(spec.columns), rows = pairs(spec.rows);
  const options = optionsOf(ctx, { kind: "one", ...spec });
  const choices = h("select", { class: "wb-input" }, h("option", { value: "" }, t("grid_blank")), options.map(([v, words]) => h("option", { value: v }, words)));
  const cell = (row, column) => {
    const path = base + gridPath(spec, row[0], column[0]), own = ctx.nextId();
    const select = choices.cloneNode(true);
    select.id = own;
    select.dataset.path = path;
    const problem = h("p", { class: "wb-error", hidden: true, id: `${own}-problem` });
    const label = h("label", { for: own, dir: "auto" }, column[1], unseen(`, ${row[1]}`));
    const td = h("td", { role: "cell" }, label, select, problem);
    const show = (v) => { select.value = v ?? ""; select.classList.toggle("wb-set", !!v); };
    const below = (...kids) => { td.querySelector(".wb-line")?.remove(); if (kids.length) td.append(h("div", { class: "wb-line" }, ...kids)); };
    const place = (value) => {
      ctx.values.set(path, value);
      ctx.saver.change({ op: "put", path, value });
      show(value);
      below();
    };
    select.wbPlace = (value) => {
      const before = ctx.values.get(path);
      if (value || blank(before)) return place(value);
      return below(h("span", {}, t("remove_ask")), button(t("remove"), () => { place(null); select.focus(); }, { class: "wb-button wb-small" }),
        button(t("keep"), () => { show(before); below(); select.focus(); }, { class: "wb-button wb-second wb-small" }));
    };
    ctx.fields.set(path, { path, spec, el: td, focus: () => select.focus(),
      receive: (v) => { ctx.values.set(path, v); show(v); },
      problem: (words) => {
        problem.hidden = !words;
        problem.textContent = words || "";
        if (words) select.setAttribute("aria-describedby", problem.id); else select.removeAttribute("aria-describedby");
      },
      conflict: (other) => below(t("other", { text: inWords(ctx, { kind: "one", options }, other) }), " ", button(t("put_it_back"), () => place(other))),
      print: () => [td, inWords(ctx, { kind: "one", options }, ctx.values.get(path)) || t("no_answer")],
    });
    show(ctx.values.get(path));
    return td;
  };
  const table = h("table", { role: "table", class: "wb-grid", "aria-labelledby": `${id}-name` },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, h("th", { role: "columnheader", scope: "col" }, unseen(spec.corner || t("grid_row"))),
      columns.map(([, words]) => h("th", { role: "columnheader", scope: "col", dir: "auto" }, words)))),
    h("tbody", { role: "rowgroup" }, rows.map((row) => h("tr", { role: "row" },
      h("th", { role: "rowheader", scope: "row", dir: "auto" }, row[1]), columns.map((column) => cell(row, column))))));
  // One listener for the whole table, whatever the number of cells.
  table.addEventListener("change", (event) => event.target.wbPlace?.(event.target.value || null));
  return h("div", { class: "wb-field wb-grid-field" }, h("p", { class: "wb-label", id: `${id}-name`, dir: "auto" }, spec.question),
    spec.hint && h("p", { class: "wb-hint", dir: "auto" }, spec.hint), whyBlock(t, spec.why),
    rows.length && columns.length ? table : h("p", { class: "wb-hint" }, spec.empty || t("nothing_to_pick")));
}

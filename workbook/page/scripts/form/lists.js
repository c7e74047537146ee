// A list of items, built once and collapsed. The contents of an item are built on opening, so 200 items stay fast.
const listLeaves = (spec) => spec.fields.filter((s) => s.path && !["each", "grid", "say", "group", "done", "answer"].includes(s.kind));
// A question of an entry, also one inside a group.
const leafAt = (fields, rel) => fields.map((s) => (s.kind === "group" ? leafAt(s.fields, rel) : s.path === rel ? s : null)).find(Boolean);
const entryWords = (ctx, spec, path, id, rel) => {
  const leaf = leafAt(spec.fields, rel), value = ctx.values.get(`${path}.${id}.${rel}`);
  return leaf ? inWords(ctx, leaf, value) : blank(value) ? "" : String(value);
};
// The name of an entry; "" if it has none yet.
const entryTitle = (ctx, spec, path, id) => {
  const paths = [].concat(spec.title || []);
  if (paths.length) return paths.map((p) => entryWords(ctx, spec, path, id, p)).find(Boolean) || "";
  return listLeaves(spec).some((s) => !blank(ctx.values.get(`${path}.${id}.${s.path}`))) ? ctx.titles.get(`${path}.${id}`) || "" : "";
};

// Of a ready-made list this many entries are in view; more only if somebody wrote in them, or asks for all.
const IN_VIEW = 5;

function listBlock(ctx, spec, base) {
  const { t } = ctx, path = base + spec.path, prefix = (id) => `${path}.${id}.`;
  const noun = spec.item || t("item"), Noun = noun.charAt(0).toLocaleUpperCase(language()) + noun.slice(1);
  const ids = () => ctx.values.get(path) || [];
  const shipped = new Set(spec.shipped || []);
  const entries = new Map();
  const list = h("ol", { class: "wb-items", "aria-label": Noun });
  const note = h("div", { class: "wb-note", role: "status" });
  const titlePaths = [].concat(spec.title || []);
  const title = (id) => entryTitle(ctx, spec, path, id) || ctx.titles.get(`${path}.${id}`) || t("numbered", { item: Noun, n: ids().indexOf(id) + 1 });
  const inLine = spec.summary || listLeaves(spec).filter((s) => s.kind !== "check").map((s) => s.path);
  const oneLine = (id) => { // the title is not repeated
    const name = title(id), words = inLine.map((p) => entryWords(ctx, spec, path, id, p));
    return words.filter((w) => w && w !== name).slice(0, 3).map(inOneLine).join(" · ");
  };
  // Fields of every entry besides its questions, such as privacy, are among its buttons.
  const quiet = spec.fields.filter((s) => s.quiet), fields = spec.fields.filter((s) => !s.quiet);

  const make = (id) => {
    const name = h("span", { class: "wb-item-title", dir: "auto" }), line = h("span", { class: "wb-item-line", dir: "auto" });
    const body = h("div", { class: "wb-item-body" });
    const up = button(t("move_up"), () => move(id, -1)), down = button(t("move_down"), () => move(id, 1));
    const removes = shipped.has(id) ? t("leave_out") : t("remove_item", { item: noun });
    const remove = button(shipped.has(id) ? removes : t("remove"), () => takeOut(id));
    const about = [up, down].map((b) => b.appendChild(unseen("")));
    const head = h("summary", {}, name, line);
    const box = h("details", { class: "wb-item" }, head, body);
    let built = false;
    const entry = {
      added: false, begin: null, forget: null,
      close: () => { entry.open = false; head.focus(); },
      li: h("li", {}, box), head, up, down,
      build: () => {
        if (built) return;
        built = true;
        const more = quiet.map((group) => quietGroup(ctx, group, prefix(id)));
        about.push(...more.map((m) => m.about));
        body.append(...walkBlock(ctx, fields, prefix(id), { pace: spec.pace, name: path, entry }),
          h("div", { class: "wb-item-actions" }, spec.movable && [up, down], more.map((m) => m.press), spec.removable !== false && remove),
          ...more.map((m) => m.box));
        entry.retitle();
      },
      get open() { return box.open; },
      set open(on) { if (on) entry.build(); box.open = on; },
      retitle: () => {
        const words = title(id);
        name.textContent = words;
        line.textContent = oneLine(id);
        about.forEach((span) => { span.textContent = ` ${words}`; });
        remove.setAttribute("aria-label", `${removes} ${words}`);
      },
    };
    box.firstElementChild.addEventListener("click", () => entry.build());
    box.addEventListener("toggle", () => (box.open ? entry.build() : entry.forget?.()));
    entry.retitle();
    ctx.watchers.set(`${path}.${id}`, entry.retitle);
    entries.set(id, entry);
    return entry;
  };
  const sync = () => {
    const now = ids(), wanted = new Set(now), focused = holdsFocus(list) && document.activeElement;
    for (const [id, entry] of entries) if (!wanted.has(id)) entry.li.remove();
    let at = list.firstElementChild;
    for (const id of now) {
      const { li } = entries.get(id) || make(id);
      if (li === at) at = at.nextElementSibling;
      else list.insertBefore(li, at);
    }
    now.forEach((id, i) => {
      const entry = entries.get(id);
      entry.up.hidden = i === 0;
      entry.down.hidden = i === now.length - 1;
      if (!titlePaths.length) entry.retitle();
    });
    const away = new Set(whole ? [] : now.slice(IN_VIEW).filter((id) => shipped.has(id) && !oneLine(id)));
    for (const id of now) entries.get(id).li.classList.toggle("wb-later-screen", away.has(id));
    rest.hidden = !away.size;
    rest.textContent = t("show_rest", { n: away.size });
    empty.hidden = now.length > 0 || !spec.empty;
    marks?.sync();
    if (focused && focused.isConnected && document.activeElement !== focused) focused.focus();
  };
  let whole = false;
  const showAll = () => { whole = true; sync(); };
  const rest = button("", () => {
    const next = list.querySelector(".wb-later-screen summary");
    showAll();
    next?.focus();
  }, { hidden: true });
  const set = (next) => { ctx.values.set(path, next); sync(); ctx.touched(path); };
  // An entry removed elsewhere while someone types in it here stays, so that the text is not lost with it.
  const orphans = new Set();
  const receive = (told) => {
    const next = [...told];
    ids().forEach((id, i) => {
      if (!next.includes(id) && (orphans.has(id) || ctx.saver.writes(`${path}.${id}.`))) next.splice(i, 0, id);
    });
    set(next);
  };

  function move(id, by) {
    whole = true;
    const next = ids().filter((i) => i !== id), to = ids().indexOf(id) + by;
    const { up, down } = entries.get(id);
    next.splice(to, 0, id);
    set(next);
    ctx.saver.change({ op: "move", path: `${path}.${id}`, before: next.slice(to + 1).find((i) => !orphans.has(i)) ?? null });
    const wanted = by < 0 ? up : down;
    (wanted.hidden ? (by < 0 ? down : up) : wanted).focus();
    ctx.announce(t("moved", { item: title(id), n: to + 1 }));
  }
  function takeOut(id) {
    const words = title(id), at = ids().indexOf(id), before = ids();
    set(before.filter((i) => i !== id));
    ctx.saver.change({ op: "remove", path: `${path}.${id}` });
    tell(id, words, before);
    ctx.summary(null);
    const near = ids()[at] ?? ids()[at - 1];
    if (near) entries.get(near).head.focus();
    else add.focus();
  }
  const tell = (id, words, before, users = []) => note.replaceChildren(h("span", { dir: "auto" }, t("removed", { item: words })), " ",
    users.length ? t("used_by", { names: users.join(", ") }) : "", " ", button(t("undo"), () => bringBack(id, before), {}, words));
  const gone = new Map(); // removed here: id -> token once the page has it, or what waits for it
  function bringBack(id, before) {
    note.replaceChildren();
    set(before.filter((i) => i === id || ids().includes(i)));
    entries.get(id).head.focus();
    if (ctx.saver.takeBack((c) => c.op === "remove" && c.path === `${path}.${id}`)) return;
    const token = gone.get(id);
    if (token) ctx.undo(token);
    else gone.set(id, "wanted"); // not acknowledged yet: undone as soon as it is
  }
  const add = h("button", { type: "button", class: "wb-button wb-second", onclick: () => {
    const id = newId();
    ctx.saver.change({ op: "add", path, value: { id }, before: null });
    whole = true;
    set([...ids(), id]);
    note.replaceChildren();
    const entry = entries.get(id);
    entry.added = true;
    entry.open = true;
    if (entry.begin) return entry.begin();
    const first = entry.li.querySelector(".wb-item-body :is(input, select, textarea):not(.wb-unasked *)");
    return (first || entry.head).focus();
  } }, spec.add || t("add", { item: noun }));
  const empty = h("p", { class: "wb-hint", hidden: true }, spec.empty || "");
  const marks = spec.marks && marksBlock(ctx, spec, path, ids, title);

  ctx.lists.set(path, {
    sync, receive, title, orphan: (id) => orphans.add(id),
    open: (id) => { if (entries.has(id)) { showAll(); entries.get(id).open = true; } },
    focus: (id) => {
      if (id) showAll();
      const entry = entries.get(id ?? ids()[0]);
      if (entry && id) entry.open = true;
      (entry?.head || add).focus();
    },
    entries: () => ids().map((id) => entries.get(id)),
    removed: (id, result) => {
      if (gone.get(id) === "wanted") { gone.delete(id); return ctx.undo(result.undo); }
      gone.set(id, result.undo);
      if (result.users?.length && !ids().includes(id)) {
        const before = [...ids(), id];
        tell(id, title(id), before, result.users);
      }
    },
  });
  sync();
  // Collapsed unless it has no name: then its contents say more than its line.
  const first = ids().find((id) => !entryTitle(ctx, spec, path, id));
  if (first) entries.get(first).open = true;
  for (const id of ids()) if (walkPlaces.get(walkName(ctx, prefix(id)))) entries.get(id).open = true;
  const head = spec.question && h("legend", { dir: "auto" }, spec.question);
  const inner = [spec.hint && h("p", { class: "wb-hint", dir: "auto" }, spec.hint), whyBlock(t, spec.why), empty, marks?.el, list, rest, note, spec.add !== false && add];
  return head ? h("fieldset", { class: "wb-field wb-list" }, head, inner) : h("div", { class: "wb-field wb-list" }, inner);
}

// A list of items, built once. The inside of a folded item is built when it is opened, so 200 items stay quick.
const FOLD_FROM = 12;

function listBlock(ctx, spec, base) {
  const { t } = ctx, path = base + spec.path, prefix = (id) => `${path}.${id}.`;
  const noun = spec.item || t("item"), Noun = noun.charAt(0).toLocaleUpperCase(language()) + noun.slice(1);
  const ids = () => ctx.values.get(path) || [];
  const fold = spec.fold || ids().length > FOLD_FROM;
  const shipped = new Set(spec.shipped || []);
  const entries = new Map();
  const list = h("ol", { class: `wb-items${fold ? " wb-folded" : ""}` });
  const note = h("div", { class: "wb-note", role: "status" });
  const leaves = spec.fields.filter((s) => s.path && !["each", "grid", "say", "group", "done", "answer"].includes(s.kind));
  const titlePaths = [].concat(spec.title || []);
  const wordsAt = (id, rel) => {
    const leaf = leaves.find((s) => s.path === rel);
    const value = ctx.values.get(prefix(id) + rel);
    return leaf ? inWords(ctx, leaf, value) : blank(value) ? "" : String(value);
  };
  const title = (id) => titlePaths.map((p) => wordsAt(id, p)).find(Boolean)
    || (ctx.titles.get(`${path}.${id}`)) || t("numbered", { item: Noun, n: ids().indexOf(id) + 1 });
  const inLine = spec.summary || leaves.filter((s) => s.kind !== "long" && s.kind !== "check" && !titlePaths.includes(s.path)).slice(0, 3).map((s) => s.path);
  const oneLine = (id) => inLine.map((p) => wordsAt(id, p)).filter(Boolean).join(" · ");
  const unfinished = (id) => leaves.some((s) => blank(ctx.values.get(prefix(id) + s.path)));

  const make = (id) => {
    const name = h("span", { class: "wb-item-title", dir: "auto" }), line = h("span", { class: "wb-item-line", dir: "auto" });
    const body = h("div", { class: "wb-item-body" });
    const up = button(t("move_up"), () => move(id, -1)), down = button(t("move_down"), () => move(id, 1));
    const remove = button(shipped.has(id) ? t("leave_out") : t("remove_item", { item: noun }), () => takeOut(id), { class: "wb-link wb-remove" });
    const about = [up, down, remove].map((b) => b.appendChild(unseen("")));
    const head = fold ? h("summary", {}, name, line) : h("legend", { tabindex: "-1" }, name);
    const box = h(fold ? "details" : "fieldset", { class: "wb-item" }, head, body);
    let built = false;
    const entry = {
      li: h("li", {}, box), head, up, down,
      build: () => {
        if (built) return;
        built = true;
        body.append(...draw(ctx, spec.fields, prefix(id)),
          h("div", { class: "wb-item-actions" }, spec.movable && [up, down], spec.removable !== false && remove));
      },
      open: () => { entry.build(); if (fold) box.open = true; },
      retitle: () => {
        const words = title(id);
        name.textContent = words;
        line.textContent = fold ? oneLine(id) : "";
        about.forEach((span) => { span.textContent = ` ${words}`; });
      },
    };
    if (fold) box.addEventListener("toggle", () => box.open && entry.build());
    else entry.build();
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
    empty.hidden = now.length > 0 || !spec.empty;
    if (focused && focused.isConnected && document.activeElement !== focused) focused.focus();
  };
  const set = (next) => { ctx.values.set(path, next); sync(); };

  function move(id, by) {
    const next = ids().filter((i) => i !== id), to = ids().indexOf(id) + by;
    const { up, down } = entries.get(id);
    next.splice(to, 0, id);
    set(next);
    ctx.saver.change({ op: "move", path: `${path}.${id}`, before: next[to + 1] ?? null });
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
  const gone = new Map(); // removed here: id -> token once the page has been told, or what waits for it
  function bringBack(id, before) {
    note.replaceChildren();
    set(before.filter((i) => i === id || ids().includes(i)));
    entries.get(id).head.focus();
    if (ctx.saver.takeBack((c) => c.op === "remove" && c.path === `${path}.${id}`)) return;
    const token = gone.get(id);
    if (token) ctx.undo(token);
    else gone.set(id, "wanted"); // not acknowledged yet: taken back as soon as it is
  }
  const add = h("button", { type: "button", class: "wb-button wb-second", onclick: () => {
    const id = newId();
    ctx.saver.change({ op: "add", path, value: { id }, before: null });
    set([...ids(), id]);
    note.replaceChildren();
    entries.get(id).open();
    const first = entries.get(id).li.querySelector(".wb-item-body :is(input, select, textarea)");
    (first || entries.get(id).head).focus();
  } }, spec.add || t("add", { item: noun }));
  const empty = h("p", { class: "wb-hint", hidden: true }, spec.empty || "");

  ctx.lists.set(path, {
    sync, receive: set, title,
    open: (id) => entries.get(id)?.open(),
    openAll: () => entries.forEach((entry) => entry.open()),
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
  const first = fold && ids().find(unfinished);
  if (first) entries.get(first).open();
  const head = spec.question && h("legend", { dir: "auto" }, spec.question);
  const inner = [spec.hint && h("p", { class: "wb-hint", dir: "auto" }, spec.hint), whyBlock(t, spec.why), empty, list, note, spec.add !== false && add];
  return head ? h("fieldset", { class: "wb-field wb-list" }, head, inner) : h("div", { class: "wb-field wb-list" }, inner);
}

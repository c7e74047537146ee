// The state of one rendered form: the answers it shows, the stored values as far as known, and its status line.
function makeForm(uid, state, send, open) {
  const t = phrase(state.strings || {});
  let count = 0;
  const status = h("p", { class: "wb-save", "data-state": "idle" }, h("span", {}, t("idle"))), line = saveLine(uid);
  const live = h("div", { class: "wb-vh", role: "status" });
  const note = h("div", { class: "wb-note", role: "status" });
  const problems = h("div", { class: "wb-summary", tabindex: "-1", role: "group", "aria-labelledby": `${uid}-problems`, hidden: true });
  const unfolded = []; // only for print
  const undoing = new Map(); // token -> what waits to ask again
  const ctx = {
    t, uid, send, open, caseId: state.who?.case, today: state.today, draftKey: "", specs: state.fields,
    values: new Map(Object.entries(state.values || {})), known: new Map(Object.entries(state.values || {})),
    drafts: new Map(Object.entries(state.drafts || {})), options: new Map(Object.entries(state.options || {})),
    titles: new Map(Object.entries(state.titles || {})),
    fields: new Map(), lists: new Map(), watchers: new Map(), groups: [], walks: new Set(), settling: new Set(),
    conditions: new Map(), guessed: new Map(), revealed: new Set(), says: new Set(),
    isShown: (spec, base) => isShown(ctx, spec, base),
    nextId: () => `${uid}-${(count += 1)}`,
    announce: (words) => { live.textContent = ""; live.textContent = words; },
    status: (kind, words, aloud) => {
      status.dataset.state = kind;
      status.classList.remove("wb-calm");
      status.firstChild.textContent = words;
      line.say(kind, words);
      if (aloud) ctx.announce(words);
    },
    notice: (...kids) => note.replaceChildren(...kids),
    undo: (token) => {
      const ask = () => {
        send({ do: "undo", token });
        undoing.set(token, setTimeout(() => { ctx.status("unsaved", t("undo_late"), true); ask(); }, 5000));
      };
      ask();
    },
  };
  ctx.draftKey = `wb-draft:${ctx.caseId || ""}:${state.fields.map((s) => s.path || s.kind).join(",")}`;
  for (const [path, held] of ctx.drafts) ctx.values.set(path, held.text);
  for (const [path, origin] of Object.entries(state.provenance || {})) {
    ctx.values.set(`${path.replace(/@$/, "")}@`, origin);
    ctx.known.set(`${path.replace(/@$/, "")}@`, origin);
  }
  ctx.saver = makeSaver(ctx);
  ctx.saver.sayUnfit = () => sayUnfit(ctx);
  savers.add(ctx.saver);

  ctx.touched = (path) => {
    const steps = path.split(".");
    for (let i = steps.length - 1; i > 0; i -= 1) ctx.watchers.get(steps.slice(0, i).join("."))?.();
    for (const group of ctx.groups) if (path.startsWith(group.base) && group.has(path)) group.tell();
    ctx.conditions.get(path)?.forEach((check) => check());
    for (const tell of ctx.says) tell();
    for (const walk of ctx.walks) walk.touched(path);
  };
  const shows = (path, value) => {
    if (ctx.lists.has(path)) ctx.lists.get(path).receive(value || []);
    else if (ctx.fields.has(path)) ctx.fields.get(path).receive(value);
    else ctx.values.set(path, value);
    ctx.touched(path);
  };
  // Applies a message from Python; `whole` means that missing values no longer exist, as after an undo.
  ctx.update = (message, whole = message.do === "undone" && !!message.values) => {
    for (const [target, list] of Object.entries(message.options || {})) ctx.options.set(target, list);
    if (message.options) for (const field of ctx.fields.values()) if (field.spec.target in message.options && !holdsFocus(field.el)) field.refill?.();
    for (const [path, words] of Object.entries(message.titles || {})) ctx.titles.set(path, words);
    if (message.options || message.titles) for (const group of ctx.groups) group.tell();
    const told = { ...(message.values || {}) };
    for (const [path, origin] of Object.entries(message.provenance || {})) told[`${path.replace(/@$/, "")}@`] = origin;
    if (whole) for (const path of ctx.known.keys()) if (!(path in told)) told[path] = null;
    if (whole || message.drafts) takeDrafts(message.drafts || {}, whole);
    for (const [path, value] of Object.entries(told)) {
      ctx.known.set(path, value);
      if (!ctx.saver.pending(path) && !ctx.drafts.has(path) && !same(value, ctx.values.get(path))) shows(path, value);
    }
    if (message.do === "undone") {
      clearTimeout(undoing.get(message.token));
      undoing.delete(message.token);
      ctx.status("saved", t("undone"), true);
    }
    if (message.do === "undone" && !message.values) open();
  };
  const takeDrafts = (drafts, whole) => {
    if (whole) for (const path of [...ctx.drafts.keys()]) {
      if (path in drafts || ctx.saver.pending(path)) continue;
      ctx.drafts.delete(path);
      ctx.fields.get(path)?.problem(null);
    }
    for (const [path, held] of Object.entries(drafts)) {
      if (ctx.saver.pending(path)) continue;
      ctx.drafts.set(path, held);
      ctx.fields.get(path)?.receive(held.text);
      ctx.fields.get(path)?.problem(held.problem);
    }
  };
  ctx.result = (result, change) => {
    const { path } = result, op = change?.op ?? "put", field = ctx.fields.get(path);
    if (op === "remove") {
      const at = path.lastIndexOf(".");
      return ctx.lists.get(path.slice(0, at))?.removed(path.slice(at + 1), result);
    }
    if (result.status === "gone") {
      for (const [list, id] of listsOn(path)) ctx.lists.get(list).orphan(id);
      const words = (!listsOn(path).length && result.problem) || t("gone");
      return field ? field.problem(words) : ctx.notice(words);
    }
    if (op !== "put") return undefined;
    if (result.status === "kept") {
      ctx.drafts.set(path, { text: change?.value, problem: result.problem });
      return wrong(path, result.problem);
    }
    const value = blank(result.value) ? change?.value : result.value;
    ctx.known.set(path, value);
    ctx.drafts.delete(path);
    wrong(path, null);
    if (field && !ctx.saver.pending(path) && same(ctx.values.get(path), change?.value) && !same(value, change?.value) && !holdsFocus(field.el)) shows(path, value);
    if (result.status === "overwrote") field?.conflict(result.other);
    for (const words of result.moved || []) field?.moved(words); // the top of the page says it aloud
    ctx.summary(null);
    return undefined;
  };
  const wrong = (path, words) => {
    ctx.fields.get(path)?.problem(words);
    for (const walk of ctx.walks) walk.check();
  };

  const stuck = (path, text, problem) => {
    ctx.drafts.set(path, { text, problem });
    wrong(path, problem);
  };
  // Python permanently rejects this change: reported once, with the text left as it was typed.
  ctx.refused = (change, words) => {
    if (change.op === "put") return stuck(change.path, change.value, words);
    ctx.notice(words);
    return open();
  };
  const reveal = (path) => {
    const steps = path.split(".");
    const opens = () => { for (const group of ctx.groups) if (group.has(path)) group.open = true; };
    showAnyway(ctx, path);
    opens();
    for (let i = 1; i < steps.length; i += 1) ctx.lists.get(steps.slice(0, i).join("."))?.open(steps[i]);
    opens(); // those of an entry that was not built before
    for (const walk of ctx.walks) walk.reveal(path);
    const field = ctx.fields.get(path);
    for (let up = field?.el.parentElement; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    if (field) field.focus();
    else ctx.lists.get(path)?.focus();
  };
  // A link may lead to a question, a list or an entry of it, wherever on this page it is collapsed.
  ctx.goTo = (path) => {
    const at = path.lastIndexOf("."), list = path.slice(0, at);
    if (specAt(ctx.specs, path)) return listed(path) && reveal(path);
    if (specAt(ctx.specs, list)?.kind !== "each") return false;
    reveal(list);
    return ctx.lists.get(list)?.focus(path.slice(at + 1));
  };
  // The lists on a path, with the entry of each.
  const listsOn = (path) => path.split(".").map((_, i, all) => [all.slice(0, i).join("."), all[i]]).filter(([list]) => ctx.lists.has(list));
  const listed = (path) => listsOn(path).every(([list, id]) => (ctx.values.get(list) || []).includes(id));
  const titleAt = (path) => listsOn(path).map(([list, id]) => ctx.lists.get(list).title(id)).join(", ");
  let asked = false;
  const isSeen = (path) => { // on this very screen, with the message in its place
    const el = ctx.fields.get(path)?.el, place = el?.checkVisibility() && el.getBoundingClientRect();
    return !!place && place.top >= 0 && place.bottom <= innerHeight;
  };
  // `focus` true: "I am done" was pressed; false: on arrival; null: only updates what is shown already.
  ctx.summary = (focus) => {
    if (focus === null && problems.hidden) return;
    asked = focus ?? asked;
    const isSaid = (path) => !asked && (isSeen(path) || [...ctx.walks].some((walk) => walk.tells() === path));
    const found = [...ctx.drafts].filter(([path, held]) => held?.problem && specAt(ctx.specs, path) && listed(path) && !isSaid(path));
    problems.hidden = !found.length;
    problems.replaceChildren(h("h2", { id: `${uid}-problems` }, t("problems")), h("ul", {}, found.map(([path, held]) => {
      const asked = specAt(ctx.specs, path).question;
      const words = [titleAt(path), /\?$/.test(asked) ? asked : `${asked}:`].filter(Boolean).join(", ");
      return h("li", {}, h("a", { href: `#${uid}`, onclick: (event) => { event.preventDefault(); reveal(path); } },
        h("span", { dir: "auto" }, `${words} ${held.problem}`)));
    })));
    if (focus && found.length) problems.focus();
  };
  ctx.forPrint = () => {
    // Print shows every answer, also collapsed ones; what is expanded may contain more to expand.
    const opens = (one) => { if (!one.open) { one.open = true; unfolded.push(one); } };
    for (let before = -1; before < unfolded.length;) {
      before = unfolded.length;
      for (const list of ctx.lists.values()) list.entries().forEach(opens);
      for (const group of ctx.groups) if (firstWords(ctx, group.fields, group.base).length) opens(group);
    }
    for (const field of ctx.fields.values()) {
      const [box, words] = field.print() || [];
      if (!box) continue;
      const old = [...box.children].find((kid) => kid.classList.contains("wb-printed"));
      const out = old || box.appendChild(h("p", { class: "wb-printed", dir: "auto" }));
      out.textContent = words;
    }
  };
  ctx.afterPrint = () => { for (const one of unfolded.splice(0)) one.open = false; };
  // A page that was left in a hurry may have been saved without an acknowledgement.
  const isThere = ({ op, path, value }) => {
    const at = path.lastIndexOf("."), among = (list, id) => (ctx.known.get(list) || []).includes?.(id);
    if (op === "put") return same(ctx.known.get(path), value) || (blank(value) && blank(ctx.known.get(path)));
    if (op === "add") return among(path, value.id);
    return op === "remove" && !among(path.slice(0, at), path.slice(at + 1));
  };
  // What an earlier instance of this page could not save is restored and sent again.
  const putBack = () => {
    const left = ctx.saver.kept().filter((change) => !isThere(change));
    for (const change of left) {
      if (change.op === "put") ctx.values.set(change.path, change.value);
      const at = change.path.lastIndexOf("."), list = change.op === "add" ? change.path : change.path.slice(0, at);
      const id = change.op === "add" ? change.value.id : change.path.slice(at + 1);
      const others = (ctx.values.get(list) || []).filter?.((i) => i !== id);
      if (change.op === "add") ctx.values.set(list, [...others, id]);
      if (change.op === "remove") ctx.values.set(list, others);
      if (change.op === "move") {
        const to = others.indexOf(change.before);
        ctx.values.set(list, to < 0 ? [...others, id] : others.toSpliced(to, 0, id));
      }
    }
    return left;
  };
  const left = putBack();
  ctx.el = h("form", { class: "wb-form", id: uid, novalidate: true, autocomplete: "off", onsubmit: (event) => event.preventDefault() },
    status, problems, note, walkBlock(ctx, state.fields, "", { pace: state.pace, name: ctx.draftKey }), live);
  ctx.begin = () => {
    // On a page of several forms one promise is enough; the others only report problems.
    document.querySelectorAll(".wb-save").forEach((own, i) => {
      own.classList.toggle("wb-later", i > 0);
      own.classList.toggle("wb-calm", i > 0 && own.dataset.state === "idle");
      own.hidden = !!savedPlace();
    });
    line.say(status.dataset.state, status.textContent);
    if (!left.length) ctx.saver.leaving(); // nothing is left to restore, so nothing stays in the tab
    for (const change of left) if (!ctx.saver.change(change, 0)) stuck(change.path, change.value, t("too_long"));
    if (left.length) ctx.notice(t("restored"));
    ctx.summary(false);
  };
  ctx.stop = () => {
    line.end();
    savers.delete(ctx.saver);
    ctx.saver.stop();
    for (const timer of undoing.values()) clearTimeout(timer);
  };
  return ctx;
}

// Keeps answers saved. Trusts only an acknowledgement: a healthy kernel may have lost this page's state.
const PAUSE = 600, AT_LAST = 2000, LATE = 2500, PATIENCE = 5000, LONGEST = 100000, RETRY = [3000, 4000, 6000, 9000, 15000];

const makeSaver = (ctx) => {
  const sent = new Map(), stuck = new Map(); // stuck: what cannot be saved as it is, by path
  let queue = [], rev = 0, timer = 0, since = 0, late = 0, again = 0, tries = 0, state = "idle", reason = "", stayed = false;
  let stored = true, storing = 0; // an earlier instance of this page may have left something in the tab

  const unacknowledged = () => [...[...sent.values()].flat(), ...queue];
  const held = () => [...unacknowledged(), ...[...stuck.values()].map((s) => s.change)];
  // A browser may write session storage to disk, so text is stored there only when a save is late or the page is left.
  const keep = () => {
    clearTimeout(storing);
    storing = 0;
    stored = !!held().length;
    try {
      if (stored) sessionStorage.setItem(ctx.draftKey, JSON.stringify(held()));
      else sessionStorage.removeItem(ctx.draftKey);
    } catch { /* full or forbidden storage: the page itself still has the answer */ }
  };
  const keepIfLate = () => {
    if (stored) keep();
    else if (held().length) storing ||= setTimeout(keep, LATE);
  };
  const show = (next, words) => {
    // Problems and recovery are reported; routine saving stays quiet.
    ctx.status(next, words, next === "unsaved" ? state !== "unsaved" : state === "unsaved" && next === "saved");
    state = next;
  };
  const unsaved = () => {
    clearTimeout(late);
    late = 0;
    show("unsaved", reason ? `${reason} ${ctx.t("trying")}` : ctx.t("unsaved"));
    clearTimeout(again);
    again = setTimeout(retry, RETRY[Math.min(tries, RETRY.length - 1)]);
    tries += 1;
  };
  const post = (number) => ctx.send({ do: "save", page: ctx.uid, rev: number, changes: sent.get(number) });
  function retry() {
    clearTimeout(again);
    if (!sent.size && !queue.length) return;
    for (const number of sent.keys()) post(number);
    flush(true);
    unsaved();
  }
  function flush(now = false) {
    clearTimeout(timer);
    timer = 0;
    if (!queue.length || (sent.size && !now)) return;
    since = 0;
    rev += 1;
    sent.set(rev, queue);
    queue = [];
    if (state !== "unsaved") late ||= setTimeout(unsaved, PATIENCE);
    post(rev);
  }
  const pendingPut = (path) => queue.findLast((c) => c.op === "put" && c.path === path);
  const based = (path) => {
    const waiting = [...sent.values()].flat().findLast((c) => c.op === "put" && c.path === path);
    return waiting ? waiting.value : ctx.known.get(path) ?? null;
  };
  const change = (c, at = PAUSE) => {
    stuck.delete(c.path);
    if (c.op === "put" && typeof c.value === "string" && c.value.length > LONGEST) {
      stuck.set(c.path, { change: c, line: ctx.t("too_long_line") });
      queue = queue.filter((q) => q.path !== c.path);
      keep();
      showStuck();
      return false;
    }
    const waiting = c.op === "put" && pendingPut(c.path);
    if (waiting) waiting.value = c.value;
    else queue.push({ ...c, ...(c.op === "put" && !("based" in c) && { based: based(c.path) }) });
    keepIfLate();
    if (state !== "unsaved") show("saving", ctx.t("saving"));
    clearTimeout(timer);
    since ||= Date.now(); // typing without a pause is saved too
    timer = setTimeout(flush, Math.min(at, Math.max(0, since + AT_LAST - Date.now())));
    return true;
  };
  const showStuck = () => show("unsaved", [...stuck.values()].at(-1).line);
  const settled = () => { // nothing is in progress any more, and nothing is stuck
    if (sent.size) return false;
    clearTimeout(late);
    clearTimeout(again);
    late = tries = 0;
    if (queue.length) { if (!timer) flush(); return false; }
    if (stuck.size) showStuck();
    return !stuck.size;
  };
  const acknowledged = () => {
    clearTimeout(storing);
    storing = 0;
    keepIfLate();
    if (stayed && !unacknowledged().length) ctx.notice();
    stayed &&= !!unacknowledged().length;
  };
  const saved = (message) => {
    const done = sent.get(message.rev);
    if (!done) return; // a second reply to a repeated message
    sent.delete(message.rev);
    reason = "";
    acknowledged();
    const results = message.results || [];
    results.forEach((result, i) => ctx.result(result, done[i] || done.find((c) => c.path === result.path)));
    for (const c of queue) if (c.op === "put" && done.some((d) => d.path === c.path)) c.based = ctx.known.get(c.path) ?? null;
    if (!settled()) return;
    if (results.some((r) => r.status === "gone")) return show("unsaved", ctx.t("gone")); // "Saved" would not be true
    const recovered = state === "unsaved", clock = new Date(message.time || Date.now());
    show("saved", ctx.t(message.forgets ? "in_memory" : "saved", { time: clock.toLocaleTimeString(language(), { hour: "numeric", minute: "2-digit" }) }));
    if (recovered) ctx.open();
  };
  // A change that Python permanently rejects must not hold back the others.
  const refused = (message) => {
    const changes = sent.get(message.rev), words = message.text || ctx.t("refused_line");
    sent.delete(message.rev);
    reason = "";
    if (changes.length > 1) {
      const alone = changes.map((c) => { rev += 1; sent.set(rev, [c]); return rev; });
      return alone.forEach(post);
    }
    const [c] = changes, newer = queue.some((q) => q.op === "put" && q.path === c.path);
    const line = message.gone ? `${words} ${ctx.t("refused_line")}` : ctx.t("refused_line");
    if (c.op === "put" && !newer) stuck.set(c.path, { change: c, line });
    keep();
    if (!newer) ctx.refused(c, words);
    if (settled()) show("idle", ctx.t("idle"));
    return undefined;
  };
  const trouble = (message) => {
    if (message.rev != null && !sent.has(message.rev)) return;
    if (message.final) return refused(message);
    reason = message.text || "";
    unsaved();
  };
  const leaving = () => {
    for (const settle of ctx.settling) settle(); // fields that are saved only when they are left
    flush(true);
    if (held().length || stored) keep();
  };
  const stay = () => { // a link was clicked, and the last text could not be saved
    if (!unacknowledged().length) return;
    if (state !== "unsaved") unsaved();
    stayed = true;
    ctx.notice(ctx.t("stay"));
  };
  const guard = (event) => {
    leaving();
    if (state === "unsaved" && held().length) event.preventDefault();
  };
  const kept = () => {
    try { return JSON.parse(sessionStorage.getItem(ctx.draftKey) || "[]"); } catch { return []; }
  };
  const takeBack = (match) => { // an unsent change can still be removed
    const before = queue.length;
    queue = queue.filter((c) => !match(c));
    keepIfLate();
    return queue.length < before;
  };
  const pending = (path) => held().some((c) => c.path === path || (c.op !== "put" && (c.path.startsWith(`${path}.`))));
  const writes = (start) => held().some((c) => c.op === "put" && c.path.startsWith(start));
  const stop = () => { for (const one of [timer, late, again, storing]) clearTimeout(one); };
  return { change, flush, saved, trouble, leaving, stay, guard, kept, takeBack, pending, writes, stop, retry, isUnsaved: () => state === "unsaved", isClean: () => !held().length };
};

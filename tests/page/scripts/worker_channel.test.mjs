// Messages to Python in a worker: kept until it is ready, and each way in which it can end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

function world() {
  const workers = [], states = [], locks = new Map(), ticks = new Set();
  class Worker {
    constructor() { Object.assign(this, { sent: [], ended: false }); workers.push(this); }
    postMessage(message) { this.sent.push(message); }
    terminate() { this.ended = true; }
    says(data) { this.onmessage({ data }); }
  }
  const globals = {
    Worker,
    navigator: { onLine: true, locks: { request: (name, act) => locks.set(name, act) } },
    setInterval: (act) => { ticks.add(act); return act; },
    clearInterval: (act) => ticks.delete(act),
  };
  const { workerChannel } = load(["host/worker_channel"], ["workerChannel"], globals);
  const channel = workerChannel({ worker: "w.js", list: "l", base: "b", words: {} }, (name) => states.push(name));
  const tick = (times) => { for (let n = 0; n < times; n += 1) for (const act of [...ticks]) act(); };
  const ready = (lock = "lock") => {
    workers.at(-1).says({ do: "state", name: "alive", lock });
    workers.at(-1).says({ do: "state", name: "ready" });
  };
  const does = (worker) => worker.sent.map((message) => message.do || message.to);
  return { channel, workers, states, locks, ticks, tick, ready, does };
}

test("what is sent before Python is ready waits for it", () => {
  const w = world();
  w.channel.send({ to: "w1", content: { do: "open" } });
  assert.deepEqual(w.does(w.workers[0]), ["begin"]);
  w.ready();
  assert.deepEqual(w.does(w.workers[0]), ["begin", "w1"]);
});

test("a worker that is gone lets go of its lock, and is told once", () => {
  const w = world();
  w.ready();
  w.locks.get("lock")();
  assert.deepEqual(w.states, ["ready", "stopped"]);
  w.workers[0].says({ do: "state", name: "stopped" });
  w.workers[0].onerror();
  assert.deepEqual(w.states, ["ready", "stopped"]);
  assert.equal(w.ticks.size, 0);
});

test("Python that failed for good, and a script that failed, are told; before the start they are another trouble", () => {
  const failed = world();
  failed.ready();
  failed.workers[0].says({ do: "state", name: "stopped" });
  assert.equal(failed.states.at(-1), "stopped");
  assert.ok(failed.workers[0].ended);
  const early = world();
  early.workers[0].onerror();
  assert.deepEqual(early.states, ["broken"]);
});

test("silence is told within ten seconds, and taken back by an answer", () => {
  const w = world();
  w.ready();
  w.tick(3);
  w.workers[0].says({ do: "pong" });
  w.tick(3);
  assert.deepEqual(w.states, ["ready"]);
  w.tick(1);
  assert.deepEqual(w.states, ["ready", "silent"]);
  w.tick(2);
  assert.deepEqual(w.states, ["ready", "silent"], "said once");
  w.workers[0].says({ do: "pong" });
  assert.deepEqual(w.states, ["ready", "silent", "answers"]);
});

test("another worker is started, and the first one is not heard any more", () => {
  const w = world();
  w.ready("first");
  w.locks.get("first")();
  w.channel.send({ to: "w1", content: { do: "save" } }); // a form repeats it with its new id
  w.channel.takeOver();
  w.ready("second");
  assert.deepEqual(w.does(w.workers[1]), ["begin"]);
  w.workers[0].says({ do: "state", name: "elsewhere" });
  assert.deepEqual(w.states, ["ready", "stopped", "ready"]);
  w.channel.takeOver();
  w.locks.get("second")(); // ended by ourselves
  assert.equal(w.states.at(-1), "ready");
});

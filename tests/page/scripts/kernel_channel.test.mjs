// Messages to a kernel: frames, the queue before the socket is open, and what happens when it breaks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

function world({ status = 200 } = {}) {
  const sockets = [], states = [], heard = [], timers = [], events = {};
  class Socket {
    static OPEN = 1;
    static CLOSED = 3;
    constructor(url, protocols) {
      Object.assign(this, { url, protocols, readyState: 0, sent: [] });
      sockets.push(this);
    }
    send(frame) { this.sent.push(frame); }
    close() { this.readyState = 3; }
    opens() { this.readyState = 1; this.onopen(); }
    breaks() { this.readyState = 3; return this.onclose(); }
  }
  const globals = {
    WebSocket: Socket, location: { origin: "http://127.0.0.1:8866" }, navigator: { sendBeacon: () => true },
    addEventListener: (name, act) => { events[name] = act; }, fetch: async () => { if (!status) throw new TypeError("offline"); return { status }; },
    setTimeout: (act) => { timers.push(act); return timers.length; }, clearTimeout: () => {},
  };
  const { kernelChannel, toFrame, fromFrame } = load(["host/kernel_channel"], ["kernelChannel", "toFrame", "fromFrame"], globals);
  const channel = kernelChannel({ baseUrl: "/base/", kernelId: "k1" }, (state) => states.push(state));
  channel.on((message, buffers) => heard.push([message, buffers]));
  const sent = (i = 0) => sockets[i].sent.map((frame) => fromFrame(frame));
  return { channel, sockets, states, heard, timers, events, sent, toFrame, fromFrame };
}
const says = (w, msg_type, content, buffers = []) =>
  w.sockets.at(-1).onmessage({ data: w.toFrame({ channel: "iopub", header: { msg_type }, metadata: {}, content }, buffers) });

test("a frame keeps text in any script and every byte of its buffers", () => {
  const { toFrame, fromFrame } = world();
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => i % 256);
  const content = { words: "Zoë – حالة 🙂", empty: "" };
  const [message, buffers] = fromFrame(toFrame({ channel: "shell", header: { a: 1 }, metadata: {}, content }, [bytes.buffer, new Uint8Array(0)]));
  assert.deepEqual(message, { header: { a: 1 }, content });
  assert.deepEqual(buffers.map((b) => b.byteLength), [300, 0]);
  assert.deepEqual(new Uint8Array(buffers[0]), bytes);
});

test("it speaks the protocol with offsets, to the kernel of the page", () => {
  const { sockets } = world();
  assert.match(sockets[0].url, /^ws:\/\/127\.0\.0\.1:8866\/base\/api\/kernels\/k1\/channels\?session_id=/);
  assert.deepEqual(sockets[0].protocols, ["v1.kernel.websocket.jupyter.org"]);
});

test("what is said before the socket is open is sent when it is, in order, the comm first", () => {
  const w = world();
  w.channel.send({ to: "w1", content: { do: "open" } });
  w.channel.send({ to: "pages", content: { do: "page", number: 1, name: "1-goal" } });
  assert.equal(w.sockets[0].sent.length, 0);
  w.sockets[0].opens();
  const [open, widget, page] = w.sent().map(([message]) => message);
  assert.equal(open.header.msg_type, "comm_open");
  assert.equal(open.content.target_name, "workbook.page");
  assert.deepEqual(widget.content, { comm_id: "w1", data: { method: "custom", content: { do: "open" } } });
  assert.deepEqual(page.content, { comm_id: open.content.comm_id, data: { do: "page", number: 1, name: "1-goal" } });
});

test("only messages of comms are heard, by the widget's id or as pages", () => {
  const w = world();
  w.sockets[0].opens();
  const pages = w.sent()[0][0].content.comm_id;
  says(w, "comm_msg", { comm_id: "w1", data: { method: "custom", content: { do: "saved" } } }, [new Uint8Array([7])]);
  says(w, "comm_msg", { comm_id: "w1", data: { method: "update", state: { early: {} } } });
  says(w, "comm_msg", { comm_id: pages, data: { do: "page", number: 1 } });
  says(w, "stream", { text: "x" });
  assert.deepEqual(w.heard.map(([message]) => message), [{ to: "w1", content: { do: "saved" } }, { to: "pages", content: { do: "page", number: 1 } }]);
  assert.deepEqual(new Uint8Array(w.heard[0][1][0]), new Uint8Array([7]));
});

test("a broken socket is opened again, in the same session", async () => {
  const w = world();
  w.sockets[0].opens();
  await w.sockets[0].breaks();
  assert.deepEqual(w.states, ["open", "waiting"]);
  w.timers.at(-1)();
  assert.equal(w.sockets.length, 2);
  assert.equal(w.sockets[1].url, w.sockets[0].url);
  w.sockets[1].opens();
  assert.equal(w.states.at(-1), "open");
});

test("back on the network it opens one socket, never two that end each other", async () => {
  const w = world();
  w.events.online();
  assert.equal(w.sockets.length, 1, "one is opening");
  w.sockets[0].opens();
  w.events.online();
  assert.equal(w.sockets.length, 1, "one is open");
  await w.sockets[0].breaks();
  w.events.online();
  w.timers.at(-1)(); // the try that was planned when it broke
  assert.equal(w.sockets.length, 2);
  w.sockets[1].opens();
  await w.sockets[0].onclose(); // said late
  assert.deepEqual(w.states, ["open", "waiting", "open"]);
});

test("a kernel that is gone is told once, and is not asked again", async () => {
  const w = world({ status: 404 });
  await w.sockets[0].breaks();
  w.timers.at(-1)();
  await w.sockets[1].breaks();
  assert.equal(w.states.at(-1), "dead");
  w.channel.send({ to: "w1", content: { do: "save" } });
  assert.equal(w.sockets.length, 2);
});

test("a server that does not answer is lost, and is asked again", async () => {
  const w = world({ status: 0 });
  await w.sockets[0].breaks();
  w.timers.at(-1)();
  await w.sockets[1].breaks();
  assert.equal(w.states.at(-1), "lost");
});

test("a kernel that dies says so itself", () => {
  const w = world();
  w.sockets[0].opens();
  says(w, "status", { execution_state: "busy" });
  assert.deepEqual(w.states, ["open"]);
  says(w, "status", { execution_state: "dead" });
  assert.deepEqual(w.states, ["open", "dead"]);
});

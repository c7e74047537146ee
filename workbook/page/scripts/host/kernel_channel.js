// A channel to a kernel: Jupyter's messages on one websocket, whose comms carry the messages of widgets.
const PAGES = "workbook.page"; // the comm on which a page asks for the next one
const RECONNECT = [300, 700, 1500, 3000, 5000];

// Jupyter's protocol: a count and byte offsets (64 bits, little-endian), then channel, header, parent header,
// metadata, content, and the buffers. Voilà reads no other.
const PROTOCOL = "v1.kernel.websocket.jupyter.org";
const toFrame = ({ channel, header, metadata, content }, buffers) => {
  const texts = [channel, ...[header, {}, metadata, content].map((part) => JSON.stringify(part))];
  const parts = [...texts.map((text) => new TextEncoder().encode(text)), ...buffers.map((b) => new Uint8Array(b.buffer ?? b))];
  const start = 8 * (parts.length + 2), total = parts.reduce((sum, part) => sum + part.byteLength, start);
  const frame = new Uint8Array(total), view = new DataView(frame.buffer);
  view.setBigUint64(0, BigInt(parts.length + 1), true);
  const end = parts.reduce((at, part, i) => {
    view.setBigUint64(8 * (i + 1), BigInt(at), true);
    frame.set(part, at);
    return at + part.byteLength;
  }, start);
  view.setBigUint64(8 * (parts.length + 1), BigInt(end), true);
  return frame.buffer;
};
const fromFrame = (data) => {
  const view = new DataView(data), count = Number(view.getBigUint64(0, true));
  const at = Array.from({ length: count }, (_, i) => Number(view.getBigUint64(8 * (i + 1), true)));
  const part = (i) => data.slice(at[i], at[i + 1]);
  const read = (i) => JSON.parse(new TextDecoder().decode(part(i)));
  return [{ header: read(1), content: read(4) }, at.slice(5, -1).map((_, i) => part(i + 5))];
};

// `watch(state)` hears "open", "waiting", "lost" (keeps trying) and "dead" (never again).
const kernelChannel = ({ baseUrl, kernelId }, watch) => {
  const session = crypto.randomUUID(), heard = new Set(), pages = crypto.randomUUID();
  const queue = []; // until the socket is open; forms repeat what was sent into a broken one
  const url = `${location.origin}${baseUrl}api/kernels/${kernelId}`;
  let socket = null, tries = 0, over = false, again = 0;

  const message = (type, content, metadata = {}) => ({
    header: { msg_id: crypto.randomUUID(), username: "", session, msg_type: type, version: "5.3", date: new Date().toISOString() },
    metadata, content, channel: "shell",
  });
  const post = (made, buffers = []) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(toFrame(made, buffers));
    else if (!over && queue.length < 200) queue.push([made, buffers]);
  };
  const end = () => {
    over = true;
    watch("dead");
    socket?.close();
  };
  const hear = ({ data }) => {
    const [{ header, content }, buffers] = fromFrame(data);
    if (header.msg_type === "status" && /dead|restarting/.test(content.execution_state)) return end();
    if (header.msg_type !== "comm_msg") return undefined;
    const to = content.comm_id === pages ? "pages" : content.comm_id;
    const inner = to === "pages" ? content.data : content.data.method === "custom" && content.data.content;
    if (inner) for (const act of heard) act({ to, content: inner }, buffers);
    return undefined;
  };
  const retry = async () => {
    if (over) return;
    watch(tries ? "lost" : "waiting");
    // A kernel that is gone answers 404; a server that is gone does not answer.
    const gone = tries && await fetch(url).then((reply) => reply.status === 404 || reply.status === 403, () => false);
    if (gone) return end();
    again = setTimeout(connect, RECONNECT[Math.min(tries, RECONNECT.length - 1)]);
    tries += 1;
  };
  function connect() {
    clearTimeout(again);
    if (socket && socket.readyState < 2) return; // one is open, or opening: two would end each other
    socket = new WebSocket(`${url.replace(/^http/, "ws")}/channels?session_id=${session}`, [PROTOCOL]);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      tries = 0;
      watch("open");
      for (const [made, buffers] of queue.splice(0)) socket.send(toFrame(made, buffers));
    };
    socket.onmessage = hear;
    const mine = socket;
    mine.onclose = () => mine === socket && retry();
  }
  connect();
  addEventListener("online", () => { if (!over) connect(); });
  post(message("comm_open", { comm_id: pages, target_name: PAGES, data: {} }));
  // Phones often skip "beforeunload". The server waits a moment for a save that was sent just before this.
  addEventListener("pagehide", () => navigator.sendBeacon(`${baseUrl}voila/api/shutdown/${kernelId}`));
  return {
    on: (act) => heard.add(act),
    send: ({ to, content }, buffers = []) => post(to === "pages"
      ? message("comm_msg", { comm_id: pages, data: content })
      : message("comm_msg", { comm_id: to, data: { method: "custom", content } }), buffers),
  };
};

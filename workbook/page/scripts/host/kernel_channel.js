// A channel to a kernel: Jupyter's messages on one websocket, whose comms carry the messages of widgets.
const PAGES = "workbook.page"; // the comm on which a page asks for the next one
const RECONNECT = [300, 700, 1500, 3000, 5000];

const toFrame = (message, buffers) => {
  if (!buffers.length) return JSON.stringify(message);
  const parts = [new TextEncoder().encode(JSON.stringify(message)), ...buffers.map((b) => new Uint8Array(b.buffer ?? b))];
  const head = 4 * (parts.length + 1), total = parts.reduce((sum, part) => sum + part.byteLength, head);
  const frame = new Uint8Array(total), view = new DataView(frame.buffer);
  view.setUint32(0, parts.length);
  parts.reduce((at, part, i) => {
    view.setUint32(4 * (i + 1), at);
    frame.set(part, at);
    return at + part.byteLength;
  }, head);
  return frame.buffer;
};
const fromFrame = (data) => {
  if (typeof data === "string") return [JSON.parse(data), []];
  const view = new DataView(data), count = view.getUint32(0);
  const starts = Array.from({ length: count }, (_, i) => view.getUint32(4 * (i + 1)));
  const part = (i) => data.slice(starts[i], starts[i + 1] ?? data.byteLength);
  return [JSON.parse(new TextDecoder().decode(part(0))), starts.slice(1).map((_, i) => part(i + 1))];
};

// `watch(state)` hears "open", "waiting", "lost" (keeps trying) and "dead" (never again).
const kernelChannel = ({ baseUrl, kernelId }, watch) => {
  const session = crypto.randomUUID(), heard = new Set(), pages = crypto.randomUUID();
  const queue = []; // until the socket is open; forms repeat what was sent into a broken one
  const url = `${location.origin}${baseUrl}api/kernels/${kernelId}`;
  let socket = null, tries = 0, over = false, again = 0;

  const message = (type, content, metadata = {}) => ({
    header: { msg_id: crypto.randomUUID(), username: "", session, msg_type: type, version: "5.3", date: new Date().toISOString() },
    parent_header: {}, metadata, content, buffers: [], channel: "shell",
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
    socket = new WebSocket(`${url.replace(/^http/, "ws")}/channels?session_id=${session}`);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      tries = 0;
      watch("open");
      for (const [made, buffers] of queue.splice(0)) socket.send(toFrame(made, buffers));
    };
    socket.onmessage = hear;
    socket.onclose = retry;
  }
  connect();
  addEventListener("online", () => { if (!over && socket.readyState === WebSocket.CLOSED) connect(); });
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

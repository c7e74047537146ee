// A made-up web server and browser for the service worker: caches, pages, and a connection that can fail.

import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";

const SCRIPTS = new URL("../../../workbook/site/scripts/", import.meta.url);
const source = (name) => readFileSync(new URL(name, SCRIPTS), "utf8");
const sum = (bytes) => createHash("sha256").update(bytes).digest("hex");
const bytesOf = (text) => new TextEncoder().encode(text);

export const BASE = "https://host.example/repo/";
const HEADERS = { page: { "Content-Security-Policy": "of a page" }, other: { "Content-Security-Policy": "of a worker" } };

class Cache {
  constructor() {
    this.entries = new Map();
  }
  async match(request) {
    return this.entries.get(request.url ?? request)?.clone();
  }
  async put(request, response) {
    if (this.full) throw new Error("QuotaExceededError");
    this.entries.set(request.url ?? request, response);
  }
  async delete(request) {
    return this.entries.delete(request.url ?? request);
  }
  async keys() {
    return [...this.entries.keys()].map((url) => ({ url }));
  }
}

export class World {
  constructor() {
    this.stored = new Map();
    this.server = new Map(); // address -> bytes
    this.asked = [];
    this.online = true;
    this.clients = [];
    this.registration = {};
    this.caches = {
      open: async (name) => {
        if (!this.stored.has(name)) this.stored.set(name, Object.assign(new Cache(), { full: this.full }));
        return this.stored.get(name);
      },
      delete: async (name) => this.stored.delete(name),
      keys: async () => [...this.stored.keys()],
    };
    this.fetch = async (request) => {
      const address = (request.url ?? request).split(/[?#]/)[0];
      this.asked.push(address);
      if (!this.online) throw new TypeError("Failed to fetch");
      const found = this.server.get(address);
      return found ? new Response(found, { headers: { "Content-Type": "text/plain" } }) : new Response("", { status: 404 });
    };
  }

  // What was asked of the server since the last call, as paths of the site.
  fetched(base = BASE) {
    const seen = this.asked.map((address) => address.replace(base, ""));
    this.asked = [];
    return seen.sort();
  }

  // Puts a version on the server: {path: [use, text]}; a file that is not a page has its checksum in its address.
  publish(version, files, base = BASE) {
    const rows = Object.entries(files).map(([name, [use, text]]) => {
      const data = bytesOf(text);
      const path = use === "page" ? name : `app/${name}.${sum(data).slice(0, 6)}${name.endsWith(".js") ? "" : ".bin"}`;
      this.server.set(new URL(path, base).href, data);
      const packed = path.endsWith(".bin") ? { packed: "xz", raw: data.length } : {};
      return { path, name, use, type: "text/plain", bytes: data.length, sha256: sum(data), ...packed };
    });
    const list = { version, files: rows };
    this.server.set(new URL(`app/files.${version}.json`, base).href, bytesOf(JSON.stringify(list)));
    return list;
  }

  worker(version, base = BASE) {
    return new Worker(this, version, base);
  }
}

class Worker {
  constructor(world, version, base) {
    this.heard = {};
    this.skipped = 0;
    const clients = { claim: async () => {}, matchAll: async () => world.clients };
    const self = {
      clients,
      registration: world.registration,
      location: { href: `${base}sw.js` },
      addEventListener: (name, hear) => (this.heard[name] = hear),
      skipWaiting: async () => void (this.skipped += 1),
    };
    const head = `const VERSION = ${JSON.stringify(version)}, LIST = "app/files.${version}.json", HEADERS = ${JSON.stringify(HEADERS)};`;
    const code = `${head}\n${source("files.js").replaceAll("\nexport ", "\n")}\n${source("sw.js")}`;
    new Function("self", "caches", "fetch", code)(self, world.caches, world.fetch);
  }

  async send(name, event = {}) {
    const waits = [];
    this.heard[name]({ ...event, waitUntil: (promise) => waits.push(promise) });
    await Promise.all(waits);
  }

  install = () => this.send("install");
  activate = () => this.send("activate");
  say = (data, source) => this.send("message", { data, source });

  // The text that a page gets, "status 404", or undefined if the service worker leaves the request alone.
  async get(address, mode = "no-cors", method = "GET") {
    const response = await this.answer(address, mode, method);
    return response && (response.ok ? response.text() : `status ${response.status}`);
  }

  async answer(address, mode = "no-cors", method = "GET") {
    let answer;
    this.heard.fetch({ request: { url: address, mode, method }, respondWith: (given) => (answer = given) });
    return answer;
  }

  go = (path) => this.get(new URL(path, BASE).href, "navigate");
}

export const page = (id, path = "index.html", base = BASE) => ({
  id,
  url: base + path,
  got: [],
  postMessage(message) {
    this.got.push(message);
  },
});

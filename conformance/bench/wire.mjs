// HTTP/1.1 over one kept connection, one request at a time. A library's client would cost more than the server: the
// generator runs on the same processors as what it measures.
import net from "node:net";
import tls from "node:tls";

const HEAD_END = Buffer.from("\r\n\r\n");

export function target(url) {
  const { protocol, hostname, port, pathname } = new URL(url);
  const secure = protocol === "https:";
  return {
    secure,
    host: hostname,
    port: Number(port) || (secure ? 443 : 80),
    hostHeader: port ? `${hostname}:${port}` : hostname,
    prefix: pathname === "/" ? "" : pathname.replace(/\/$/, ""),
  };
}

export class Wire {
  #to;
  #socket = null;
  #answer = null;
  #head = null;
  #chunks = [];
  #have = 0;

  constructor(to) {
    this.#to = to;
  }

  /// Answers `{ status, body, at }`; `at` is when the last byte was here, on the clock of performance.now().
  call(method, path, token, body) {
    if (this.#answer) {
      throw new Error("one request at a time");
    }
    const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
    const request =
      `${method} ${this.#to.prefix}${path} HTTP/1.1\r\nHost: ${this.#to.hostHeader}\r\n` +
      (token ? `Authorization: Bearer ${token}\r\n` : "") +
      (text
        ? `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n`
        : method === "GET"
          ? ""
          : "Content-Length: 0\r\n") +
      `\r\n${text}`;
    return new Promise((resolve, reject) => {
      this.#answer = { resolve, reject };
      this.#open().write(request);
    });
  }

  close() {
    this.#socket?.destroy();
    this.#socket = null;
  }

  #open() {
    if (this.#socket) {
      return this.#socket;
    }
    const { secure, host, port } = this.#to;
    const socket = secure ? tls.connect({ host, port, servername: host }) : net.connect(port, host);
    socket.setNoDelay(true);
    socket.on("data", (chunk) => this.#received(chunk));
    const lost = (error) => {
      if (this.#socket === socket) {
        this.#socket = null;
        this.#reset();
        const waiting = this.#answer;
        this.#answer = null;
        waiting?.reject(error instanceof Error ? error : new Error("the connection was closed"));
      }
    };
    socket.on("error", lost);
    socket.on("close", lost);
    this.#socket = socket;
    return socket;
  }

  #reset() {
    this.#head = null;
    this.#chunks = [];
    this.#have = 0;
  }

  #received(chunk) {
    const at = performance.now();
    if (this.#head === null) {
      const all = this.#chunks.length ? Buffer.concat([...this.#chunks, chunk]) : chunk;
      const end = all.indexOf(HEAD_END);
      if (end < 0) {
        this.#chunks = [all];
        return;
      }
      this.#head = head(all.latin1Slice(0, end));
      const rest = all.subarray(end + 4);
      this.#chunks = rest.length ? [rest] : [];
      this.#have = rest.length;
    } else {
      this.#chunks.push(chunk);
      this.#have += chunk.length;
    }
    if (this.#complete()) {
      this.#finish(at);
    }
  }

  #complete() {
    if (this.#head.length >= 0) {
      return this.#have >= this.#head.length;
    }
    return Buffer.concat(this.#chunks.slice(-2)).latin1Slice(-5) === "0\r\n\r\n";
  }

  #finish(at) {
    const { status, length, close } = this.#head;
    const raw = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    const waiting = this.#answer;
    this.#answer = null;
    this.#reset();
    if (close) {
      this.close();
    }
    waiting?.resolve({ status, body: length >= 0 ? raw : unchunked(raw), at });
  }
}

function head(text) {
  const length = /\r\ncontent-length: *(\d+)/i.exec(text);
  const chunked = /\r\ntransfer-encoding: *chunked/i.test(text);
  return {
    status: Number(text.substring(9, 12)),
    length: chunked ? -1 : Number(length?.[1] ?? 0),
    close: /\r\nconnection: *close/i.test(text),
  };
}

function unchunked(raw) {
  const parts = [];
  for (let from = 0; ;) {
    const line = raw.indexOf("\r\n", from);
    const size = parseInt(raw.latin1Slice(from, line), 16);
    if (!size) {
      return Buffer.concat(parts);
    }
    parts.push(raw.subarray(line + 2, line + 2 + size));
    from = line + 2 + size + 2;
  }
}

/// Runs `work(item, lane)` for all items, `lanes` at a time.
export async function inLanes(lanes, items, work) {
  let next = 0;
  const lane = async (number) => {
    while (next < items.length) {
      await work(items[next++], number);
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, (_, n) => lane(n)));
}

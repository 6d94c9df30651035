// The real server as a child process on a free port, on data of its own.
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/// Below those that the system gives to whoever asks for any: a database that starts while the server is away, after a
/// kill, would take its port for good. Each process has ten of its own.
const FIRST_PORT = 26_000 + (process.pid % 600) * 10;
let ports = 0;

async function freePort() {
  for (;;) {
    const port = FIRST_PORT + (ports++ % 10);
    const probe = createServer();
    const free = await new Promise((resolve) => {
      probe.once("error", () => resolve(false));
      probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
    });
    if (free) {
      return port;
    }
  }
}

export class Server {
  constructor(port, environment) {
    this.port = port;
    this.baseUrl = `http://localhost:${port}`;
    this.data = mkdtempSync(join(tmpdir(), "lanyard-"));
    this.environment = environment;
    this.output = "";
  }

  /// On data of its own, not running yet.
  static async prepare(environment = {}) {
    return new Server(await freePort(), environment);
  }

  static async start(environment = {}) {
    const server = await Server.prepare(environment);
    await server.launch();
    return server;
  }

  async launch() {
    this.child = spawn(join(root, "scripts", "lanyard"), [], {
      env: {
        ...process.env,
        LANYARD_PORT: String(this.port),
        LANYARD_DATA: this.data,
        LANYARD_SERVER_NAME: "lanyard.localhost",
        LANYARD_PUBLIC_URL: this.baseUrl,
        ...this.environment,
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.exited = new Promise((resolve) => this.child.once("exit", resolve));
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.child.kill("SIGKILL");
        reject(new Error("the server did not start"));
      }, 120_000);
      this.child.stdout.on("data", (chunk) => {
        this.output += chunk;
        if (this.output.includes("Ctrl-C stops it.")) {
          clearTimeout(timer);
          resolve();
        }
      });
      this.exited.then(() => reject(new Error("the server ended while starting")));
    });
    // What comes after the first line arrives in the same breath.
    await new Promise((resolve) => setTimeout(resolve, 200));
  }

  /// From the next start on the process ends by itself at `step`, the how-manieth time it comes there.
  planCrash(step, times) {
    this.environment = { ...this.environment, JDK_JAVA_OPTIONS: `-Dlanyard.crash=${step}:${times}` };
  }

  planNoCrash() {
    const { JDK_JAVA_OPTIONS: _, ...others } = this.environment;
    this.environment = others;
  }

  async kill() {
    this.child.kill("SIGKILL");
    await this.exited;
    this.output = "";
  }

  async stop() {
    this.child.kill("SIGTERM");
    await this.exited;
  }

  async call(method, path, body, token) {
    const answer = await fetch(this.baseUrl + path, {
      method,
      headers: {
        "content-type": "application/json",
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    return { status: answer.status, retryAfter: answer.headers.get("retry-after"), body: await answer.json() };
  }

  /// How one of the demonstration's people signs in, as the first start told it.
  told(user) {
    const line = this.output.split("\n").find((one) => one.trim().startsWith(`${user} `));
    const [, password, setupKey] = line.trim().split(/\s+/);
    return { user, password, setupKey };
  }

  /// What an authenticator app shows now.
  code(setupKey) {
    return totp(setupKey);
  }

  /// Both steps on our own page, then the one-use token: as an unmodified client does it.
  async signIn(user) {
    const { password, setupKey } = this.told(user);
    const pending = await this.call("POST", "/_lanyard/v1/sign-in/password", { user, password });
    const passed = await this.call("POST", "/_lanyard/v1/sign-in/second-step", {
      session: pending.body.session,
      code: totp(setupKey),
    });
    if (passed.status !== 200) {
      throw new Error(`signing in failed: ${JSON.stringify([pending.body.errcode, passed.body])}`);
    }
    const login = await this.call("POST", "/_matrix/client/v3/login", {
      type: "m.login.token",
      token: passed.body.login_token,
      initial_device_display_name: "conformance",
    });
    if (login.status !== 200) {
      throw new Error(`signing in failed: ${login.body.errcode}`);
    }
    await this.enrol(login.body.access_token);
    return login.body;
  }

  /// Sets the phone up as our own app does: until then it can do nothing else.
  async enrol(token) {
    const curve = { name: "ECDSA", namedCurve: "P-256" };
    const key = await crypto.subtle.generateKey(curve, true, ["sign", "verify"]);
    const phone = {
      name: "conformance",
      platform: "Linux",
      policy_version: "1",
      public_key_jwk: await crypto.subtle.exportKey("jwk", key.publicKey),
    };
    const enrolled = await this.call("POST", "/_lanyard/v1/handsets", phone, token);
    if (enrolled.status !== 200) {
      throw new Error(`enrolling failed: ${enrolled.body.errcode}`);
    }
  }

  /// Conformance mode only: another device of somebody who is registered.
  async passwordLogin(username) {
    const login = await this.call("POST", "/_matrix/client/v3/login", {
      type: "m.login.password",
      identifier: { type: "m.id.user", user: username },
      password: `p-${username}`,
    });
    return login.body;
  }

  /// Conformance mode only.
  async register(username) {
    const path = "/_matrix/client/v3/register";
    const first = await this.call("POST", path, { username, password: `p-${username}` });
    const auth = { type: "m.login.dummy", session: first.body.session };
    return (await this.call("POST", path, { username, password: `p-${username}`, auth })).body;
  }
}

/// RFC 6238 with SHA-1, six digits, 30 seconds.
function totp(setupKey) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...setupKey].map((c) => alphabet.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac("sha1", key).update(step).digest();
  const offset = mac[19] & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

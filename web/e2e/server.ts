/** The real server as `make build` left it, on a free port, with a data directory of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const READY_WITHIN_MS = 240_000;
const STOPS_WITHIN_MS = 30_000;

/** An officer's share of the custodian's key: where its file is, and what opens it. */
interface Share {
  readonly file: string;
  readonly passphrase: string;
}

interface SignIn {
  readonly password: string;
  readonly key: string;
}

export interface Server {
  readonly url: string;
  signIn(user: string): SignIn;
  share(officer: string): Share;
  stop(): Promise<void>;
}

/** `environment`: what is not as in a first `make run`. */
export async function startServer(environment: Record<string, string> = {}): Promise<Server> {
  const data = mkdtempSync(join(tmpdir(), "lanyard-story-"));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const child = spawn(process.env["STORY_SERVER"] ?? join(root, "scripts/lanyard"), {
    env: {
      ...others(),
      LANYARD_PORT: String(port),
      LANYARD_DATA: data,
      LANYARD_PUBLIC_URL: url,
      LANYARD_WEB: join(root, "web/dist"),
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = async (): Promise<void> => {
    await ended(child);
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const said = await firstWords(child);
    const share = (officer: string): Share => {
      const all = [...said.matchAll(/^ {2}(\S.*\S) +share opens with ([\d-]+)$/gm)];
      const at = all.findIndex(([, name]) => name === officer);
      return {
        file: join(data, "custodian", `officer-${at + 1}.share`),
        passphrase: all[at]?.[2] ?? "",
      };
    };
    return { url, signIn: (user) => find(said, user), share, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The server takes no LANYARD_ variable that it does not know, and the story wants none but its own. */
function others(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("LANYARD_"));
  return Object.fromEntries(kept);
}

/** What it prints on its first start, up to the last officer: the address and the sign-ins. */
function firstWords(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const tooLate = setTimeout(
      () => reject(new Error(`The server was not ready in time:\n${said}`)),
      READY_WITHIN_MS,
    );
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (
        !/share opens with [\d-]+\n\s*.*share opens with [\d-]+\n\s*.*share opens with/.test(said)
      )
        return;
      clearTimeout(tooLate);
      resolve(said);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("error", reject);
    child.once("exit", (code) => {
      clearTimeout(tooLate);
      reject(new Error(`The server ended with ${code}:\n${said}`));
    });
  });
}

function find(said: string, user: string): SignIn {
  const line = said.split("\n").find((text) => text.trim().startsWith(`${user} `));
  const [, password, key] = line?.trim().split(/\s+/) ?? [];
  if (password === undefined || key === undefined) throw new Error(`No sign-in for ${user}`);
  return { password, key };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill("SIGKILL"), STOPS_WITHIN_MS);
    child.once("exit", () => {
      clearTimeout(force);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

/**
 * Below those that the system gives to whoever asks for any: its databases and the other worker's would take one of
 * them before the server, which needs seconds, has it. Each process has ten of its own.
 */
const FIRST_PORT = 20_000 + (process.pid % 600) * 10;
let ports = 0;

export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + (ports++ % 10);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}

/** What an authenticator app shows now (RFC 6238: SHA-1, 30 s, six digits). */
export function oneTimeCode(key: string, now = Date.now()): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key].map((c) => alphabet.indexOf(c).toString(2).padStart(5, "0")).join("");
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const mac = createHmac("sha1", secret).update(step).digest();
  const at = mac.readUInt8(mac.length - 1) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** A phone and a server for the tests of the session. */
import type { EnginePort } from "../../engine/link";
import type { FromEngine, ToEngine } from "../../engine/protocol";
import { Refusal } from "../../engine/words";
import type { Json, ShareAnswer, Shelf } from "../../vault/ports";
import type { AccountAsk, AccountDeed } from "../session";
import type { Asker, Phone, Presence, SignInServer } from "./ports";

export class MemoryShelf implements Shelf {
  values = new Map<string, unknown>();
  read = (name: string) => Promise.resolve(this.values.get(name));
  write = (name: string, value: unknown) => Promise.resolve(void this.values.set(name, value));
  remove = (name: string) => Promise.resolve(void this.values.delete(name));
  close = () => Promise.resolve();
}

/** A Worker made of plain code: remembers what it was told, stops when asked. */
export class FakeEngine implements EnginePort {
  readonly told: ToEngine[] = [];
  alive = true;
  #hear: (message: FromEngine) => void = () => {};
  post = (message: ToEngine) => {
    this.told.push(message);
    if (message.kind === "stop") this.#hear({ kind: "stopped" });
  };
  listen = (hear: (message: FromEngine) => void) => void (this.#hear = hear);
  terminate = () => void (this.alive = false);
  say = (message: FromEngine) => this.#hear(message);
}

export class FakePhone implements Phone {
  readonly homeserver = "https://ward.test";
  readonly platform = "Test";
  redirectUrl: string | null = null;
  asker: Asker | null = null;
  accountAsk: AccountAsk | null = null;
  lostAsked = false;
  readonly preferredLanguage = "en" as const;
  readonly shelf = new MemoryShelf();
  readonly engines: FakeEngine[] = [];
  presence: Presence | null = null;
  alone = true;
  isOnline = true;
  time = 1_000_000;
  leftTo = "";
  loginToken: string | null = null;
  startedOver = 0;
  passkeysHere = false;
  gestures = 0;
  timers: { at: number; work: () => void }[] = [];
  readonly hash = {
    hash: async (passcode: string, salt: Uint8Array<ArrayBuffer>) =>
      new Uint8Array(
        await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${passcode}${salt}`)),
      ),
  };

  readonly passkeys = {
    known: () => true,
    onThisPhone: () => Promise.resolve(this.passkeysHere),
    offersByItself: () => Promise.resolve(false),
    create: async (_: Json, salt: Uint8Array<ArrayBuffer>) => {
      const made = await this.passkeys.get({ challenge: "new" }, salt);
      return { ...made, saysMore: true };
    },
    get: async (publicKey: Json, salt: Uint8Array<ArrayBuffer>) => {
      this.gestures++;
      const vault = await this.hash.hash("what it says for ", salt);
      const keys = await this.hash.hash("what opens keys", new Uint8Array(1));
      const credential = { answers: publicKey["challenge"] };
      return { credentialId: "c1", credential, secrets: { vault, keys } };
    },
  };

  takeLoginToken = () => this.loginToken;
  startOver = () => void this.startedOver++;
  watch = (presence: Presence) => void (this.presence = presence);
  online = () => this.isOnline;
  claim = () => Promise.resolve(this.alone);
  eraseData = () => Promise.resolve(this.shelf.values.clear());
  eraseApp = () => Promise.resolve();
  keepApp = () => {};
  takeUpdate = () => {};
  leaveTo = (url: string) => void (this.leftTo = url);
  now = () => this.time;

  startEngine = () => {
    const engine = new FakeEngine();
    this.engines.push(engine);
    return engine;
  };

  later = (ms: number, work: () => void) => {
    const timer = { at: this.time + ms, work };
    this.timers.push(timer);
    return () => void (this.timers = this.timers.filter((t) => t !== timer));
  };

  pass(ms: number) {
    const until = this.time + ms;
    const due = () => this.timers.find((t) => t.at <= until);
    for (let next = due(); next; next = due()) {
      const { at, work } = next;
      this.timers = this.timers.filter((t) => t !== next);
      this.time = at;
      work();
    }
    this.time = until;
  }
}

export const policy = {
  version: "1",
  lockSeconds: 120,
  hiddenLockSeconds: 30,
  passcodeMinLength: 6,
  decisionGraceSeconds: 86_400,
  sink: "fhir" as const,
  offlineHours: 12,
  sharedIdleSeconds: 60,
  acceptFrom: 1,
  keepDays: { clinical: 365, operational: 365, social: 90 },
  presence: false,
  mostPhones: 3,
  required: {},
};
export const about = {
  version: "1",
  demonstration: true,
  organizationName: "Ward Trust",
  odsCode: "RX1",
  serverName: "ward.test",
  guidance: null,
};

export class FakeServer implements SignInServer {
  proof = "";
  bytes: Uint8Array<ArrayBuffer> | null = null;
  attemptsLeft = 3;
  offline = false;
  phones = 0;
  removed: string[] = [];
  about = () => Promise.resolve(about);
  password = (_: string, password: string) =>
    password === "right" || password === "invitation"
      ? Promise.resolve({ session: "s1", next: password === "right" ? "totp" : "enrol" } as const)
      : Promise.reject(refused());
  firstPasskeyOptions = () => Promise.resolve({ challenge: "new" });
  firstPasskey = (session: string, _: string, credential: Json) =>
    session === "s1" && credential["answers"] === "new"
      ? Promise.resolve({
          proven: { loginToken: "lt3", recoveryCodesLeft: 10 },
          recoveryCodes: ["MNPQ-RSTV-WXYZ"],
        })
      : Promise.reject(refused());
  recoveryCode = (user: string, code: string) =>
    user === "ffion" && code === "MNPQ-RSTV-WXYZ"
      ? Promise.resolve({ loginToken: "lt5", recoveryCodesLeft: 9 })
      : Promise.reject(refused());
  firstCode = () => Promise.resolve({ secret: "JBSWY3DPEHPK3PXP", address: "otpauth://totp/x" });
  confirmFirstCode = (_: string, code: string, password: string) =>
    code !== "111222"
      ? Promise.reject(refused())
      : password === "Password1234"
        ? Promise.reject(new Refusal({ code: "weak_password", sentence: "Tried first." }))
        : Promise.resolve({
            proven: { loginToken: "lt4", recoveryCodesLeft: 10 },
            recoveryCodes: ["ABCD-EFGH-JKLM"],
          });
  secondStep = (session: string, code: string) =>
    session === "s1" && code === "111222"
      ? Promise.resolve({ loginToken: "lt1", recoveryCodesLeft: null })
      : Promise.reject(refused());
  passkeyOptions = () => Promise.resolve({ session: "s2", publicKey: { challenge: "sign-in" } });
  passkey = (session: string, credential: Json, second: boolean) =>
    credential["answers"] === "sign-in" && (second || session === "s2")
      ? Promise.resolve({ loginToken: "lt2", recoveryCodesLeft: null })
      : Promise.reject(refused());
  passkeyUsed = () => Promise.resolve("p1");
  organisation: { name: string; start: string } | null = null;
  ways = () => Promise.resolve({ organisation: this.organisation });
  loggedOut = 0;
  lost = (place: string, loginToken: string) =>
    Promise.resolve({ login_token: `${loginToken}+`, handsets: [], asked: place });
  logout = () => Promise.resolve(void this.loggedOut++);
  login = () =>
    Promise.resolve({ accessToken: "secret-token", userId: "@amara:ward", deviceId: "D" });
  policy = () => Promise.resolve(policy);
  target = (url: string) =>
    Promise.resolve({ allowed: url.startsWith("https://element.test/"), app: "Element" });
  account = (loginToken: string) =>
    Promise.resolve({
      loginToken: `${loginToken}+`,
      account: { userId: "@amara:ward", displayName: "Amara", role: "", devices: [] },
    });
  readonly deeds: string[] = [];
  accountDeed = (loginToken: string, deed: AccountDeed) => {
    this.deeds.push(`${loginToken} ${deed.is}`);
    return Promise.resolve(`${loginToken}+`);
  };
  askedBy = () => Promise.reject(refused());
  letIn = () => Promise.resolve(null);
  turnAway = () => Promise.resolve(null);
  removeHandset = (_: string, id: string) => Promise.resolve(void this.removed.push(id));

  untilTs = 1_000_000 + 12 * 3_600_000;
  prf: Uint8Array<ArrayBuffer> | null = null;
  wiped = false;
  saidWiped = 0;
  readonly handset = {
    wiped: () => Promise.resolve(void this.saidWiped++),
    setPasskey: () => {
      this.prf = crypto.getRandomValues(new Uint8Array(32));
      return Promise.resolve(this.prf.slice());
    },
    passkeyOptions: () =>
      Promise.resolve(
        this.offline
          ? ({ outcome: "unreachable" } as const)
          : this.wiped
            ? ({ outcome: "destroyed" } as const)
            : { publicKey: { challenge: "unlock" } },
      ),
    passkeyShare: (_: string, { credential }: { credential: Json }): Promise<ShareAnswer> =>
      Promise.resolve(
        this.prf && credential["answers"] === "unlock"
          ? { outcome: "released", share: this.prf.slice() }
          : { outcome: "destroyed" },
      ),
    keepOffline: () => Promise.resolve({ untilTs: this.untilTs }),
    enrol: () =>
      ++this.phones > 3 ? Promise.reject(refused()) : Promise.resolve({ handsetId: "h1" }),
    setPasscode: (_: string, _id: string, proof: Uint8Array<ArrayBuffer>) => {
      this.proof = String(proof);
      this.bytes = crypto.getRandomValues(new Uint8Array(32));
      return Promise.resolve(this.bytes.slice());
    },
    challenge: () => (this.offline ? Promise.reject(noNetwork()) : Promise.resolve({ nonce: "n" })),
    share: (_: string, claim: { proof: Uint8Array<ArrayBuffer> }): Promise<ShareAnswer> => {
      const right = String(claim.proof) === this.proof;
      if (!right && --this.attemptsLeft === 0) this.bytes = null;
      if (!this.bytes) return Promise.resolve({ outcome: "destroyed" });
      return Promise.resolve(
        right
          ? { outcome: "released", share: this.bytes.slice() }
          : { outcome: "wrong", attemptsLeft: this.attemptsLeft, retryAfterMs: 1_000 },
      );
    },
  };
}

export const refused = () => new Refusal({ code: "refused", sentence: "No." });
export const noNetwork = () => new Refusal({ code: "offline", sentence: "No network." });

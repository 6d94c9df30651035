/** A session without a server: signals to set, calls to script. For the gallery and for tests. */
import { signal } from "@preact/signals";
import {
  Refusal,
  type Answer,
  type Asked,
  type CallName,
  type ConnectionStatus,
  type KeysState,
  type Person,
  type Policy,
  type Problem,
  type ProblemCode,
  type RoomSummary,
  type Urgent,
  type VerificationStep,
} from "../src/engine/protocol";
import type { App } from "../src/model/app";
import { Navigation } from "../src/model/navigation";
import type {
  About,
  Door,
  HandOff,
  LanguageCode,
  PolicyChange,
  Session,
  SessionState,
  TimelineView,
} from "../src/model/session";
import { FakeCamera } from "./fakeCamera";
import { FakeVoice } from "./fakeVoice";
import { FakeNotifications } from "./fakeNotifications";
import { face, me } from "./people";

export const NOW = new Date(2026, 10, 22, 14, 8).getTime();

export const refusal = (
  code: ProblemCode,
  sentence = "",
  more: Partial<Problem> = {},
): Problem => ({
  code,
  sentence,
  ...more,
});

type Script = {
  [N in CallName]?: (asked: Asked<N>) => Answer<N> | Problem | Promise<Answer<N> | Problem>;
};

const isProblem = (answer: unknown): answer is Problem =>
  typeof answer === "object" && answer !== null && "code" in answer && "sentence" in answer;

const PAPER = Array.from({ length: 10 }, (_, i) => `K${i}QT-7M${i}X-PR${9 - i}W`);

const setUp = { at: "choose_passcode", minLength: 6, recoveryCodesLeft: null } as const;

export class FakeSession implements Session {
  readonly state = signal<SessionState>({ at: "open" });
  readonly about = signal<About | null>({
    version: "0.1.0",
    demonstration: true,
    organizationName: "Meadowbank Hospital",
    odsCode: "RZZ99",
    serverName: "meadowbank.example",
    guidance: { title: "Using mobile messaging", edition: "November 2026" },
  });
  readonly live = {
    connection: signal<ConnectionStatus>("Up to date"),
    rooms: signal<RoomSummary[]>([]),
    roomsLoaded: signal(true),
    timeline: signal<TimelineView | null>(null),
    outbox: signal({ waiting: 0, failed: 0 }),
    me: signal<Person | null>(me),
    policy: signal<Policy | null>({
      version: "1",
      lockSeconds: 120,
      hiddenLockSeconds: 30,
      passcodeMinLength: 6,
      decisionGraceSeconds: 86_400,
      sink: "fhir",
      offlineHours: 12,
      sharedIdleSeconds: 60,
      acceptFrom: 1,
      keepDays: { clinical: 365, operational: 365, social: 90 },
      presence: false,
      mostPhones: 3,
      required: {},
    }),
    keys: signal<KeysState>("ready"),
    verification: signal<VerificationStep | null>(null),
    newDevices: signal(0),
    reviews: signal(0),
    urgent: signal<Urgent[] | null>([]),
    urgentKept: signal(false),
    urgentAsOf: signal(NOW - 4 * 60_000),
    phoneLacks: signal<string | null>(null),
    failure: signal<Problem | null>(null),
  };
  readonly locksAt = signal<number | null>(null);
  readonly updateReady = signal(false);
  readonly covered = signal(false);
  readonly justSetUp = signal(false);
  readonly policyChange = signal<PolicyChange | null>(null);
  readonly door = signal<Door>({ passkey: false, passcodeGone: false, unsent: 0 });
  readonly shared = signal(false);
  readonly ownLockSeconds = signal<number | null>(null);
  private readonly language = signal<LanguageCode>("en");
  readonly preferences = {
    language: this.language,
    setLanguage: (language: LanguageCode): void => void (this.language.value = language),
  };
  private readonly texts = new Map<string, string>();
  readonly drafts = {
    read: (roomId: string): string => this.texts.get(roomId) ?? "",
    write: (roomId: string, text: string): void => void this.texts.set(roomId, text),
  };
  /** Every call with what it asked, in order. */
  readonly asked: { name: CallName; asked: unknown }[] = [];
  script: Script = { reviews: () => [], photo: () => new Blob([face], { type: "image/svg+xml" }) };
  /** What the actions of the session answer. */
  problem: Problem | null = null;

  readonly entrance = {
    handOff: signal<HandOff | null>(null),
    organisation: signal<{ name: string; start: string } | null>(null),
    knowsPasskeys: true,
    lost: null,
    password: (user: string, password: string): Promise<Problem | null> =>
      this.answer(user + password, { at: "second_step" }),
    secondStep: (code: string) => this.answer(code, setUp),
    recoveryCode: (user: string, code: string) => this.answer(`${user} ${code}`, setUp),
    firstFactor: {
      passkey: (name: string) => this.answer(name, setUp),
      newCode: (): Promise<Problem | { secret: string; address: string }> =>
        Promise.resolve(
          this.problem ?? {
            secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
            address: "otpauth://totp/Lanyard%3Aann?secret=JBSWY3DPEHPK3PXP&issuer=Lanyard",
          },
        ),
      confirmCode: (code: string, password: string) =>
        this.answer(`${code} ${password}`, { at: "recovery_codes", codes: PAPER }),
      goOn: () => this.answer("go on", setUp),
    },
    passkey: () => this.answer("passkey", setUp),
    passkeyAsSecondStep: () => this.answer("passkey", setUp),
    offerPasskeys: () => Promise.resolve(null),
    typeLinkCode: (code: string) => {
      this.given.push(code);
      return Promise.resolve(this.problem);
    },
    accountDeed: () => Promise.resolve(this.problem),
    letIn: (yes: boolean) =>
      this.answer(String(yes), { at: yes ? "handed_over" : "turned_away", app: "Element X" }),
  };
  readonly passkeys = {
    offered: signal(false),
    make: async (name: string, passcode: string) => {
      this.given.push(`${name} ${passcode}`);
      return this.problem ?? { opensThisPhone: true, recoveryCodes: [] };
    },
    notNow: () => void (this.passkeys.offered.value = false),
    proveAgain: async () => {
      this.given.push("passkey");
      return this.problem;
    },
    removed: () => Promise.resolve(),
  };
  async acceptPolicy(): Promise<Problem | null> {
    if (this.problem === null) this.policyChange.value = null;
    return this.problem;
  }
  settledIn(): void {
    this.justSetUp.value = false;
  }
  startAgain(): void {
    this.state.value = { at: "signed_out" };
  }
  readonly given: string[] = [];
  rings = 0;
  pushed: () => void = () => {};
  async choosePasscode(passcode: string, phoneName: string): Promise<Problem | null> {
    return this.answer(`${phoneName} ${passcode}`, { at: "open" });
  }
  async unlock(passcode: string): Promise<Problem | null> {
    return this.answer(passcode, { at: "open" });
  }
  async unlockByPasskey(): Promise<Problem | null> {
    return this.answer("passkey", { at: "open" });
  }
  async shareDevice(name: string): Promise<Problem | null> {
    return this.answer(name, { at: "open" });
  }
  lockAfter(seconds: number | null): void {
    this.ownLockSeconds.value = seconds;
  }
  async changePasscode(current: string | null, next: string): Promise<Problem | null> {
    this.given.push(`${current} ${next}`);
    return this.problem;
  }
  async lock(): Promise<void> {
    this.state.value = { at: "locked", attemptsLeft: null, retryTs: null };
  }
  stayOpen(): void {
    this.locksAt.value = null;
  }
  async wipe(): Promise<void> {
    this.startAgain();
  }
  restartEngine(): void {
    this.live.failure.value = null;
  }
  restartToUpdate(): void {
    this.updateReady.value = false;
  }

  async ask<N extends CallName>(name: N, asked: Asked<N>): Promise<Answer<N>> {
    this.asked.push({ name, asked });
    const scripted = this.script[name] as ((asked: Asked<N>) => unknown) | undefined;
    const answer = await scripted?.(asked);
    if (isProblem(answer)) throw new Refusal(answer);
    return answer as Answer<N>;
  }

  private async answer(given: string, next: SessionState): Promise<Problem | null> {
    this.given.push(given);
    if (this.problem === null) this.state.value = next;
    return this.problem;
  }
}

/** Never answers: for the slow states. */
export const never = <T>(): Promise<T> => new Promise<T>(() => {});

export function fakeApp(session: FakeSession, now: () => number = () => NOW): App {
  let id = 0;
  const gesture = { deep: () => {}, onBack: () => {} };
  return {
    session,
    navigation: new Navigation(gesture),
    surroundings: {
      now,
      newId: () => `id-${++id}`,
      phone: "iphone",
      installed: true,
      address: "https://ward.example",
      notifications: new FakeNotifications(),
      alarm: {
        ring: () => void session.rings++,
        onPushed: (run) => {
          session.pushed = run;
          return () => void (session.pushed = () => {});
        },
      },
      camera: () => Promise.resolve(new FakeCamera()),
      voice: () => Promise.resolve(new FakeVoice()),
      documents: () => Promise.reject(new Error("no documents here")),
    },
  };
}

import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { problemFrom } from "../../engine/api";
import type { Answer, Asked, CallName, EngineEvent, Policy, Problem } from "../../engine/protocol";
import type { RoomSummary } from "../../engine/words";
import { Vault } from "../../vault/vault";
import type { NotOpened, OpenedByPasskey, Opening, OpenVault } from "../../vault/vault";
import { AboutBox } from "./aboutBox";
import { DraftBox } from "./draftBox";
import { FrontDoor } from "./frontDoor";
import { FIRST_POLICY } from "./firstPolicy";
import { EngineRun, type KeysOpener } from "./engineRun";
import { Entrance } from "./entrance";
import { LiveState } from "./liveState";
import { LockClock } from "./lockClock";
import { OwnLock } from "./ownLock";
import { PhonePasskeyDeeds } from "./passkeyDeeds";
import { isWeak } from "./weakPasscode";
import type { Phone, Servers, SignedIn } from "./ports";
import { notSignedIn, weakPasscode, wrongPasscode } from "./refusals";
import { SettingUp } from "./settingUp";
import { tried } from "./tried";
import { AcceptedPolicy } from "./acceptedPolicy";
import type {
  About,
  Door,
  LanguageCode,
  PolicyChange,
  Preferences,
  Session,
  SessionState,
} from "../session";

/** The session on a real phone: sign-in, vault, engine and lock, joined. */
export class PhoneSession implements Session {
  readonly #phone: Phone;
  readonly #servers: Servers;
  readonly #vault: Vault;
  readonly #settingUp: SettingUp;
  readonly #engine: EngineRun;
  readonly #clock: LockClock;
  readonly live = new LiveState();
  readonly drafts: DraftBox;
  readonly #ownLock = new OwnLock();
  readonly #policy = new AcceptedPolicy();
  readonly #state = signal<SessionState>({ at: "starting" });
  readonly state: ReadonlySignal<SessionState> = this.#state;
  readonly ownLockSeconds: ReadonlySignal<number | null> = this.#ownLock.seconds;
  readonly policyChange: ReadonlySignal<PolicyChange | null> = this.#policy.change;
  readonly #aboutBox: AboutBox;
  readonly #door: FrontDoor;
  readonly shared = signal(false);
  readonly covered = signal(false);
  readonly updateReady = signal(false);
  readonly justSetUp = signal(false);
  readonly #language: Signal<LanguageCode>;
  readonly preferences: Preferences;
  readonly entrance: Entrance;
  readonly passkeys: PhonePasskeyDeeds;
  #open: OpenVault | null = null;
  /** The lock goes on behind the lock screen; an unlock waits for it. */
  #closing: Promise<void> = Promise.resolve();

  constructor(phone: Phone, servers: Servers) {
    this.#phone = phone;
    this.#servers = servers;
    const { shelf, hash, passkeys } = phone;
    const server = servers.handset;
    this.#vault = new Vault({ shelf, server, hash, passkeys, now: () => phone.now() });
    this.#door = new FrontDoor(phone, this.#vault);
    this.#settingUp = new SettingUp(phone, servers, this.#vault);
    this.#engine = new EngineRun(phone, this.live, (event) => this.#heard(event));
    this.#aboutBox = new AboutBox({
      shelf,
      ask: () => servers.signIn.about(),
      later: (ms, work) => void phone.later(ms, work),
    });
    this.entrance = new Entrance(phone, servers.signIn, this.#state);
    this.#clock = new LockClock(phone, () => void this.lock());
    this.drafts = new DraftBox((ms, work) => phone.later(ms, work));
    this.#language = signal(phone.preferredLanguage);
    this.preferences = {
      language: this.#language,
      setLanguage: (language) => {
        this.#language.value = language;
        void phone.shelf.write("language", language);
      },
    };
    this.passkeys = new PhonePasskeyDeeds({
      passkeys,
      vault: this.#vault,
      ask: (name, asked) => this.ask(name, asked),
      token: () => this.#token(),
      opens: (passkey) => this.#opensBy(passkey),
      changed: () => this.#door.look(),
    });
  }

  get about(): ReadonlySignal<About | null> {
    return this.#aboutBox.about;
  }

  get door(): ReadonlySignal<Door> {
    return this.#door.seen;
  }

  get locksAt(): ReadonlySignal<number | null> {
    return this.#clock.locksAt;
  }

  async start(): Promise<void> {
    this.#phone.watch({
      hidden: (hidden) => this.#hidden(hidden),
      used: () => this.#clock.used(),
      network: (online) => this.#engine.network(online),
      frozen: () => void this.lock(),
    });
    void this.#aboutBox.ask();
    const language = await this.#phone.shelf.read("language");
    if (language === "en" || language === "cy") this.#language.value = language;
    if (this.entrance.elsewhere) return this.entrance.start();
    const alone = await this.#phone.claim(() => void this.#begin());
    if (alone) await this.#begin();
    else this.#state.value = { at: "open_elsewhere" };
  }

  async acceptPolicy(): Promise<Problem | null> {
    return tried(() => this.#policy.acceptChange((asked) => this.ask("acceptPolicy", asked)));
  }

  settledIn(): void {
    this.justSetUp.value = false;
  }

  startAgain(): void {
    this.entrance.startAgain();
  }

  async choosePasscode(passcode: string, phoneName: string): Promise<Problem | null> {
    const { arrived } = this.entrance;
    if (!arrived) return notSignedIn;
    if (isWeak(passcode, arrived.policy.passcodeMinLength)) return weakPasscode;
    return tried(async () => {
      await this.#eraseData();
      // What the lock screen needs is as it was: a language, and that this is a demonstration.
      await this.#phone.shelf.write("language", this.#language.value);
      await this.#aboutBox.keep();
      const { vault, vaultKey, opened } = await this.#settingUp.ownPhone(
        arrived,
        passcode,
        phoneName,
      );
      this.entrance.forget();
      await this.#door.look();
      await this.#enter(vault, opened);
      if (opened) {
        vaultKey.fill(0);
        await this.#keepOffline(opened).catch(() => {});
      } else {
        await this.passkeys.offer(vaultKey);
      }
      this.justSetUp.value = true;
    });
  }

  async shareDevice(deviceName: string): Promise<Problem | null> {
    const { arrived } = this.entrance;
    if (!arrived) return notSignedIn;
    return tried(async () => {
      await this.#eraseData();
      const { vault, keys } = await this.#settingUp.sharedDevice(arrived, deviceName);
      this.entrance.forget();
      this.shared.value = true;
      await this.#enter(vault, keys);
    });
  }

  async unlock(passcode: string): Promise<Problem | null> {
    return this.#unlock(() => this.#vault.open(passcode), "passcode");
  }

  async unlockByPasskey(): Promise<Problem | null> {
    return this.#unlock(() => this.#vault.openByPasskey(), "passkey");
  }

  async changePasscode(current: string | null, next: string): Promise<Problem | null> {
    const policy = this.live.policy.value ?? FIRST_POLICY;
    if (!this.#open) return { code: "signed_out", sentence: "Unlock first." };
    if (isWeak(next, policy.passcodeMinLength)) return weakPasscode;
    let problem: Problem | null = null;
    const failed = await tried(async () => {
      const opener = current === null ? "passkey" : { passcode: current };
      const outcome = await this.#vault.changePasscode(await this.#token(), opener, next);
      if (outcome.outcome === "changed") return this.#door.look();
      if (outcome.outcome === "destroyed") await this.#destroyed("passcode");
      problem = wrongPasscode(outcome);
    });
    return failed ?? problem;
  }

  lockAfter(seconds: number | null): void {
    void this.#ownLock.choose(seconds);
    const policy = this.live.policy.value;
    if (policy) this.#clock.change(this.#ownLock.applied(policy, this.shared.value));
  }

  async lock(): Promise<void> {
    if (this.#state.value.at !== "open") return;
    if (this.shared.value) return this.wipe();
    this.#clock.stop();
    // First what can be seen, then what it was made of.
    this.#state.value = { at: "locked", attemptsLeft: null, retryTs: null };
    this.live.empty();
    this.passkeys.forget();
    this.settledIn();
    this.#closing = this.#close();
    await this.#closing;
  }

  stayOpen(): void {
    this.#clock.used();
  }

  async wipe(): Promise<void> {
    const open = this.#open;
    const shared = this.shared.value;
    this.#clock.stop();
    if (shared) {
      // The next person must see nothing, whatever takes how long behind it.
      this.#state.value = { at: "starting" };
      this.live.empty();
    }
    const session = await open?.records.read<SignedIn>("session").catch(() => undefined);
    // Before the server is told: to the engine, being signed out is a reason to set up again.
    await this.#engine.stop();
    if (open && session) {
      const { accessToken } = session;
      const { signIn } = this.#servers;
      // The server destroys the share; without a network this phone's own data still goes.
      const removed = signIn.removeHandset(accessToken, open.handsetId);
      await removed.catch(() => signIn.logout(accessToken)).catch(() => {});
    }
    await this.#eraseData();
    await this.#phone.eraseApp();
    this.startAgain();
    if (shared) this.#phone.startOver();
  }

  restartEngine(): void {
    this.#engine.again(this.shared.value);
  }

  restartToUpdate(): void {
    void this.lock().then(() => this.#phone.takeUpdate());
  }

  ask<N extends CallName>(name: N, asked: Asked<N>): Promise<Answer<N>> {
    const answer = this.#engine.ask(name, asked);
    answer.catch((error: unknown) => this.#policy.refused(error, this.live.policy.value));
    return answer;
  }

  async #begin(): Promise<void> {
    const exists = await this.#vault.exists();
    if (!exists) {
      this.#state.value = { at: "signed_out" };
      return this.entrance.begin();
    }
    await this.#door.look();
    this.#state.value = { at: "locked", attemptsLeft: null, retryTs: null };
  }

  async #unlock(open: () => Promise<Opening>, by: "passcode" | "passkey"): Promise<Problem | null> {
    this.#state.value = { at: "unlocking" };
    try {
      await this.#closing;
      const opening = await open();
      if (opening.outcome !== "opened") return await this.#notOpened(opening, by);
      this.#open = opening.vault;
      await this.#enter(opening.vault, opening.passkey);
      if (opening.passkey) await this.#keepOffline(opening.passkey).catch(() => {});
      return null;
    } catch (error) {
      this.#state.value = { at: "locked", attemptsLeft: null, retryTs: null };
      return problemFrom(error);
    }
  }

  async #notOpened(opening: NotOpened, by: "passcode" | "passkey"): Promise<Problem> {
    const problem = wrongPasscode(opening);
    if (opening.outcome === "destroyed" && (await this.#destroyed(by, opening.ended))) {
      return problem;
    }
    const { attemptsLeft = null, retryAfterMs = 0 } = problem;
    const retryTs = retryAfterMs > 0 ? this.#phone.now() + retryAfterMs : null;
    this.#state.value = { at: "locked", attemptsLeft, retryTs };
    return problem;
  }

  /** Ten wrong passcodes end the passcode, and a passkey still opens; else all is over here. */
  async #destroyed(by: "passcode" | "passkey", ended = false): Promise<boolean> {
    if (!ended && by === "passcode" && (await this.#vault.hasPasskey())) {
      await this.#door.look(true);
      return false;
    }
    await this.#setUpAgain(!ended && by === "passcode" ? "wrong_passcodes" : "wiped");
    return true;
  }

  /** Made while the app is open. */
  async #opensBy(passkey: OpenedByPasskey): Promise<void> {
    await this.#door.look();
    await this.#keepOffline(passkey).catch(() => {});
    const { passkeyId, keysKey: key } = passkey;
    void this.ask("givePasskey", { passkeyId, key }).catch(() => {});
  }

  async #keepOffline(passkey: OpenedByPasskey): Promise<void> {
    const hours = (this.live.policy.value ?? FIRST_POLICY).offlineHours;
    await this.#vault.keepOffline(await this.#token(), passkey, hours);
    const untilTs = await this.#vault.offline.untilTs();
    if (untilTs !== null) {
      this.#phone.later(untilTs - this.#phone.now(), () => void this.#vault.offline.untilTs());
    }
  }

  async #token(): Promise<string> {
    const session = await this.#open?.records.read<SignedIn>("session");
    return session?.accessToken ?? "";
  }

  async #enter(vault: OpenVault, passkey: KeysOpener | null): Promise<void> {
    this.#open = vault;
    await this.drafts.open(vault.records);
    await this.#ownLock.open(vault.records);
    // What an older app kept says less.
    const policy = { ...FIRST_POLICY, ...(await vault.records.read<Policy>("policy")) };
    const rooms = await vault.records.read<RoomSummary[]>("rooms");
    this.live.policy.value = policy;
    await this.#policy.open(vault.records, policy);
    if (rooms) this.live.paint(rooms);
    const started = this.#engine.start(vault, passkey, this.shared.value);
    this.#state.value = { at: "open" };
    this.#clock.start(this.#ownLock.applied(policy, this.shared.value));
    // Not earlier: the lock screen is small, and what is kept is not.
    if (!this.shared.value) this.#phone.keepApp(() => (this.updateReady.value = true));
    await started;
  }

  #heard(event: EngineEvent): void {
    if (event.kind === "signedOut") return void this.#setUpAgain("signed_out");
    // Somebody found this phone before its owner did, perhaps.
    if (event.kind === "reportedLost") return void this.lock();
    if (event.kind === "policy") {
      this.#clock.change(this.#ownLock.applied(event.policy, this.shared.value));
      this.#policy.heard(event.policy);
      void this.#open?.records.write("policy", event.policy);
    }
    if (event.kind === "outbox" && !this.shared.value)
      this.#door.countUnsent(event.waiting + event.failed);
    this.live.hear(event);
  }

  #hidden(hidden: boolean): void {
    this.covered.value = hidden;
    this.#clock.hidden(hidden);
  }

  async #close(): Promise<void> {
    this.#open = null;
    this.#ownLock.close();
    this.#policy.close();
    await Promise.allSettled([this.drafts.close(), this.#engine.stop()]);
  }

  /** What lies here can never be read again, or must not be: it goes now. */
  async #setUpAgain(why: "wrong_passcodes" | "wiped" | "signed_out"): Promise<void> {
    this.#clock.stop();
    this.live.empty();
    this.#state.value = { at: "set_up_again", why };
    this.#engine.kill();
    const lastWord = await this.#door.lastWord();
    await this.#eraseData();
    await lastWord().catch(() => {});
  }

  async #eraseData(): Promise<void> {
    this.#clock.stop();
    this.live.empty();
    this.#open = null;
    this.#ownLock.close();
    this.#policy.close();
    this.passkeys.forget();
    this.#door.forget();
    this.drafts.forget();
    await this.#phone.shelf.close();
    await this.#phone.eraseData();
  }
}

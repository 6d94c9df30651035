import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { problemFrom } from "../../engine/api";
import { EngineLink } from "../../engine/link";
import type { Answer, Asked, CallName, EngineEvent, Policy, Problem } from "../../engine/protocol";
import { Refusal, type RoomSummary } from "../../engine/words";
import { Vault, type Opening, type OpenVault } from "../../vault/vault";
import { AccountPage } from "./accountPage";
import { AppsSignIn } from "./appsSignIn";
import { DraftBox } from "./draftBox";
import { LiveState } from "./liveState";
import { LockClock } from "./lockClock";
import { isWeak } from "./weakPasscode";
import type { Phone, Servers, SignedIn } from "./ports";
import { asTooManyPhones, weakPasscode, wrongPasscode } from "./refusals";
import type {
  About,
  AccountDeed,
  Drafts,
  HandOff,
  LanguageCode,
  Live,
  Preferences,
  Session,
  SessionState,
} from "../session";
import { SignIn } from "./signInSteps";

const ABOUT_AGAIN_AFTER_MS = 5_000;
/** Until the policy has been read once; the strict side of what a policy may say. */
const FIRST_POLICY: Policy = {
  version: "",
  lockSeconds: 60,
  hiddenLockSeconds: 30,
  passcodeMinLength: 6,
  decisionGraceSeconds: 86_400,
};

/** The session on a real phone: sign-in, vault, engine and lock, joined. */
export class PhoneSession implements Session {
  readonly #phone: Phone;
  readonly #servers: Servers;
  readonly #vault: Vault;
  readonly #signIn: SignIn;
  readonly #clock: LockClock;
  readonly #live = new LiveState();
  readonly #drafts: DraftBox;
  readonly #state = signal<SessionState>({ at: "starting" });
  readonly #about = signal<About | null>(null);
  readonly #covered = signal(false);
  readonly #updateReady = signal(false);
  readonly #appsSignIn: AppsSignIn;
  readonly #accountPage: AccountPage;
  readonly #language: Signal<LanguageCode>;
  readonly preferences: Preferences;
  #signedIn: (SignedIn & { policy: Policy }) | null = null;
  #open: OpenVault | null = null;
  #link: EngineLink | null = null;
  /** Screens are painted before the engine is up, and what they ask waits for it. */
  #starting: Promise<void> = Promise.resolve();
  /** The lock goes on behind the lock screen; an unlock waits for it. */
  #closing: Promise<void> = Promise.resolve();

  constructor(phone: Phone, servers: Servers) {
    this.#phone = phone;
    this.#servers = servers;
    this.#vault = new Vault(phone.shelf, servers.handset, phone.hash);
    this.#signIn = new SignIn(servers.signIn);
    this.#accountPage = new AccountPage(phone, servers.signIn, this.#state);
    this.#appsSignIn = new AppsSignIn(phone, servers.signIn, this.#state);
    this.#clock = new LockClock(phone, () => void this.lock());
    this.#drafts = new DraftBox((ms, work) => phone.later(ms, work));
    this.#language = signal(phone.preferredLanguage);
    this.preferences = {
      language: this.#language,
      setLanguage: (language) => {
        this.#language.value = language;
        void phone.shelf.write("language", language);
      },
    };
  }

  get state(): ReadonlySignal<SessionState> {
    return this.#state;
  }

  get about(): ReadonlySignal<About | null> {
    return this.#about;
  }

  get live(): Live {
    return this.#live;
  }

  get drafts(): Drafts {
    return this.#drafts;
  }

  get locksAt(): ReadonlySignal<number | null> {
    return this.#clock.locksAt;
  }

  get covered(): ReadonlySignal<boolean> {
    return this.#covered;
  }

  get updateReady(): ReadonlySignal<boolean> {
    return this.#updateReady;
  }

  get handOff(): ReadonlySignal<HandOff | null> {
    return this.#appsSignIn.handOff;
  }

  async start(): Promise<void> {
    this.#phone.watch({
      hidden: (hidden) => this.#hidden(hidden),
      used: () => this.#clock.used(),
      network: (online) => this.#link?.network(online),
      frozen: () => void this.lock(),
    });
    void this.#askAbout();
    const language = await this.#phone.shelf.read("language");
    if (language === "en" || language === "cy") this.#language.value = language;
    if (this.#appsSignIn.asks) return this.#appsSignIn.start();
    if (this.#phone.accountAsk) return void (this.#state.value = { at: "signed_out" });
    const alone = await this.#phone.claim(() => void this.#begin());
    if (alone) await this.#begin();
    else this.#state.value = { at: "open_elsewhere" };
  }

  async signIn(user: string, password: string): Promise<Problem | null> {
    return this.#tried(async () => {
      await this.#signIn.password(user, password);
      this.#state.value = { at: "second_step" };
    });
  }

  async secondStep(code: string): Promise<Problem | null> {
    return this.#tried(async () => {
      const { loginToken, recoveryCodesLeft } = await this.#signIn.secondStep(code);
      if (this.#appsSignIn.asks) {
        this.#appsSignIn.proven(loginToken);
        return this.#signIn.forget();
      }
      if (this.#accountPage.asked) return this.#accountPage.proven(loginToken);
      const signedIn = await this.#signIn.login(loginToken, `Lanyard, ${this.#phone.platform}`);
      const policy = await this.#servers.signIn.policy(signedIn.accessToken);
      this.#signedIn = { ...signedIn, policy };
      const minLength = policy.passcodeMinLength;
      this.#state.value = { at: "choose_passcode", minLength, recoveryCodesLeft };
    });
  }

  async typeLinkCode(code: string): Promise<Problem | null> {
    return this.#tried(() => this.#appsSignIn.typed(code));
  }

  async accountDeed(deed: AccountDeed): Promise<Problem | null> {
    return this.#tried(() => this.#accountPage.deed(deed));
  }

  async letIn(yes: boolean): Promise<Problem | null> {
    return this.#tried(() => this.#appsSignIn.answer(yes));
  }

  startAgain(): void {
    this.#signIn.forget();
    this.#signedIn = null;
    this.#state.value = { at: "signed_out" };
  }

  async choosePasscode(passcode: string, phoneName: string): Promise<Problem | null> {
    const signedIn = this.#signedIn;
    if (!signedIn) return { code: "signed_out", sentence: "Sign in first." };
    if (isWeak(passcode, signedIn.policy.passcodeMinLength)) return weakPasscode;
    return this.#tried(async () => {
      const { policy, ...session } = signedIn;
      await this.#eraseData();
      // What the lock screen needs is as it was: a language, and that this is a demonstration.
      await this.#phone.shelf.write("language", this.#language.value);
      if (this.#about.value) await this.#phone.shelf.write("about", this.#about.value);
      const label = { name: phoneName, platform: this.#phone.platform };
      const vault = await this.#vault
        .create(session.accessToken, policy.version, label, passcode)
        .catch(asTooManyPhones);
      await vault.records.write("session", session);
      await vault.records.write("policy", policy);
      this.#signedIn = null;
      await this.#enter(vault);
    });
  }

  async unlock(passcode: string): Promise<Problem | null> {
    this.#state.value = { at: "unlocking" };
    try {
      await this.#closing;
      const opening = await this.#vault.open(passcode);
      if (opening.outcome === "opened") {
        await this.#enter(opening.vault);
        return null;
      }
      return await this.#notOpened(opening);
    } catch (error) {
      this.#state.value = { at: "locked", attemptsLeft: null, retryTs: null };
      return problemFrom(error);
    }
  }

  async changePasscode(current: string, next: string): Promise<Problem | null> {
    const open = this.#open;
    const policy = this.#live.policy.value ?? FIRST_POLICY;
    if (!open) return { code: "signed_out", sentence: "Unlock first." };
    if (isWeak(next, policy.passcodeMinLength)) return weakPasscode;
    let problem: Problem | null = null;
    const failed = await this.#tried(async () => {
      const session = await open.records.read<SignedIn>("session");
      const token = session?.accessToken ?? "";
      const outcome = await this.#vault.changePasscode(token, current, next);
      if (outcome.outcome === "destroyed") await this.#setUpAgain("wrong_passcodes");
      else if (outcome.outcome !== "changed") problem = wrongPasscode(outcome);
    });
    return failed ?? problem;
  }

  async lock(): Promise<void> {
    if (this.#state.value.at !== "open") return;
    this.#clock.stop();
    // First what can be seen, then what it was made of.
    this.#state.value = { at: "locked", attemptsLeft: null, retryTs: null };
    this.#live.empty();
    this.#closing = this.#close();
    await this.#closing;
  }

  stayOpen(): void {
    this.#clock.used();
  }

  async wipe(): Promise<void> {
    const open = this.#open;
    const session = await open?.records.read<SignedIn>("session").catch(() => undefined);
    // Before the server is told: to the engine, being signed out is a reason to set up again.
    await this.#endEngine();
    if (open && session) {
      // The server destroys the share; without a network this phone's own data still goes.
      await this.#servers.signIn.removeHandset(session.accessToken, open.handsetId).catch(() => {});
    }
    await this.#eraseData();
    await this.#phone.eraseApp();
    this.startAgain();
  }

  restartEngine(): void {
    const open = this.#open;
    if (!open) return;
    this.#live.failure.value = null;
    this.#starting = this.#endEngine().then(() => this.#startEngine(open));
  }

  restartToUpdate(): void {
    void this.lock().then(() => this.#phone.takeUpdate());
  }

  async ask<N extends CallName>(name: N, asked: Asked<N>): Promise<Answer<N>> {
    if (name === "openRoom") this.#live.opening((asked as Asked<"openRoom">).roomId);
    if (name === "closeRoom") this.#live.timeline.value = null;
    await this.#starting;
    const link = this.#link;
    if (!link) throw new Refusal({ code: "unexpected", sentence: "The app is locked." });
    return link.ask(name, asked);
  }

  async #begin(): Promise<void> {
    const exists = await this.#vault.exists();
    this.#state.value = exists
      ? { at: "locked", attemptsLeft: null, retryTs: null }
      : { at: "signed_out" };
  }

  async #askAbout(): Promise<void> {
    try {
      this.#about.value = await this.#servers.signIn.about();
      await this.#phone.shelf.write("about", this.#about.value);
    } catch {
      // Without a network too, every screen of a demonstration says that it is one.
      this.#about.value ??= ((await this.#phone.shelf.read("about")) as About | undefined) ?? null;
      this.#phone.later(ABOUT_AGAIN_AFTER_MS, () => void this.#askAbout());
    }
  }

  async #notOpened(opening: Exclude<Opening, { outcome: "opened" }>): Promise<Problem> {
    if (opening.outcome === "destroyed") {
      await this.#setUpAgain("wrong_passcodes");
      return { code: "share_destroyed", sentence: "This phone must be set up again." };
    }
    const retryTs = opening.retryAfterMs > 0 ? this.#phone.now() + opening.retryAfterMs : null;
    const attemptsLeft = opening.outcome === "wrong" ? opening.attemptsLeft : null;
    this.#state.value = { at: "locked", attemptsLeft, retryTs };
    return wrongPasscode(opening);
  }

  async #enter(vault: OpenVault): Promise<void> {
    this.#open = vault;
    await this.#drafts.open(vault.records);
    const policy = (await vault.records.read<Policy>("policy")) ?? FIRST_POLICY;
    const rooms = await vault.records.read<RoomSummary[]>("rooms");
    this.#live.policy.value = policy;
    if (rooms) this.#live.paint(rooms);
    this.#starting = this.#startEngine(vault);
    this.#state.value = { at: "open" };
    this.#clock.start(policy);
    // Not earlier: the lock screen is small, and what is kept is not.
    this.#phone.keepApp(() => (this.#updateReady.value = true));
    await this.#starting;
  }

  async #startEngine(vault: OpenVault): Promise<void> {
    const session = await vault.records.read<SignedIn>("session");
    if (!session) throw new Error("The vault holds no session.");
    const storageKey = await vault.cryptoStoreKey();
    // Locked again while the key was derived.
    if (this.#open !== vault) return;
    const order = {
      kind: "start" as const,
      homeserver: this.#phone.homeserver,
      ...session,
      handsetId: vault.handsetId,
      recordsKey: vault.recordsKey,
      storageKey,
    };
    this.#link = new EngineLink(this.#phone.startEngine(), order, (event) => this.#heard(event));
    if (!this.#phone.online()) this.#link.network(false);
  }

  #heard(event: EngineEvent): void {
    if (event.kind === "signedOut") {
      void this.#setUpAgain("signed_out");
      return;
    }
    if (event.kind === "policy") {
      this.#clock.change(event.policy);
      void this.#open?.records.write("policy", event.policy);
    }
    this.#live.hear(event);
  }

  #hidden(hidden: boolean): void {
    this.#covered.value = hidden;
    this.#clock.hidden(hidden);
  }

  async #close(): Promise<void> {
    const link = this.#link;
    this.#link = null;
    this.#open = null;
    await Promise.allSettled([this.#drafts.close(), link?.stop()]);
  }

  async #endEngine(): Promise<void> {
    const link = this.#link;
    this.#link = null;
    await link?.stop();
  }

  /** What lies here can never be read again, or must not be: it goes now. */
  async #setUpAgain(why: "wrong_passcodes" | "signed_out"): Promise<void> {
    this.#clock.stop();
    this.#live.empty();
    this.#state.value = { at: "set_up_again", why };
    this.#link?.end();
    this.#link = null;
    await this.#eraseData();
  }

  async #eraseData(): Promise<void> {
    this.#clock.stop();
    this.#live.empty();
    this.#open = null;
    await this.#drafts.close().catch(() => {});
    await this.#phone.shelf.close();
    await this.#phone.eraseData();
  }

  async #tried(work: () => Promise<void>): Promise<Problem | null> {
    try {
      await work();
      return null;
    } catch (error) {
      return problemFrom(error);
    }
  }
}

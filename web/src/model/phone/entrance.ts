import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Policy, Problem } from "../../engine/words";
import type { AccountDeed, HandOff, LostDeeds, SessionState, SignInDeeds } from "../session";
import { AccountPage } from "./accountPage";
import { AppsSignIn } from "./appsSignIn";
import { LostPage } from "./lostPage";
import { FirstDay } from "./firstDay";
import type { Phone, Proven, SignedIn, SignInServer, SignInWays, UsedPasskey } from "./ports";
import { SignIn } from "./signInSteps";
import { tried } from "./tried";

/** Signed in and nothing sealed yet: what the set-up of this phone begins with. */
export interface Arrived {
  session: SignedIn;
  policy: Policy;
  used: UsedPasskey | null;
}

/** From nobody to somebody: for this app, for another one, or for a page of its own. */
export class Entrance implements SignInDeeds {
  readonly #phone: Phone;
  readonly #server: SignInServer;
  readonly #state: Signal<SessionState>;
  readonly #signIn: SignIn;
  readonly #appsSignIn: AppsSignIn;
  readonly #accountPage: AccountPage;
  readonly #lostPage: LostPage;
  readonly #ways = signal<SignInWays>({ organisation: null });
  readonly firstFactor: FirstDay;
  arrived: Arrived | null = null;

  constructor(phone: Phone, server: SignInServer, state: Signal<SessionState>) {
    this.#phone = phone;
    this.#server = server;
    this.#state = state;
    this.#signIn = new SignIn(server, phone.passkeys);
    this.#accountPage = new AccountPage(phone, server, state);
    this.#lostPage = new LostPage(phone, server, state);
    this.#appsSignIn = new AppsSignIn(phone, server, state);
    this.firstFactor = new FirstDay(this.#signIn, {
      elsewhere: () => this.elsewhere,
      say: (next) => (state.value = next),
      proven: (proven) => this.#proven(proven),
      signedIn: (proven) => this.#signedIn(proven),
    });
  }

  get handOff(): ReadonlySignal<HandOff | null> {
    return this.#appsSignIn.handOff;
  }

  readonly organisation = computed(() => this.#ways.value.organisation);

  get knowsPasskeys(): boolean {
    return this.#phone.passkeys.known();
  }

  /** A page of its own was opened, or another app's person: this phone's vault is not asked for. */
  get elsewhere(): boolean {
    return this.#appsSignIn.asks || this.#accountPage.asked || this.#lostPage.asked;
  }

  get lost(): LostDeeds | null {
    return this.#lostPage.asked ? this.#lostPage : null;
  }

  async start(): Promise<void> {
    if (this.#appsSignIn.asks) await this.#appsSignIn.start();
    else this.#state.value = { at: "signed_out" };
  }

  /** Nobody is signed in: what ways there are, and whether one was just gone to its end. */
  async begin(): Promise<void> {
    void this.#server.ways().then(
      (ways) => (this.#ways.value = ways),
      () => {},
    );
    const loginToken = this.#phone.takeLoginToken();
    if (loginToken === null) return;
    await tried(() => this.#proven({ loginToken, recoveryCodesLeft: null }));
  }

  async password(user: string, password: string): Promise<Problem | null> {
    return tried(async () => {
      const next = await this.#signIn.password(user, password);
      if (next === "enrol") this.#state.value = { at: "first_factor" };
      else this.#state.value = { at: "second_step", onlyPasskey: next === "passkey" };
    });
  }

  async secondStep(code: string): Promise<Problem | null> {
    return tried(async () => this.#proven(await this.#signIn.secondStep(code)));
  }

  async recoveryCode(user: string, code: string): Promise<Problem | null> {
    return tried(async () => this.#proven(await this.#signIn.recoveryCode(user, code)));
  }

  async passkey(): Promise<Problem | null> {
    return tried(async () => this.#proven(await this.#signIn.passkey()));
  }

  async passkeyAsSecondStep(): Promise<Problem | null> {
    return tried(async () => this.#proven(await this.#signIn.passkeyAsSecondStep()));
  }

  async offerPasskeys(until: AbortSignal): Promise<Problem | null> {
    if (!(await this.#phone.passkeys.offersByItself())) return null;
    const problem = await tried(async () => {
      const proven = await this.#signIn.passkey(until);
      if (!until.aborted) await this.#proven(proven);
    });
    // Offered, and not taken: nobody asked for it, so nobody is told.
    return until.aborted || problem?.code === "passkey_given_up" ? null : problem;
  }

  async typeLinkCode(code: string): Promise<Problem | null> {
    return tried(() => this.#appsSignIn.typed(code));
  }

  async accountDeed(deed: AccountDeed): Promise<Problem | null> {
    return tried(() => this.#accountPage.deed(deed));
  }

  async letIn(yes: boolean): Promise<Problem | null> {
    return tried(() => this.#appsSignIn.answer(yes));
  }

  startAgain(): void {
    this.#signIn.forget();
    this.forget();
    this.#state.value = { at: "signed_out" };
  }

  forget(): void {
    this.arrived?.used?.secrets.vault.fill(0);
    this.arrived?.used?.secrets.keys.fill(0);
    this.arrived = null;
  }

  async #proven({ loginToken, recoveryCodesLeft }: Proven): Promise<void> {
    if (this.#appsSignIn.asks) {
      this.#appsSignIn.proven(loginToken);
      return this.#signIn.forget();
    }
    if (this.#accountPage.asked) return this.#accountPage.proven(loginToken);
    if (this.#lostPage.asked) {
      this.#signIn.forget();
      return this.#lostPage.proven(loginToken);
    }
    this.#state.value = await this.#signedIn({ loginToken, recoveryCodesLeft });
  }

  async #signedIn({ loginToken, recoveryCodesLeft }: Proven): Promise<SessionState> {
    const used = this.#signIn.used;
    const session = await this.#signIn.login(loginToken, `Lanyard, ${this.#phone.platform}`);
    const policy = await this.#server.policy(session.accessToken);
    this.arrived = { session, policy, used };
    const { passcodeMinLength: minLength, sharedIdleSeconds } = policy;
    return { at: "choose_passcode", minLength, recoveryCodesLeft, sharedIdleSeconds };
  }
}

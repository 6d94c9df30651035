import { problemFrom } from "../../engine/api";
import type { Problem } from "../../engine/words";
import type { FirstFactorDeeds, NewCode, SessionState } from "../session";
import type { FirstProven, Proven } from "./ports";
import type { SignIn } from "./signInSteps";
import { tried } from "./tried";

interface World {
  /** Another app, or a page of its own, waits for this sign-in: its token is not ours to use up. */
  elsewhere(): boolean;
  say(state: SessionState): void;
  proven(proven: Proven): Promise<void>;
  /** Uses the token up at once: reading ten codes takes longer than a token lives. */
  signedIn(proven: Proven): Promise<SessionState>;
}

/** From an invitation to a person with two steps of their own. */
export class FirstDay implements FirstFactorDeeds {
  readonly #signIn: SignIn;
  readonly #world: World;
  #next: () => Promise<void> = () => Promise.resolve();

  constructor(signIn: SignIn, world: World) {
    this.#signIn = signIn;
    this.#world = world;
  }

  async passkey(name: string): Promise<Problem | null> {
    return tried(async () => this.#onPaper(await this.#signIn.firstPasskey(name)));
  }

  async newCode(): Promise<Problem | NewCode> {
    return this.#signIn.firstCode().catch(problemFrom);
  }

  async confirmCode(code: string, newPassword: string): Promise<Problem | null> {
    return tried(async () => this.#onPaper(await this.#signIn.confirmFirstCode(code, newPassword)));
  }

  async #onPaper({ proven, recoveryCodes }: FirstProven): Promise<void> {
    if (this.#world.elsewhere()) this.#next = () => this.#world.proven(proven);
    else {
      const next = await this.#world.signedIn({ ...proven, recoveryCodesLeft: null });
      this.#next = () => Promise.resolve(this.#world.say(next));
    }
    this.#world.say({ at: "recovery_codes", codes: recoveryCodes });
  }

  async goOn(): Promise<Problem | null> {
    return tried(() => this.#next());
  }
}

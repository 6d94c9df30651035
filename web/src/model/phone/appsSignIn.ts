import { signal, type Signal } from "@preact/signals";
import { problemFrom } from "../../engine/api";
import type { AskingApp, HandOff, SessionState } from "../session";
import type { Asker, Phone, SignInServer } from "./ports";

/**
 * Another app asks to be signed in: through OAuth, where its person passes both steps here and then
 * says whether it may come in, or at an address that gets the one-use token. Nothing is stored on
 * this phone.
 */
export class AppsSignIn {
  readonly #phone: Phone;
  readonly #server: SignInServer;
  readonly #state: Signal<SessionState>;
  readonly handOff = signal<HandOff | null>(null);
  #asker: Asker | null;
  #app: AskingApp | null = null;
  #loginToken = "";

  constructor(phone: Phone, server: SignInServer, state: Signal<SessionState>) {
    this.#phone = phone;
    this.#server = server;
    this.#state = state;
    this.#asker = phone.asker;
  }

  get asks(): boolean {
    return this.#asker !== null || this.#phone.redirectUrl !== null;
  }

  async start(): Promise<void> {
    this.#state.value = { at: "signed_out" };
    if (this.#asker?.by === "code" && this.#asker.code === "") {
      this.handOff.value = { is: "code_wanted", problem: null };
      return;
    }
    this.handOff.value = { is: "asking" };
    try {
      await this.#ask();
    } catch (error) {
      const problem = problemFrom(error);
      if (this.#asker?.by === "code") this.handOff.value = { is: "code_wanted", problem };
      else if (problem.code === "refused")
        this.handOff.value = { is: "refused", sentence: problem.sentence };
      else this.handOff.value = { is: "failed", problem };
    }
  }

  async typed(code: string): Promise<void> {
    this.#asker = { by: "code", code };
    await this.#ask();
  }

  async #ask(): Promise<void> {
    if (this.#asker === null) return this.#askTarget();
    const answer = await this.#server.askedBy(this.#asker);
    if ("redirectTo" in answer) {
      this.#phone.leaveTo(answer.redirectTo);
      return;
    }
    this.#app = answer.app;
    this.handOff.value = { is: "allowed", app: answer.app.software, says: answer.app };
  }

  async #askTarget(): Promise<void> {
    const { allowed, app } = await this.#server.target(this.#phone.redirectUrl ?? "");
    this.handOff.value = allowed ? { is: "allowed", app } : { is: "refused" };
  }

  /** Both steps were passed. */
  proven(loginToken: string): void {
    if (this.#asker === null) return this.#handOver(loginToken);
    if (this.#app === null) throw new Error("Nobody asked for this.");
    this.#loginToken = loginToken;
    this.#state.value = { at: "consent", app: this.#app };
  }

  #handOver(loginToken: string): void {
    const target = this.handOff.value;
    if (target?.is !== "allowed") throw new Error("This address was not allowed.");
    this.#state.value = { at: "handed_over", app: target.app };
    const url = new URL(this.#phone.redirectUrl ?? "");
    url.searchParams.set("loginToken", loginToken);
    this.#phone.leaveTo(url.href);
  }

  async answer(yes: boolean): Promise<void> {
    const asker = this.#asker;
    const app = this.#app;
    if (asker === null || app === null) return;
    const to = yes
      ? await this.#server.letIn(asker, this.#loginToken)
      : await this.#server.turnAway(asker);
    this.#loginToken = "";
    if (!yes) this.#state.value = { at: "turned_away", app: app.software };
    else this.#state.value = { at: "handed_over", app: app.software, elsewhere: to === null };
    if (to !== null) this.#phone.leaveTo(to);
  }
}

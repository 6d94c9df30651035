import type { Signal } from "@preact/signals";
import type { AccountDeed, SessionState } from "../session";
import type { Phone, SignInServer } from "./ports";

/** The page other apps send their person to for what apps may not do themselves. */
export class AccountPage {
  readonly #phone: Phone;
  readonly #server: SignInServer;
  readonly #state: Signal<SessionState>;
  #loginToken = "";

  constructor(phone: Phone, server: SignInServer, state: Signal<SessionState>) {
    this.#phone = phone;
    this.#server = server;
    this.#state = state;
  }

  get asked(): boolean {
    return this.#phone.accountAsk !== null;
  }

  async proven(loginToken: string): Promise<void> {
    this.#loginToken = loginToken;
    await this.#show("");
  }

  async deed(deed: AccountDeed): Promise<void> {
    this.#loginToken = await this.#server.accountDeed(this.#loginToken, deed);
    await this.#show(deed.is === "sign_out" ? "signed_out" : "reset_allowed");
  }

  async #show(done: "" | "signed_out" | "reset_allowed"): Promise<void> {
    const ask = this.#phone.accountAsk;
    if (ask === null) return;
    const { loginToken, account } = await this.#server.account(this.#loginToken);
    this.#loginToken = loginToken;
    this.#state.value = { at: "account", account, ask, done };
  }
}

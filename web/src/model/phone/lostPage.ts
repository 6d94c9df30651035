import type { Signal } from "@preact/signals";
import { path } from "../../engine/api";
import type { LostDeed, LostDeeds, SessionState } from "../session";
import type { Json } from "../../vault/ports";
import type { Phone, SignInServer } from "./ports";

/** The page for a phone that is not in its owner's hand: any browser, and no session is left in it. */
export class LostPage implements LostDeeds {
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
    return this.#phone.lostAsked;
  }

  proven(loginToken: string): void {
    this.#loginToken = loginToken;
    this.#state.value = { at: "lost" };
  }

  async ask(deed: LostDeed, handsetId: string): Promise<Json> {
    const place = deed === "list" ? "" : path`/${handsetId}/${deed}`;
    const answer = await this.#server.lost(place, this.#loginToken);
    this.#loginToken = String(answer["login_token"]);
    return answer;
  }
}

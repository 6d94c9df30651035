import { Refusal, type ProblemCode } from "../../engine/words";
import type { NewCode } from "../session";
import { secretsOf } from "./passkeySecrets";
import type {
  FirstProven,
  NextStep,
  PhonePasskeys,
  Proven,
  SignedIn,
  SignInServer,
  UsedPasskey,
} from "./ports";

/**
 * A sign-in: by passkey, which is both steps at once, or by password and then a second step. Holds the
 * half-finished one, in memory only.
 */
export class SignIn {
  readonly #server: SignInServer;
  readonly #passkeys: PhonePasskeys;
  #session: string | null = null;
  /** What the passkey said on the way: the set-up seals with it, so that nobody is asked twice. */
  used: UsedPasskey | null = null;

  constructor(server: SignInServer, passkeys: PhonePasskeys) {
    this.#server = server;
    this.#passkeys = passkeys;
  }

  async password(user: string, password: string): Promise<NextStep> {
    const { session, next } = await this.#server
      .password(user, password)
      .catch(refusedAs("wrong_sign_in"));
    this.#session = session;
    return next;
  }

  /** An invitation's: it opens this phone too, from the one gesture or, on some phones, a second. */
  async firstPasskey(name: string): Promise<FirstProven> {
    const session = this.#getSession();
    const options = await this.#server.firstPasskeyOptions(session).catch(refusedAs("too_late"));
    const salt = crypto.getRandomValues(new Uint8Array(32));
    const made = await this.#passkeys.create(options, salt);
    const proven = await this.#server.firstPasskey(session, name, made.credential);
    const secrets = await secretsOf(this.#passkeys, made, salt).catch(() => null);
    this.used = secrets && { credentialId: made.credentialId, salt, secrets };
    return proven;
  }

  async firstCode(): Promise<NewCode> {
    return this.#server.firstCode(this.#getSession()).catch(refusedAs("too_late"));
  }

  async confirmFirstCode(code: string, newPassword: string): Promise<FirstProven> {
    return this.#server
      .confirmFirstCode(this.#getSession(), code, newPassword)
      .catch(refusedAs("wrong_code"));
  }

  async secondStep(code: string): Promise<Proven> {
    return this.#server.secondStep(this.#getSession(), code).catch(refusedAs("wrong_code"));
  }

  async recoveryCode(user: string, code: string): Promise<Proven> {
    return this.#server.recoveryCode(user, code).catch(refusedAs("wrong_code"));
  }

  async passkey(waiting?: AbortSignal): Promise<Proven> {
    return this.#prove(null, waiting);
  }

  async passkeyAsSecondStep(): Promise<Proven> {
    return this.#prove(this.#getSession());
  }

  async login(loginToken: string, deviceName: string): Promise<SignedIn> {
    const signedIn = await this.#server.login(loginToken, deviceName);
    this.#session = this.used = null;
    return signedIn;
  }

  forget(): void {
    this.#session = null;
    this.used?.secrets.vault.fill(0);
    this.used?.secrets.keys.fill(0);
    this.used = null;
  }

  async #prove(second: string | null, waiting?: AbortSignal): Promise<Proven> {
    const { session, publicKey } = await this.#server.passkeyOptions(second);
    const salt = crypto.getRandomValues(new Uint8Array(32));
    const { credential, credentialId, secrets } = await this.#passkeys.get(
      publicKey,
      salt,
      waiting,
    );
    const proven = await this.#server
      .passkey(session, credential, second !== null)
      .catch(refusedAs("passkey_failed"));
    this.used = secrets && { credentialId, salt, secrets };
    return proven;
  }

  #getSession(): string {
    if (!this.#session) throw new Refusal({ code: "signed_out", sentence: "Sign in first." });
    return this.#session;
  }
}

function refusedAs(code: ProblemCode): (error: unknown) => never {
  return (error) => {
    if (error instanceof Refusal && error.problem.code === "refused") {
      throw new Refusal({ ...error.problem, code });
    }
    throw error;
  };
}

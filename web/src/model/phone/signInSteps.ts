import { Refusal, type ProblemCode } from "../../engine/words";
import type { SignedIn, SignInServer } from "./ports";

/** The two steps of a sign-in. Holds the half-finished one, in memory only. */
export class SignIn {
  readonly #server: SignInServer;
  #session: string | null = null;

  constructor(server: SignInServer) {
    this.#server = server;
  }

  async password(user: string, password: string): Promise<void> {
    const { session } = await this.#server
      .password(user, password)
      .catch(refusedAs("wrong_sign_in"));
    this.#session = session;
  }

  async secondStep(
    code: string,
  ): Promise<{ loginToken: string; recoveryCodesLeft: number | null }> {
    if (!this.#session) throw new Refusal({ code: "signed_out", sentence: "Sign in first." });
    return this.#server.secondStep(this.#session, code).catch(refusedAs("wrong_code"));
  }

  async login(loginToken: string, deviceName: string): Promise<SignedIn> {
    const signedIn = await this.#server.login(loginToken, deviceName);
    this.forget();
    return signedIn;
  }

  forget(): void {
    this.#session = null;
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

import type { MatrixClient } from "matrix-js-sdk";
import {
  CryptoEvent,
  VerificationPhase,
  VerificationRequestEvent,
  VerifierEvent,
  type ShowSasCallbacks,
  type VerificationRequest,
  type Verifier,
} from "matrix-js-sdk/lib/crypto-api";
import type { OwnDevices } from "./ownDevices";
import { Refusal, type VerificationStep } from "./words";

/** The app that asks starts, as a rule; where it waits for us, we do. */
const START_AFTER_MS = 2_000;

/**
 * Another app of the person's own asks this phone to vouch for it, or this phone asks another: both show
 * the same emoji, and the person says so. The keys then go from the one that has them to the other.
 *
 * What could go wrong: somebody who stole the sign-in asks too. What prevents it: only the person's own
 * devices are answered, one at a time, after a question that says what it means, and a comparison that
 * the other side cannot fake. That a request is done is the other side's word, and it may say so before
 * anything was compared: what counts is the comparison, which ends well only when the person said the same.
 */
export class Verification {
  readonly #own: Pick<OwnDevices, "give" | "receive">;
  readonly #say: (step: VerificationStep | null) => void;
  #asks = false;
  /** A request that is done no longer says with whom it was. */
  #other = "";
  #request: VerificationRequest | null = null;
  /** Where both sides start at once one gives way to the other: only what is followed now counts. */
  #verifier: Verifier | null = null;
  #sas: ShowSasCallbacks | null = null;
  /** The comparison ended well; the other side may not be through with it yet. */
  #same = false;
  /** The keys are on their way, and somebody still looks. */
  #looks: object | null = null;

  constructor(
    client: MatrixClient,
    own: Pick<OwnDevices, "give" | "receive">,
    say: (step: VerificationStep | null) => void,
  ) {
    this.#own = own;
    this.#say = say;
    client.on(CryptoEvent.VerificationRequestReceived, (request) => this.#asked(client, request));
  }

  /** This phone has no keys yet: the person's other devices are asked for theirs. */
  async ask(client: MatrixClient): Promise<void> {
    if (this.#request) await this.#request.cancel().catch(() => {});
    const request = await client.getCrypto()?.requestOwnUserVerification();
    if (!request) throw nobodyAsks();
    this.#begin(request, true);
    this.#say({ is: "waiting" });
  }

  async answer(accept: boolean): Promise<void> {
    const request = this.#request;
    if (!request) throw nobodyAsks();
    if (!accept) {
      this.#forget(null);
      return request.cancel();
    }
    this.#say({ is: "waiting" });
    await request.accept();
    setTimeout(() => this.#start(request), START_AFTER_MS);
  }

  async compared(same: boolean): Promise<void> {
    if (!this.#sas) throw nobodyAsks();
    if (!same) return this.#sas.mismatch();
    this.#say({ is: "waiting" });
    await this.#sas.confirm();
  }

  /** The last word was read, or nobody waits any more. */
  close(): void {
    const request = this.#request;
    this.#looks = null;
    if (!request) return this.#say(null);
    this.#forget(null);
    void request.cancel().catch(() => {});
  }

  #asked(client: MatrixClient, request: VerificationRequest): void {
    if (this.#request || !request.isSelfVerification || !request.pending) return;
    this.#begin(request, false);
    void this.#introduce(client, request);
  }

  #begin(request: VerificationRequest, asks: boolean): void {
    this.#request = request;
    this.#asks = asks;
    this.#other = request.otherDeviceId ?? "";
    this.#verifier = this.#sas = null;
    this.#same = false;
    this.#looks = null;
    request.on(VerificationRequestEvent.Change, () => this.#changed(request));
  }

  async #introduce(client: MatrixClient, request: VerificationRequest): Promise<void> {
    const id = request.otherDeviceId ?? "";
    const known = await client.getDevice(id).catch(() => null);
    if (this.#request === request) this.#say({ is: "asked", device: known?.display_name ?? id });
  }

  #changed(request: VerificationRequest): void {
    if (this.#request !== request) return;
    this.#other = request.otherDeviceId ?? this.#other;
    if (request.phase === VerificationPhase.Started) this.#follow(request, request.verifier);
    else if (request.phase === VerificationPhase.Ready && this.#asks) this.#start(request);
    else if (request.phase === VerificationPhase.Done) void this.#vouched(request);
    else if (request.phase === VerificationPhase.Cancelled) this.#failed(request);
  }

  #start(request: VerificationRequest): void {
    if (this.#request !== request || request.phase !== VerificationPhase.Ready) return;
    request.startVerification("m.sas.v1").then(
      (verifier) => this.#follow(request, request.verifier ?? verifier),
      () => {
        if (this.#verifier === null) this.#failed(request);
      },
    );
  }

  #follow(request: VerificationRequest, verifier: Verifier | undefined): void {
    if (this.#request !== request || !verifier || verifier === this.#verifier) return;
    this.#verifier = verifier;
    this.#sas = null;
    const counts = () => this.#verifier === verifier;
    verifier.on(VerifierEvent.ShowSas, (sas) => {
      if (!counts()) return;
      this.#sas = sas;
      const { emoji, decimal } = sas.sas;
      this.#say({ is: "compare", emoji: emoji ?? [], numbers: decimal ?? [] });
    });
    verifier.verify().then(
      () => {
        if (!counts()) return;
        this.#same = true;
        void this.#vouched(request);
      },
      () => {
        if (counts()) this.#failed(request);
      },
    );
  }

  /** Both sides said that it is the same, proved whose keys they are, and are through with it. */
  async #vouched(request: VerificationRequest): Promise<void> {
    if (request !== this.#request || !this.#same) return;
    if (request.phase !== VerificationPhase.Done) return;
    this.#request = this.#verifier = this.#sas = null;
    const looks = (this.#looks = {});
    const came = await this.#keysGo(this.#other);
    // Closed meanwhile, or about the next comparison: it does not come back.
    if (this.#looks === looks) this.#say({ is: came ? "done" : "failed" });
  }

  async #keysGo(other: string): Promise<boolean> {
    if (this.#asks) return this.#own.receive(other).catch(() => false);
    // Without a network nothing is lost: who lacks the keys asks again.
    await this.#own.give(other).catch(() => {});
    return true;
  }

  #failed(request: VerificationRequest): void {
    if (this.#request === request) this.#forget({ is: "failed" });
  }

  #forget(last: VerificationStep | null): void {
    this.#request = this.#verifier = this.#sas = null;
    this.#say(last);
  }
}

function nobodyAsks(): Refusal {
  return new Refusal({ code: "refused", sentence: "Nobody asks for this any more." });
}

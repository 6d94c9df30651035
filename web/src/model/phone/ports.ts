/** What the session needs of the world; `platform` has the real ones, the tests their own. */
import type { EnginePort } from "../../engine/link";
import type { Policy } from "../../engine/protocol";
import type {
  HandsetServer,
  Json,
  PasscodeHash,
  PasskeyAnswer,
  Passkeys,
  PasskeySecrets,
  Shelf,
} from "../../vault/ports";
import type {
  About,
  Account,
  AccountAsk,
  AccountDeed,
  AskingApp,
  LanguageCode,
  NewCode,
} from "../session";

export interface SignedIn {
  accessToken: string;
  userId: string;
  deviceId: string;
}

export interface Proven {
  loginToken: string;
  recoveryCodesLeft: number | null;
}

/** With the codes for paper, to be shown once. */
export interface FirstProven {
  proven: Proven;
  recoveryCodes: string[];
}

/** After the password: a code or a passkey, a passkey alone, or an invitation's first factor. */
export type NextStep = "totp" | "passkey" | "enrol";

export interface NewCredential extends PasskeyAnswer {
  /** It knows PRF, even where it said nothing yet. */
  saysMore: boolean;
}

/** The browser's passkeys. */
export interface PhonePasskeys extends Passkeys {
  /** Whether the browser knows of passkeys, wherever they are. */
  known(): boolean;
  /** Whether this phone itself can hold one and checks who uses it. */
  onThisPhone(): Promise<boolean>;
  /** Whether the browser offers passkeys in a field by itself. */
  offersByItself(): Promise<boolean>;
  create(publicKey: Json, salt: Uint8Array<ArrayBuffer>): Promise<NewCredential>;
  /** `waiting`: offered in a field until it is aborted, instead of asked for at once. */
  get(
    publicKey: Json,
    salt: Uint8Array<ArrayBuffer>,
    waiting?: AbortSignal,
  ): Promise<PasskeyAnswer>;
}

/** The passkey that a sign-in was done with, for as long as the set-up takes. */
export interface UsedPasskey {
  credentialId: string;
  salt: Uint8Array<ArrayBuffer>;
  secrets: PasskeySecrets;
}

/** Who is this (docs/api.md, Sign-in). Refusals are thrown. */
export interface SignInServer {
  about(): Promise<About>;
  password(user: string, password: string): Promise<{ session: string; next: NextStep }>;
  secondStep(session: string, code: string): Promise<Proven>;
  /** With the session of an invitation. */
  firstPasskeyOptions(session: string): Promise<Json>;
  firstPasskey(session: string, name: string, credential: Json): Promise<FirstProven>;
  firstCode(session: string): Promise<NewCode>;
  confirmFirstCode(session: string, code: string, newPassword: string): Promise<FirstProven>;
  /** A code from paper, for who has no password and has lost the passkey. */
  recoveryCode(user: string, code: string): Promise<Proven>;
  /** Without a session: as the only step. With one: as the second. */
  passkeyOptions(session: string | null): Promise<{ session: string; publicKey: Json }>;
  passkey(session: string, credential: Json, second: boolean): Promise<Proven>;
  /** The id of the passkey that was used last. */
  passkeyUsed(accessToken: string): Promise<string>;
  ways(): Promise<SignInWays>;
  login(loginToken: string, deviceName: string): Promise<SignedIn>;
  policy(accessToken: string): Promise<Policy>;
  /** May a sign-in end at this address, and whose is it? */
  target(redirectUrl: string): Promise<{ allowed: boolean; app: string }>;
  /** What the register says of the app that asks. An app whose request is wrong is told so at its own address. */
  askedBy(asker: Asker): Promise<{ app: AskingApp } | { redirectTo: string }>;
  /** Lets the app in, or not. Where to go now; null when the other device has been told. */
  letIn(asker: Asker, loginToken: string): Promise<string | null>;
  turnAway(asker: Asker): Promise<string | null>;
  /** Each uses the token up and answers with the next. */
  account(loginToken: string): Promise<{ loginToken: string; account: Account }>;
  accountDeed(loginToken: string, deed: AccountDeed): Promise<string>;
  /** The lost-phone page's call under this path; the answer has the next token. */
  lost(path: string, loginToken: string): Promise<Json>;
  logout(accessToken: string): Promise<void>;
  removeHandset(accessToken: string, handsetId: string): Promise<void>;
}

/** Another app that asks to be signed in through OAuth: by its request, or by the code that it shows. */
export type Asker =
  | { readonly by: "request"; readonly request: string }
  | { readonly by: "code"; readonly code: string };

export interface Presence {
  hidden(hidden: boolean): void;
  used(): void;
  network(online: boolean): void;
  /** The system is about to stop the page: there may be no later. */
  frozen(): void;
}

/** The organisation's own sign-in, where it has one. */
export interface SignInWays {
  organisation: { name: string; start: string } | null;
}

/** The phone the app runs on. */
export interface Phone {
  readonly homeserver: string;
  readonly platform: string;
  /** Of another app's sign-in, from the page's address. */
  readonly redirectUrl: string | null;
  /** An app that asks through OAuth; the code is empty while nobody has typed it. */
  readonly asker: Asker | null;
  /** Of a sign-in elsewhere that ended here; it is taken out of the address. */
  takeLoginToken(): string | null;
  /** The account page, when it is that which was opened. */
  readonly accountAsk: AccountAsk | null;
  /** Whether the lost-phone page was opened. */
  readonly lostAsked: boolean;
  readonly preferredLanguage: LanguageCode;
  readonly shelf: Shelf & { close(): Promise<void> };
  readonly hash: PasscodeHash;
  readonly passkeys: PhonePasskeys;
  watch(presence: Presence): void;
  online(): boolean;
  /** Answers at once whether this is the only tab; `alone` is called when it has become so. */
  claim(alone: () => void): Promise<boolean>;
  startEngine(): EnginePort;
  /** Erases every database of this origin. */
  eraseData(): Promise<void>;
  /** The kept pages and scripts too, for a wipe. */
  eraseApp(): Promise<void>;
  /** Keeps the app's files, so that it starts without a network; `ready`: a newer one waits. */
  keepApp(ready: () => void): void;
  /** Starts the newer app that waits. */
  takeUpdate(): void;
  /** The page as new: nothing of the person before is left in it. */
  startOver(): void;
  /** To the app that asked for a sign-in. */
  leaveTo(url: string): void;
  now(): number;
  later(ms: number, work: () => void): () => void;
}

export interface Servers {
  signIn: SignInServer;
  handset: HandsetServer;
}

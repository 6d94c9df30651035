/**
 * Who is using this phone, and may they: the states the screens follow.
 *
 * Screens read signals and call the actions; they never see a token, a key or the Worker. An action
 * answers null when it was done, or the problem that stopped it.
 */
import type { ReadonlySignal } from "@preact/signals";
import type {
  Answer,
  Asked,
  CallName,
  ConnectionStatus,
  KeysState,
  Person,
  Policy,
  Problem,
  RoomSummary,
  TimelineItem,
  Urgent,
  VerificationStep,
} from "../engine/protocol";

export interface About {
  version: string;
  demonstration: boolean;
  organizationName: string;
  odsCode: string;
  serverName: string;
  guidance: { title: string; edition: string } | null;
}

export type SessionState =
  /** Reading what this phone holds; for a few milliseconds. */
  | { at: "starting" }
  /** Another tab or window of this phone has the app open. */
  | { at: "open_elsewhere" }
  | { at: "signed_out" }
  /** The password was right; the code of the authenticator app, or a recovery code, is next. */
  | { at: "second_step"; onlyPasskey?: boolean }
  /** An invitation was right: its person chooses how they sign in from now on. */
  | { at: "first_factor" }
  /** They have just chosen codes: these are the ones for paper, shown once. */
  | { at: "recovery_codes"; codes: readonly string[] }
  /** Both steps were passed; now the person says whether the app may come in. */
  | { at: "consent"; app: AskingApp }
  /** Both steps were passed on the account page. */
  | { at: "account"; account: Account; ask: AccountAsk; done: "" | "signed_out" | "reset_allowed" }
  /** Both steps were passed on the lost-phone page. */
  | { at: "lost" }
  /** The person said no. */
  | { at: "turned_away"; app: string }
  /** Another app asked for this sign-in and has been handed its one-use token; nothing is stored here. */
  | { at: "handed_over"; app: string; elsewhere?: boolean }
  /** Signed in; nothing is stored until a passcode seals it. */
  | {
      at: "choose_passcode";
      minLength: number;
      recoveryCodesLeft: number | null;
      sharedIdleSeconds?: number;
    }
  | { at: "locked"; attemptsLeft: number | null; retryTs: number | null }
  | { at: "unlocking" }
  | { at: "open" }
  /** What this phone held can never be opened again. */
  | { at: "set_up_again"; why: "wrong_passcodes" | "wiped" | "signed_out" | "keys_replaced" };

export interface TimelineView {
  roomId: string;
  items: TimelineItem[];
  canPaginate: boolean;
  /** False until the engine has answered: show the skeleton, not "no messages". */
  loaded: boolean;
}

/** What is known while the app is open; all of it is emptied by the lock. */
export interface Live {
  readonly connection: ReadonlySignal<ConnectionStatus>;
  /** Painted from the sealed snapshot before the engine is up. */
  readonly rooms: ReadonlySignal<RoomSummary[]>;
  /** False until there is a snapshot or the engine has answered. */
  readonly roomsLoaded: ReadonlySignal<boolean>;
  readonly timeline: ReadonlySignal<TimelineView | null>;
  readonly outbox: ReadonlySignal<{ waiting: number; failed: number }>;
  readonly me: ReadonlySignal<Person | null>;
  readonly policy: ReadonlySignal<Policy | null>;
  readonly keys: ReadonlySignal<KeysState>;
  /** Another app of the person's own asks to be trusted. */
  readonly verification: ReadonlySignal<VerificationStep | null>;
  /** Rises when there may be one more device that the person has not answered for. */
  readonly newDevices: ReadonlySignal<number>;
  /** Rises when there may be one more review that the person is asked for. */
  readonly reviews: ReadonlySignal<number>;
  /** Urgent messages of the last week, newest first; null until they are known. */
  readonly urgent: ReadonlySignal<Urgent[] | null>;
  /** Until the server has answered they are what this phone had kept. */
  readonly urgentKept: ReadonlySignal<boolean>;
  /** When they stood so, where the server cannot be asked. */
  readonly urgentAsOf: ReadonlySignal<number>;
  /** What the policy asks of a phone and is not known of this one: the server answers nothing else. */
  readonly phoneLacks: ReadonlySignal<string | null>;
  /** The engine stopped unexpectedly; `session.restartEngine()`. */
  readonly failure: ReadonlySignal<Problem | null>;
}

export type AccountDeed = { is: "sign_out"; deviceId: string } | { is: "allow_reset" };

/** The page that other apps send their person to: `/account?action=…`. */
export interface AccountAsk {
  /** Of Matrix's account management: `org.matrix.device_view`, for one. */
  readonly action: string;
  readonly deviceId: string;
}

export interface Account {
  readonly userId: string;
  readonly displayName: string;
  readonly role: string;
  readonly devices: readonly {
    readonly deviceId: string;
    readonly name: string;
    readonly lastSeenTs: number;
  }[];
}

/** What the organisation's register says of an app. */
export interface AskingApp {
  readonly software: string;
  readonly clientHost: string;
  readonly purpose: string;
  readonly approvedFor: string;
  readonly notApprovedFor: string;
  readonly unmetTips: readonly string[];
  readonly clinical: boolean;
}

/**
 * The page was opened as `/sign-in?redirectUrl=…` by another app: both steps end there, not here.
 * `refused`: the organisation does not allow that address.
 */
export type HandOff =
  | { is: "asking" }
  /** At `/link`: the code that the other device shows is to be typed. */
  | { is: "code_wanted"; problem: Problem | null }
  | { is: "allowed"; app: string; says?: AskingApp }
  | { is: "refused"; sentence?: string }
  | { is: "failed"; problem: Problem };

/** The lost-phone page, `/lost`: each call uses a one-use token up and keeps the next; screens never see it. */
export interface LostDeeds {
  /** Rejects with a `Refusal`. `model/lost` reads the answer. */
  ask(deed: LostDeed, handsetId: string): Promise<Record<string, unknown>>;
}

export type LostDeed = "list" | "lock" | "unlock" | "wipe" | "report";

/** A new secret for an authenticator app, as text and as the address that opens such an app. */
export interface NewCode {
  readonly secret: string;
  readonly address: string;
}

/** Somebody's first day: their invitation is good for one of these, once. */
export interface FirstFactorDeeds {
  passkey(name: string): Promise<Problem | null>;
  newCode(): Promise<Problem | NewCode>;
  /** With a password of their own. */
  confirmCode(code: string, newPassword: string): Promise<Problem | null>;
  /** The recovery codes are on paper. */
  goOn(): Promise<Problem | null>;
}

/** Who is this: the deeds of the sign-in page. */
export interface SignInDeeds {
  /** Null in our own app's sign-in. */
  readonly handOff: ReadonlySignal<HandOff | null>;
  /** The organisation's own sign-in, where there is one. */
  readonly organisation: ReadonlySignal<{ name: string; start: string } | null>;
  readonly knowsPasskeys: boolean;
  readonly firstFactor: FirstFactorDeeds;
  /** Null unless the lost-phone page was opened. */
  readonly lost: LostDeeds | null;
  password(user: string, password: string): Promise<Problem | null>;
  secondStep(code: string): Promise<Problem | null>;
  /** From paper, for who signs in by passkey alone and has lost it. */
  recoveryCode(user: string, code: string): Promise<Problem | null>;
  /** Both steps at once. */
  passkey(): Promise<Problem | null>;
  passkeyAsSecondStep(): Promise<Problem | null>;
  /** The browser offers passkeys in the field of the user name, until the screen goes. */
  offerPasskeys(until: AbortSignal): Promise<Problem | null>;
  /** The code that the other device shows. */
  typeLinkCode(code: string): Promise<Problem | null>;
  /** The answer to `consent`. */
  letIn(yes: boolean): Promise<Problem | null>;
  /** On the account page: signs one device out, or lets another app replace this person's keys. */
  accountDeed(deed: AccountDeed): Promise<Problem | null>;
}

/** What the lock screen may know while all else is sealed. */
export interface Door {
  /** A passkey opens. */
  readonly passkey: boolean;
  /** Ten wrong ones: only the passkey opens now. */
  readonly passcodeGone: boolean;
  /** Messages that wait to be sent, and would be lost. A number, and nothing else. */
  readonly unsent: number;
}

export interface PasskeyMade {
  opensThisPhone: boolean;
  recoveryCodes: string[];
}

/** What the person does with passkeys while the app is open. */
export interface PasskeyDeeds {
  /** Right after the set-up, where this phone can hold a passkey. */
  readonly offered: ReadonlySignal<boolean>;
  /**
   * One more passkey, which then opens this phone too: for that the passcode is needed, except
   * right after the set-up. Answers whether it does, and codes for paper where there were none.
   */
  make(name: string, passcode: string): Promise<Problem | PasskeyMade>;
  notNow(): void;
  /** A fresh proof of who it is, for what needs one. */
  proveAgain(): Promise<Problem | null>;
  /** It no longer opens this phone. */
  removed(passkeyId: string): Promise<void>;
}

export type LanguageCode = "en" | "cy";

/** What is kept unsealed, because the lock screen needs it: nothing about a person but a language. */
export interface Preferences {
  readonly language: ReadonlySignal<LanguageCode>;
  setLanguage(language: LanguageCode): void;
}

/** Text typed and not sent, sealed a moment after each change and before the lock. */
export interface Drafts {
  read(roomId: string): string;
  write(roomId: string, text: string): void;
}

/** What its person agreed to, where this phone knows, and what is in force. */
export interface PolicyChange {
  readonly before: Policy | null;
  readonly now: Policy;
}

export interface Session {
  readonly state: ReadonlySignal<SessionState>;
  /** Null until the server answered; then says whether this is a demonstration. */
  readonly about: ReadonlySignal<About | null>;
  readonly live: Live;
  readonly drafts: Drafts;
  readonly preferences: Preferences;
  readonly entrance: SignInDeeds;
  readonly passkeys: PasskeyDeeds;
  readonly door: ReadonlySignal<Door>;
  /** True on a device that several people use: nothing is kept, and the lock is a goodbye. */
  readonly shared: ReadonlySignal<boolean>;
  /** The person's own time until the lock; null: the policy's. */
  readonly ownLockSeconds: ReadonlySignal<number | null>;
  /** The moment of the idle lock, from 20 s before it; null otherwise. */
  readonly locksAt: ReadonlySignal<number | null>;
  /** A newer app waits: "Restart to update", never while somebody types. */
  readonly updateReady: ReadonlySignal<boolean>;
  /** True while the app is not in front: paint a blank cover. */
  readonly covered: ReadonlySignal<boolean>;
  /** Set up a moment ago: what is left to offer is offered now, once. */
  readonly justSetUp: ReadonlySignal<boolean>;
  /** A changed policy that is to be read and accepted; clinical conversations are open meanwhile. */
  readonly policyChange: ReadonlySignal<PolicyChange | null>;

  acceptPolicy(): Promise<Problem | null>;
  /** All was offered. */
  settledIn(): void;
  /** Back to the first step. */
  startAgain(): void;
  /** `phoneName` is how this phone is listed among the person's phones. */
  choosePasscode(passcode: string, phoneName: string): Promise<Problem | null>;
  /** Instead of a passcode: this device is shared, nothing will be kept on it. */
  shareDevice(deviceName: string): Promise<Problem | null>;
  unlock(passcode: string): Promise<Problem | null>;
  unlockByPasskey(): Promise<Problem | null>;
  /** `current`: null where the passkey shows who it is. */
  changePasscode(current: string | null, next: string): Promise<Problem | null>;
  /** Shorter than the policy's time; null: the policy's. */
  lockAfter(seconds: number | null): void;
  lock(): Promise<void>;
  /** Any touch counts as use; screens call this only for "Stay open". */
  stayOpen(): void;
  /** Signs out on the server if it can be reached, and erases this phone's data in any case. */
  wipe(): Promise<void>;
  restartEngine(): void;
  restartToUpdate(): void;

  /** Asks the engine; rejects with a `Refusal` that carries the problem. */
  ask<N extends CallName>(name: N, asked: Asked<N>): Promise<Answer<N>>;
}

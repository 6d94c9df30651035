/**
 * The one-minute induction for who was added to a clinical conversation before they began one. It comes
 * by itself when they open one, once per unlock, and never before something urgent.
 */
import { effect, signal, untracked } from "@preact/signals";
import { inductionWords } from "../i18n/induction";
import type { App } from "./app";
import { attempt, problemText } from "./problem";

/** Sealed with the drafts, so that it is known without a network and outlives a lock. */
const KEPT = "induction";

interface Kept {
  /** In force when the server was asked: under another one it is asked again. */
  readonly policy: string;
  readonly wanted: number;
  /** `here`: on this phone, and the server has yet to hear of it. */
  readonly read: "no" | "here" | "yes";
}

type Urgency = "unknown" | "waits" | "none";

export class InductionModel {
  readonly open = signal(false);
  readonly busy = signal(false);
  readonly error = signal<string | null>(null);
  private readonly unread = signal(false);
  /** One answer for each time the conversation is opened: nothing comes over it later. */
  private decided = false;
  private asked = false;
  private readonly app: App;
  private readonly roomId: string;

  constructor(app: App, roomId: string) {
    this.app = app;
    this.roomId = roomId;
  }

  /** `isTaken`: the person has begun to do something else. Returns how to stop. */
  follow(isTaken: () => boolean): () => void {
    const { navigation } = this.app;
    const place = navigation.place.peek();
    if (place.at === "conversation" && place.urgent) return () => {};
    const stops = [
      effect(() => {
        if (this.asked || !this.isClinical()) return;
        this.asked = true;
        untracked(() => void this.learn());
      }),
      effect(() => {
        const urgency = this.urgency();
        if (urgency === "waits") {
          this.decided = true;
          this.open.value = false;
        } else if (!this.decided && this.unread.value && urgency === "none") {
          this.decided = true;
          this.open.value = !navigation.inductionPutOff && !untracked(isTaken);
        }
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Until the next unlock. */
  putOff(): void {
    this.app.navigation.inductionPutOff = true;
    this.open.value = false;
  }

  async accept(): Promise<"kept" | "later" | "failed"> {
    const kept = read(this.app);
    if (this.busy.value || kept === null) return "failed";
    this.busy.value = true;
    this.error.value = null;
    const outcome = await attempt(this.app.session, "acceptInduction", {
      version: kept.wanted,
    }).finally(() => (this.busy.value = false));
    if (!outcome.ok && outcome.problem.code !== "offline") {
      this.error.value = `${inductionWords().notKept} ${problemText(outcome.problem)}`;
      return "failed";
    }
    keep(this.app, { ...kept, read: outcome.ok ? "yes" : "here" });
    this.open.value = false;
    if (outcome.ok) return "kept";
    tellLater(this.app);
    return "later";
  }

  private isClinical(): boolean {
    const all = this.app.session.live.rooms.value;
    const room = all.find((known) => known.id === this.roomId);
    return room?.joined === true && room.kind === "clinical";
  }

  /** What this phone had kept says nothing of an alert that was pushed since; without a network there is none. */
  private urgency(): Urgency {
    const { urgent, urgentKept, connection } = this.app.session.live;
    if (urgent.value?.some((one) => one.waitsForMe)) return "waits";
    const isKnown = urgent.value !== null && !urgentKept.value;
    return isKnown || connection.value === "Offline" ? "none" : "unknown";
  }

  private async learn(): Promise<void> {
    const { session, navigation } = this.app;
    const kept = read(this.app);
    if (kept?.read === "here") return tellLater(this.app);
    const policy = session.live.policy.peek()?.version ?? "";
    if ((kept?.read === "yes" && kept.policy === policy) || navigation.inductionPutOff) return;
    const outcome = await attempt(session, "induction", {});
    if (session.state.peek().at !== "open") return;
    if (outcome.ok) {
      const { accepted, wanted } = outcome.answer;
      keep(this.app, { policy, wanted, read: accepted < wanted ? "no" : "yes" });
    }
    this.unread.value = read(this.app)?.read === "no";
  }
}

function read({ session }: App): Kept | null {
  const kept = session.drafts.read(KEPT);
  return kept === "" ? null : (JSON.parse(kept) as Kept);
}

function keep({ session }: App, kept: Kept): void {
  session.drafts.write(KEPT, JSON.stringify(kept));
}

/** Whatever is on the screen by then; after a lock, with the next clinical conversation that is opened. */
function tellLater(app: App): void {
  const { state, live } = app.session;
  let telling = false;
  const stop = effect(() => {
    const isUp = live.connection.value === "Up to date";
    if (state.value.at !== "open") queueMicrotask(() => stop());
    else if (isUp && !telling) {
      telling = true;
      void untracked(() => tell(app)).then((told) => {
        telling = false;
        if (told) stop();
      });
    }
  });
}

async function tell(app: App): Promise<boolean> {
  const kept = read(app);
  if (kept?.read !== "here") return true;
  const outcome = await attempt(app.session, "acceptInduction", { version: kept.wanted });
  if (app.session.state.peek().at !== "open") return true;
  if (outcome.ok) keep(app, { ...kept, read: "yes" });
  // The text has changed meanwhile: the new one is to be read.
  else if (outcome.problem.code === "bad_input") keep(app, { ...kept, read: "no" });
  return outcome.ok || outcome.problem.code !== "offline";
}

/** Whether this phone is told of messages while the app is closed, and how to have it so. */
import { signal } from "@preact/signals";
import type { PushSubscriptionKeys } from "../engine/protocol";
import type { App } from "./app";
import { attempt, problemText } from "./problem";

/** `not_installed`: on an iPhone only an app on the home screen may ask. */
export type Permission = "unsupported" | "not_installed" | "not_asked" | "denied" | "granted";

/** The browser's side; `platform` has the real one. */
export interface NotificationsPort {
  permission(): Permission;
  /** Asks the person; only right after a tap. */
  ask(): Promise<Permission>;
  subscription(): Promise<PushSubscriptionKeys | null>;
  /** Rejects when the browser's push service cannot be reached. */
  subscribe(serverKey: string): Promise<PushSubscriptionKeys>;
  unsubscribe(): Promise<void>;
  /** Said "not now" when it was offered; Me still has the switch. */
  isPostponed(): Promise<boolean>;
  postpone(): Promise<void>;
}

export type NotificationsState = "looking" | Exclude<Permission, "granted"> | "off" | "on";

export class NotificationsModel {
  readonly state = signal<NotificationsState>("looking");
  readonly busy = signal(false);
  /** Why it did not work: the server's reason, or "" for the browser's. */
  readonly problem = signal<string | null>(null);
  readonly postponed = signal(true);
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  private get port(): NotificationsPort {
    return this.app.surroundings.notifications;
  }

  async look(): Promise<void> {
    const permission = this.port.permission();
    if (permission !== "granted") this.state.value = permission;
    else this.state.value = (await this.port.subscription()) === null ? "off" : "on";
  }

  /** When the app opens: what the browser has and the server has lost is given again. */
  async arrive(): Promise<void> {
    this.postponed.value = await this.port.isPostponed();
    await this.look();
    const held = this.state.value === "on" ? await this.port.subscription() : null;
    if (held === null) return;
    const known = await attempt(this.app.session, "push", {});
    if (known.ok && !known.answer.subscribed)
      await attempt(this.app.session, "subscribePush", held);
  }

  async switchOn(): Promise<void> {
    await this.during(async () => {
      // First of all: a browser lets a page ask only right after the tap.
      const permission = await this.port.ask();
      if (permission === "granted") await this.subscribe();
      await this.look();
    });
  }

  private async subscribe(): Promise<void> {
    const known = await attempt(this.app.session, "push", {});
    if (!known.ok) {
      this.problem.value = problemText(known.problem);
      return;
    }
    const held = await this.port.subscribe(known.answer.applicationServerKey).catch(() => null);
    if (held === null) {
      this.problem.value = "";
      return;
    }
    const kept = await attempt(this.app.session, "subscribePush", held);
    if (kept.ok) return;
    this.problem.value = problemText(kept.problem);
    await this.port.unsubscribe();
  }

  async switchOff(): Promise<void> {
    await this.during(async () => {
      await this.port.unsubscribe();
      const ended = await attempt(this.app.session, "unsubscribePush", {});
      if (!ended.ok) this.problem.value = problemText(ended.problem);
      await this.look();
    });
  }

  async notNow(): Promise<void> {
    this.postponed.value = true;
    await this.port.postpone();
  }

  private async during(work: () => Promise<void>): Promise<void> {
    if (this.busy.value) return;
    this.busy.value = true;
    this.problem.value = null;
    await work().finally(() => (this.busy.value = false));
  }
}

import type { PushSubscriptionKeys } from "../src/engine/protocol";
import type { NotificationsPort, Permission } from "../src/model/notifications";

/** A browser in which somebody decides what the person answers. */
export class FakeNotifications implements NotificationsPort {
  now: Permission = "unsupported";
  answer: Permission = "granted";
  held: PushSubscriptionKeys | null = null;
  key = "";
  fails = false;
  postponed = false;

  permission = (): Permission => this.now;
  isPostponed = () => Promise.resolve(this.postponed);
  postpone = () => Promise.resolve(void (this.postponed = true));

  ask = (): Promise<Permission> => Promise.resolve((this.now = this.answer));
  subscription = () => Promise.resolve(this.held);

  subscribe = (key: string): Promise<PushSubscriptionKeys> => {
    if (this.fails) return Promise.reject(new Error("no push service"));
    this.key = key;
    this.held = { endpoint: "https://push.example/1", keys: { p256dh: "p", auth: "a" } };
    return Promise.resolve(this.held);
  };

  unsubscribe = () => {
    this.held = null;
    return Promise.resolve();
  };
}

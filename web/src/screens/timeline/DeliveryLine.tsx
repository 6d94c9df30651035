import { Icon, type IconName } from "../../components/icon/Icon";
import { words } from "../../i18n/language";
import type { Delivery } from "../../engine/protocol";

interface Shown {
  readonly icon: IconName;
  readonly text: string;
}

function shown(delivery: Delivery): Shown | null {
  const text = words().delivery;
  switch (delivery.state) {
    case "received":
      return null;
    case "waiting":
      return { icon: "clock", text: text.waiting };
    case "sending":
      return { icon: "turn", text: text.sending };
    case "sent":
      return { icon: "check", text: text.sent };
    case "delivered":
      return {
        icon: "checks",
        text:
          delivery.people === delivery.of
            ? text.delivered
            : text.deliveredTo(delivery.people, delivery.of),
      };
    case "read":
      return {
        icon: "checks",
        text: delivery.of === 1 ? text.read : text.readBy(delivery.people, delivery.of),
      };
    case "failed":
      return { icon: "alert", text: text.failed };
  }
}

/** Each own message says how far it has come, in a word. */
export function DeliveryLine({ delivery }: { delivery: Delivery }) {
  const line = shown(delivery);
  if (line === null) return null;
  return (
    <span class={`delivery delivery--${delivery.state}`}>
      <Icon name={line.icon} size={15} turning={delivery.state === "sending"} />
      {line.text}
    </span>
  );
}

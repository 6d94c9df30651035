import { Strip } from "../../components/notice/Notice";
import { words } from "../../i18n/language";
import { useApp } from "./useApp";

/** What happens to what is written now. Nothing is promised that would need the app closed or locked. */
export function OfflineStrip({ where }: { where: "list" | "room" }) {
  const { session } = useApp();
  const text = words();
  if (session.live.connection.value !== "Offline") return null;
  const waiting = session.live.outbox.value.waiting;
  const rest =
    waiting > 0
      ? text.offline.will(waiting)
      : where === "room"
        ? text.offline.none
        : text.list.offline;
  return (
    <Strip tone="offline">
      {text.offline.plain} {rest}
    </Strip>
  );
}

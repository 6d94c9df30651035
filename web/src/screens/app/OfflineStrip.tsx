import { Strip } from "../../components/notice/Notice";
import { words } from "../../i18n/language";
import { useApp } from "./useApp";

/** What happens to what is written now. Nothing is promised that would need the app closed or locked. */
export function OfflineStrip({ where }: { where: "list" | "room" | "outbox" }) {
  const { navigation, session } = useApp();
  const text = words();
  const { waiting, failed } = session.live.outbox.value;
  const offline = session.live.connection.value === "Offline";
  const open = where !== "outbox" && waiting + failed > 0 && (
    <button type="button" class="link-button" onClick={() => navigation.go({ at: "outbox" })}>
      {text.offline.open}
    </button>
  );
  if (!offline)
    return failed > 0 && open ? (
      <Strip tone="warning">
        {text.offline.failed(failed)} {open}
      </Strip>
    ) : null;
  const rest =
    waiting > 0
      ? text.offline.will(waiting)
      : where !== "list"
        ? text.offline.none
        : text.list.offline;
  return (
    <Strip tone="offline">
      {text.offline.plain} {rest} {open}
    </Strip>
  );
}

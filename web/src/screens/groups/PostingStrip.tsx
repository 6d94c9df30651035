import { Button } from "../../components/button/Button";
import { Strip } from "../../components/notice/Notice";
import type { RoomSummary } from "../../engine/protocol";
import { groupWords } from "../../i18n/groups";
import { useApp } from "../app/useApp";

/** Over a conversation whose members nobody has reviewed. */
export function PostingStrip({ room }: { room: RoomSummary }) {
  const { navigation } = useApp();
  const text = groupWords();
  const posting = room.posting ?? "open";
  const said = { open: text.due, urgent_only: text.urgentOnly, archived: text.archived }[posting];
  return (
    <Strip tone={posting === "open" ? "plain" : "warning"} icon="people">
      <span class="strip-action">
        {said}
        <Button
          small
          look="secondary"
          onPress={() => navigation.go({ at: "review", roomId: room.id })}
        >
          {text.reviewShort}
        </Button>
      </span>
    </Strip>
  );
}

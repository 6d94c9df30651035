import { Icon } from "../../components/icon/Icon";
import { decisionWords } from "../../i18n/decisions";
import { clockTime, dateAndTime, daysBetween } from "../../i18n/format";
import { words } from "../../i18n/language";
import { wordsOf, type Source as Item } from "../../model/decisionSources";
import { useApp } from "../app/useApp";
import { useViewer } from "../media/useMedia";

/** What was said, by whom and when; a picture as it is, unless it is one that is covered. */
export function Source({ item, roomId }: { item: Item; roomId: string }) {
  const today = daysBetween(item.ts, useApp().surroundings.now()) === 0;
  return (
    <span class="source__words">
      <span class="source__who">
        {item.sender.own ? words().room.you : item.sender.name},{" "}
        {today ? clockTime(item.ts) : dateAndTime(item.ts)}
      </span>
      {item.kind === "image" && (
        <span class="source__picture">
          <Small item={item} roomId={roomId} />
        </span>
      )}
      <span class="source__text">
        {wordsOf(item) || (item.kind === "image" && decisionWords().picture)}
      </span>
    </span>
  );
}

/** The words beside it say what it is. */
function Small({ item, roomId }: { item: Extract<Item, { kind: "image" }>; roomId: string }) {
  const viewer = useViewer();
  const icon = <Icon name="camera" size={24} />;
  return viewer ? <viewer.SmallPicture item={item} roomId={roomId} otherwise={icon} /> : icon;
}

import { useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { Area } from "../../components/form/Field";
import { SlowLine } from "../../components/waiting/Waiting";
import { pictureRecordWords } from "../../i18n/pictureRecord";
import type { ImageItem } from "../../engine/protocol";
import type { ConversationModel } from "../../model/conversation";
import { mayGoTo } from "../../model/decisionSources";
import { canMove, NotNeededModel } from "../../model/notNeeded";
import { sinkOf, wordsOfSink } from "../../model/sink";
import { useApp, useModel } from "../app/useApp";
import { DecisionTag } from "../carerecord/DecisionTag";
import type { Over } from "../timeline/ConversationScreen";

interface RecordProps {
  item: ImageItem;
  model: ConversationModel;
  onOver: (over: Over) => void;
}

/** Where the picture is on its way to the record, and how it goes there. */
export function ForTheRecord({ item, model, onOver }: RecordProps) {
  const app = useApp();
  const { session } = app;
  const sink = sinkOf(app);
  const text = pictureRecordWords();
  const { decision } = item;
  const may = canMove(item, model.room.value);
  const registered = (session.live.me.value?.registration ?? "") !== "";
  if (!may && decision === null) return null;
  return (
    <section class="for-record" aria-label={text.title}>
      {decision && (
        <p class="media-row">
          <DecisionTag {...decision} />
          <Button small look="quiet" onPress={() => onOver({ is: "receipt", mark: decision })}>
            {text.receipt}
          </Button>
        </p>
      )}
      {may && (
        <div>
          {mayGoTo(sink, item) && (
            <Button icon="record" onPress={() => onOver({ is: "decide", item })}>
              {wordsOfSink(sink).picture}
            </Button>
          )}
          <p class="media-hint">{wordsOfSink(sink).pictureHint}</p>
        </div>
      )}
      {may && registered && <NotNeeded item={item} roomId={model.roomId} />}
    </section>
  );
}

function NotNeeded({ item, roomId }: { item: ImageItem; roomId: string }) {
  const model = useModel((app) => new NotNeededModel(app, roomId, item), undefined, item.key);
  const [asking, setAsking] = useState(false);
  const text = pictureRecordWords();
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.say();
  };
  if (model.done.value) return <p role="status">{text.said}</p>;
  if (!asking)
    return (
      <Button small look="quiet" onPress={() => setAsking(true)}>
        {text.notNeeded}
      </Button>
    );
  return (
    <form class="form" noValidate onSubmit={submit}>
      <Area
        id="not-needed"
        label={text.why}
        hint={text.whyHint}
        value={model.why.value}
        onType={(value) => (model.why.value = value)}
        errors={model.errors.value}
      />
      <p class="media-hint">{text.consequence}</p>
      <Button type="submit" look="secondary" busy={model.busy.value && text.saying}>
        {text.say}
      </Button>
      <SlowLine waiting={model.busy.value} />
    </form>
  );
}

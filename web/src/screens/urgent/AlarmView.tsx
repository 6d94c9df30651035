import { useEffect, useRef, useState } from "preact/hooks";
import type { Urgent } from "../../engine/protocol";
import { Button } from "../../components/button/Button";
import { Icon } from "../../components/icon/Icon";
import { moment } from "../../i18n/format";
import { urgentWords } from "../../i18n/urgent";
import { AlarmModel } from "../../model/alarm";
import { UrgentBoardModel } from "../../model/urgentBoard";
import { useApp, useModel } from "../app/useApp";
import "./Urgent.scss";

/**
 * Wherever the person is in the app: what waits for their answer, with its sound. Over an open sheet it is
 * a dialog of its own, because nothing else can be reached there.
 */
export function AlarmView() {
  const model = useModel(
    (app) => new AlarmModel(app),
    (made) => made.start(),
  );
  const { navigation } = useApp();
  const urgent = model.first.value;
  if (urgent === null || navigation.place.value.at === "urgent") return null;
  return <Ringing key={urgent.urgentId} urgent={urgent} more={model.more.value} />;
}

function Ringing({ urgent, more }: { urgent: Urgent; more: number }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (document.querySelector("dialog:modal")) setOver(true);
  }, []);
  useEffect(() => {
    if (over) dialog.current?.showModal();
    return () => dialog.current?.close();
  }, [over]);
  if (!over)
    return (
      <div class="alarm" role="alert">
        <Words urgent={urgent} more={more} />
      </div>
    );
  return (
    <dialog
      class="alarm alarm--over"
      role="alertdialog"
      aria-labelledby="alarm-title"
      ref={dialog}
      onCancel={(event) => event.preventDefault()}
    >
      <Words urgent={urgent} more={more} onShow={() => setOver(false)} />
    </dialog>
  );
}

function Words({ urgent, more, onShow }: { urgent: Urgent; more: number; onShow?: () => void }) {
  const { navigation, surroundings } = useApp();
  const model = useModel((app) => new UrgentBoardModel(app));
  const text = urgentWords();
  const who = [urgent.from.name, urgent.from.role].filter(Boolean).join(", ");
  const due = urgent.dueTs === null ? "" : moment(urgent.dueTs, surroundings.now());
  const show = (): void => {
    onShow?.();
    navigation.tab("urgent");
  };
  return (
    <>
      <p class="alarm__title" id="alarm-title">
        <Icon name="bell" size={24} />
        {text.alarm(who)} {more > 0 && text.alarmMore(more)}
      </p>
      {urgent.text !== null && <p class="alarm__text">{urgent.text}</p>}
      <p class="alarm__due">
        {[model.purpose(urgent), due && text.replyBy(due)].filter(Boolean).join(" · ")}
      </p>
      {model.problem.value !== null && (
        <p class="alarm__problem">
          {text.answerFailed} {model.problem.value.text}
        </p>
      )}
      <div class="alarm__buttons">
        <Button
          busy={model.busy.value !== null && text.answering}
          onPress={() => void model.answer(urgent, "acknowledged")}
        >
          {text.acknowledge}
        </Button>
        <Button onPress={() => void model.answer(urgent, "on_my_way")}>{text.onMyWay}</Button>
        <Button look="secondary" onPress={show}>
          {text.show}
        </Button>
      </div>
    </>
  );
}

import { useEffect, useState } from "preact/hooks";
import type { Urgent } from "../../engine/protocol";
import { TopBar } from "../../components/bars/Bars";
import { Button } from "../../components/button/Button";
import { Note, State, Strip } from "../../components/notice/Notice";
import { Body, Screen, Section } from "../../components/screen/Screen";
import { Waiting } from "../../components/waiting/Waiting";
import { moment } from "../../i18n/format";
import { urgentWords } from "../../i18n/urgent";
import { UrgentBoardModel } from "../../model/urgentBoard";
import { useApp, useModel } from "../app/useApp";
import { PassSheet } from "./PassSheet";
import { UrgentCard } from "./UrgentCard";
import { UrgentSheet } from "./UrgentSheet";
import "./Urgent.scss";

type Over = "nothing" | "new" | { readonly pass: Urgent };

/** What is urgent: to this person and from them, for seven days. */
export function BoardScreen() {
  const { navigation, session } = useApp();
  const model = useModel(
    (app) => new UrgentBoardModel(app),
    (made) => made.start(),
  );
  const [over, setOver] = useState<Over>("nothing");
  useClock(model);
  const text = urgentWords();
  const state = model.state.value;
  const cards = { model, onPass: (pass: Urgent) => setOver({ pass }) };
  const asOf = model.asOf.value;
  const offline = session.live.connection.value === "Offline";
  return (
    <Screen title={text.title}>
      <TopBar title={text.title} status={session.live.connection.value} />
      {asOf !== null && (state.is === "shown" || state.is === "empty") && (
        <Strip tone="offline">
          {offline
            ? text.stale(moment(asOf, model.now.value))
            : text.asOf(moment(asOf, model.now.value))}
        </Strip>
      )}
      <Body plain>
        <div class="board__top">
          <Note tone="warning">
            <p>{text.notArrest}</p>
          </Note>
        </div>
        {state.is === "shown" && <Group title={text.forMe} all={state.forMe} {...cards} />}
        <div class="board__top">
          <Button wide look="danger" icon="bell" onPress={() => setOver("new")}>
            {text.fresh}
          </Button>
          <div class="board__ways">
            <Button look="secondary" icon="people" onPress={() => navigation.go({ at: "on_call" })}>
              {text.onCall}
            </Button>
            <Button
              look="secondary"
              icon="clock"
              onPress={() => navigation.go({ at: "availability" })}
            >
              {text.availability}
            </Button>
          </div>
        </div>
        <Rest {...cards} />
      </Body>
      {over === "new" && (
        <UrgentSheet roomId={null} text="" onSent={() => {}} onClose={() => setOver("nothing")} />
      )}
      {typeof over === "object" && (
        <PassSheet urgent={over.pass} board={model} onClose={() => setOver("nothing")} />
      )}
    </Screen>
  );
}

/** Only the countdown needs a clock. */
function useClock(model: UrgentBoardModel): void {
  useEffect(() => {
    const timer = setInterval(() => model.tick(), 1000);
    return () => clearInterval(timer);
  }, [model]);
}

interface Cards {
  model: UrgentBoardModel;
  onPass: (urgent: Urgent) => void;
}

/** What waits for nobody's answer here: it stands below what does. */
function Rest(cards: Cards) {
  const text = urgentWords();
  const state = cards.model.state.value;
  switch (state.is) {
    case "loading":
      return <Waiting label={text.loading} rows={4} />;
    case "offline":
      return <State icon="offline" title={text.offlineTitle} text={text.offline} />;
    case "empty":
      return <State icon="bell" title={text.emptyTitle} text={text.empty} />;
    case "shown":
      return (
        <>
          <Group title={text.sent} all={state.sent} {...cards} />
          <Group title={text.over} all={state.over} {...cards} />
        </>
      );
  }
}

function Group({ title, all, model, onPass }: Cards & { title: string; all: readonly Urgent[] }) {
  if (all.length === 0) return null;
  return (
    <Section title={title}>
      <ul class="board">
        {all.map((urgent) => (
          <li key={urgent.urgentId}>
            <UrgentCard urgent={urgent} model={model} onPass={() => onPass(urgent)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

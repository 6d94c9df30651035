import { Button } from "../../components/button/Button";
import { Note, Strip } from "../../components/notice/Notice";
import { Section } from "../../components/screen/Screen";
import { notificationWords } from "../../i18n/notifications";
import { NotificationsModel } from "../../model/notifications";
import { useApp, useModel } from "../app/useApp";

export { AllowSheet } from "../handset/AllowSheet";
export { NewDevices } from "./NewDevices";

/** In Me: whether this phone tells of messages, and what to do where it cannot. */
export function Notifications() {
  const { session } = useApp();
  const model = useModel(
    (app) => new NotificationsModel(app),
    (made) => void made.look(),
  );
  const text = notificationWords();
  if (session.shared.value || model.state.value === "looking") return null;
  return (
    <Section title={text.title}>
      <p class="me__text">{text.why}</p>
      <Switch model={model} />
      {model.problem.value !== null && (
        <Note tone="problem">{model.problem.value || text.failed}</Note>
      )}
      <p class="me__text">{text.notABleep}</p>
    </Section>
  );
}

function Switch({ model }: { model: NotificationsModel }) {
  const text = notificationWords();
  switch (model.state.value) {
    case "looking":
      return null;
    case "unsupported":
      return <Note>{text.unsupported}</Note>;
    case "not_installed":
      return <Note>{text.notInstalled}</Note>;
    case "denied":
      return <Note tone="warning">{text.denied}</Note>;
    case "on":
      return (
        <>
          <Note tone="done">{text.on}</Note>
          <Button
            wide
            look="secondary"
            busy={model.busy.value && text.switchingOff}
            onPress={() => void model.switchOff()}
          >
            {text.switchOff}
          </Button>
        </>
      );
    case "off":
    case "not_asked":
      return <Allow model={model} />;
  }
}

function Allow({ model }: { model: NotificationsModel }) {
  const text = notificationWords();
  return (
    <Button wide busy={model.busy.value && text.allowing} onPress={() => void model.switchOn()}>
      {text.allow}
    </Button>
  );
}

/** On the list, until it is answered: two taps, ours and the browser's. */
export function NotificationsOffer() {
  const { session } = useApp();
  const model = useModel(
    (app) => new NotificationsModel(app),
    (made) => void made.arrive(),
  );
  const text = notificationWords();
  if (session.shared.value || model.state.value !== "not_asked" || model.postponed.value)
    return null;
  return (
    <Strip tone="plain">
      <span class="strip-action">
        {text.offer}
        <Button
          small
          look="secondary"
          label={text.allow}
          busy={model.busy.value && text.allowing}
          onPress={() => void model.switchOn()}
        >
          {text.yes}
        </Button>
        <Button small look="quiet" onPress={() => void model.notNow()}>
          {text.notNow}
        </Button>
      </span>
    </Strip>
  );
}

import { useEffect } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { Strip } from "../../components/notice/Notice";
import { listTime } from "../../i18n/format";
import { notificationWords } from "../../i18n/notifications";
import { NewDevicesModel } from "../../model/newDevices";
import { useApp, useModel } from "../app/useApp";

/** Above everything: somebody signed in as this person, and perhaps it was not them. */
export function NewDevices() {
  const { session, surroundings } = useApp();
  const model = useModel((app) => new NewDevicesModel(app));
  const told = session.live.newDevices.value;
  useEffect(() => void model.look(), [model, told]);
  const text = notificationWords();
  const device = model.asked.value;
  if (model.ended.value) {
    return (
      <Strip tone="problem">
        <span class="strip-action">
          {text.ended}
          <Button small look="secondary" onPress={() => (model.ended.value = false)}>
            {text.understood}
          </Button>
        </span>
      </Strip>
    );
  }
  if (device === null) return null;
  const says = device.otherApp ? text.newApp : text.newDevice;
  return (
    <Strip tone="warning">
      <p>{says(device.name || text.noName, listTime(device.sinceTs, surroundings.now()))}</p>
      {model.problem.value !== null && <p>{model.problem.value}</p>}
      <span class="strip-action">
        <Button small look="secondary" onPress={() => void model.answer(true)}>
          {text.itWasMe}
        </Button>
        <Button small look="danger" onPress={() => void model.answer(false)}>
          {text.itWasNot}
        </Button>
      </span>
    </Strip>
  );
}

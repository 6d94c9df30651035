import { useEffect } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Sheet } from "../../components/sheet/Sheet";
import { SlowLine } from "../../components/waiting/Waiting";
import { notificationWords } from "../../i18n/notifications";
import { NotificationsModel } from "../../model/notifications";
import { useApp, useModel } from "../app/useApp";

/** The last of the set-up: two taps, ours and the browser's. Where the browser cannot, nothing is asked. */
export function AllowSheet() {
  const { session } = useApp();
  const model = useModel(
    (app) => new NotificationsModel(app),
    (made) => void made.look(),
  );
  const text = notificationWords();
  const state = model.state.value;
  const failed = model.problem.value;
  const busy = model.busy.value;
  const asks = state === "not_asked" || state === "off" || busy || failed !== null;
  useEffect(() => {
    if (state !== "looking" && !asks) session.settledIn();
  }, [state, asks]);
  if (!asks) return null;
  const later = (): void => {
    void model.notNow();
    session.settledIn();
  };
  return (
    <Sheet title={text.offer} onClose={later}>
      <div class="form">
        <ErrorSummary
          errors={failed === null ? [] : [{ field: "", text: failed || text.failed }]}
        />
        <p>{text.why}</p>
        <p>{text.notABleep}</p>
        <Button wide busy={busy && text.allowing} onPress={() => void model.switchOn()}>
          {text.allow}
        </Button>
        <Button wide look="secondary" onPress={later}>
          {text.notNow}
        </Button>
        <SlowLine waiting={busy} />
      </div>
    </Sheet>
  );
}

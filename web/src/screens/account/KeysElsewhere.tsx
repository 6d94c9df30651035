import { useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Note, Strip } from "../../components/notice/Notice";
import { Sheet } from "../../components/sheet/Sheet";
import { SlowLine } from "../../components/waiting/Waiting";
import { words } from "../../i18n/language";
import { safetyWords } from "../../i18n/safety";
import { keysPutOff } from "../../model/keysPutOff";
import { attempt, problemText, type FieldError } from "../../model/problem";
import { SigningOutModel } from "../../model/signingOut";
import { useApp, useModel } from "../app/useApp";

/**
 * Above everything: this phone has no keys of its person, so nothing can be read or sent here. Asked once
 * while the app is open, when the set-up is over, and said until it is settled.
 */
export function KeysElsewhere() {
  const { session } = useApp();
  const keys = session.live.keys.value;
  const putOff = keysPutOff(session);
  if (keys !== "elsewhere" && keys !== "replaced") return null;
  const text = safetyWords();
  const elsewhere = keys === "elsewhere";
  const busy =
    session.live.verification.value !== null ||
    session.passkeys.offered.value ||
    session.justSetUp.value;
  const Choice = elsewhere ? ElsewhereSheet : ReplacedSheet;
  return (
    <>
      <Strip tone="warning">
        <span class="strip-action">
          {elsewhere ? text.otherShort : text.replacedShort}
          <Button small look="secondary" onPress={() => (putOff.value = null)}>
            {elsewhere ? text.otherOpen : text.replacedOpen}
          </Button>
        </span>
      </Strip>
      {putOff.value !== keys && !busy && <Choice onClose={() => (putOff.value = keys)} />}
    </>
  );
}

function ElsewhereSheet({ onClose }: { onClose: () => void }) {
  const { session } = useApp();
  const text = safetyWords();
  const [busy, setBusy] = useState(false);
  const [without, setWithout] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const ask = async (): Promise<void> => {
    setBusy(true);
    const outcome = await attempt(session, "askOtherPhone", {});
    setBusy(false);
    if (!outcome.ok) setErrors([{ field: "", text: problemText(outcome.problem) }]);
  };
  // Where the server wants a fresh code first, the list says so.
  const afresh = (): void => {
    onClose();
    void attempt(session, "startAfresh", {});
  };
  return (
    <Sheet title={text.otherTitle} onClose={onClose}>
      <div class="form">
        <ErrorSummary errors={errors} />
        <p>{text.otherWhy}</p>
        <Button wide icon="phone" busy={busy && text.otherAsking} onPress={() => void ask()}>
          {text.otherAsk}
        </Button>
        <SlowLine waiting={busy} />
        {without ? (
          <>
            <Note tone="warning" icon="alert">
              <p>{text.afreshWhy}</p>
            </Note>
            <Button wide look="danger" onPress={afresh}>
              {text.afresh}
            </Button>
          </>
        ) : (
          <Button wide look="secondary" onPress={() => setWithout(true)}>
            {text.otherNone}
          </Button>
        )}
      </div>
    </Sheet>
  );
}

function ReplacedSheet({ onClose }: { onClose: () => void }) {
  const { session } = useApp();
  const model = useModel((app) => new SigningOutModel(app));
  const text = safetyWords();
  const { waiting, failed } = session.live.outbox.value;
  const unsent = waiting + failed;
  return (
    <Sheet title={text.replacedTitle} onClose={onClose}>
      <div class="form">
        <p>{text.replacedWhy}</p>
        {unsent > 0 && (
          <Note tone="warning" icon="alert">
            <p>{words().lock.unsent(unsent)}</p>
          </Note>
        )}
        <Button
          wide
          look="danger"
          busy={model.busy.value && text.replacedDoing}
          onPress={() => void model.go()}
        >
          {text.replacedDo}
        </Button>
        <SlowLine waiting={model.busy.value} />
      </div>
    </Sheet>
  );
}

import { useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Sheet } from "../../components/sheet/Sheet";
import { settingUpWords } from "../../i18n/settingUp";
import { safetyWords } from "../../i18n/safety";
import { problemText, type FieldError } from "../../model/problem";
import { useApp } from "../app/useApp";

/** Once, right after the set-up: a passkey makes the next unlock one gesture. */
export function OfferSheet() {
  const { session, surroundings } = useApp();
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const text = safetyWords();
  const make = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const made = await session.passkeys.make(settingUpWords().suggestions[surroundings.phone], "");
    setBusy(false);
    if ("code" in made) setErrors([{ field: "", text: problemText(made) }]);
  };
  return (
    <Sheet title={text.offerTitle} onClose={() => session.passkeys.notNow()}>
      <div class="form">
        <ErrorSummary errors={errors} />
        <p>{text.offerWhy}</p>
        <Button wide icon="key" busy={busy && text.offerMaking} onPress={() => void make()}>
          {text.offerMake}
        </Button>
        <Button wide look="secondary" onPress={() => session.passkeys.notNow()}>
          {text.notNow}
        </Button>
      </div>
    </Sheet>
  );
}

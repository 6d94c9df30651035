import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Note } from "../../components/notice/Notice";
import { Sheet } from "../../components/sheet/Sheet";
import { words } from "../../i18n/language";
import { meWords } from "../../i18n/me";
import type { Handset } from "../../engine/protocol";
import type { MeModel } from "../../model/me";
import { SigningOutModel } from "../../model/signingOut";
import { useApp, useModel } from "../app/useApp";

export function RemoveSheet({ model, phone }: { model: MeModel; phone: Handset }) {
  const text = meWords();
  const close = (): void => {
    model.removing.value = null;
    model.errors.value = [];
  };
  return (
    <Sheet title={text.removeTitle(phone.name)} onClose={close}>
      <div class="form">
        <ErrorSummary errors={model.errors.value} />
        <p>{text.removeWhy}</p>
        <Button
          wide
          look="danger"
          busy={model.busy.value && text.removing}
          onPress={() => void model.removePhone()}
        >
          {text.removeNow}
        </Button>
        <Button wide look="secondary" onPress={close}>
          {words().app.cancel}
        </Button>
      </div>
    </Sheet>
  );
}

export function SignOutSheet({ onClose }: { onClose: () => void }) {
  const { session } = useApp();
  const model = useModel((app) => new SigningOutModel(app));
  const text = meWords();
  const unsent = session.live.outbox.value.waiting + session.live.outbox.value.failed;
  return (
    <Sheet title={text.signOutTitle} onClose={onClose}>
      <div class="form">
        <p>{text.signOutWhy}</p>
        {unsent > 0 && (
          <Note tone="warning">
            <p>{text.signOutUnsent(unsent)}</p>
          </Note>
        )}
        <Button
          wide
          look="danger"
          busy={model.busy.value && text.signingOut}
          onPress={() => void model.go()}
        >
          {text.signOutNow}
        </Button>
        <Button wide look="secondary" onPress={onClose}>
          {words().app.cancel}
        </Button>
      </div>
    </Sheet>
  );
}

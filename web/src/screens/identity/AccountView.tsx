import { useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Note } from "../../components/notice/Notice";
import { Heading } from "../../components/screen/Screen";
import { SlowLine } from "../../components/waiting/Waiting";
import { dateAndTime } from "../../i18n/format";
import { otherWords } from "../../i18n/otherPages";
import { problemText, type FieldError } from "../../model/problem";
import type { AccountDeed, SessionState } from "../../model/session";
import { useApp } from "../app/useApp";

type AccountState = Extract<SessionState, { at: "account" }>;

/** What other apps leave to us: who one is here, which devices are signed in, new keys for an app. */
export function AccountView({ account, ask, done }: AccountState) {
  const { session } = useApp();
  const text = otherWords();
  const [busy, setBusy] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const act = async (name: string, deed: AccountDeed): Promise<void> => {
    if (busy !== "") return;
    setBusy(name);
    const problem = await session.entrance.accountDeed(deed);
    setBusy("");
    setErrors(problem === null ? [] : [{ field: "", text: problemText(problem) }]);
  };
  const wanted = ask.action.endsWith("device_view") || ask.action.endsWith("device_delete");
  const devices =
    wanted && ask.deviceId !== ""
      ? account.devices.filter((device) => device.deviceId === ask.deviceId)
      : account.devices;
  return (
    <div class="form">
      <ErrorSummary errors={errors} />
      <Heading hint={account.role === "" ? undefined : account.role}>{account.displayName}</Heading>
      {done !== "" && (
        <Note tone="done">
          <p role="status">{done === "signed_out" ? text.signedOut : text.resetAllowed}</p>
        </Note>
      )}
      {ask.action === "org.matrix.cross_signing_reset" ? (
        done !== "reset_allowed" && (
          <>
            <p>{text.resetWhat}</p>
            <Note tone="warning" icon="key">
              <p>{text.resetWarning}</p>
            </Note>
            <Button
              wide
              look="danger"
              busy={busy === "reset" && text.working}
              onPress={() => void act("reset", { is: "allow_reset" })}
            >
              {text.allowReset}
            </Button>
          </>
        )
      ) : (
        <>
          <p>{ask.action === "org.matrix.account_deactivate" ? text.ends : text.fromDirectory}</p>
          <h2>{text.devices}</h2>
          {devices.length === 0 && <p>{text.noSuchDevice}</p>}
          <dl class="app-facts">
            {devices.map((device) => (
              <div key={device.deviceId}>
                <dt>{device.name === "" ? device.deviceId : device.name}</dt>
                <dd>{text.seen(dateAndTime(device.lastSeenTs))}</dd>
                <dd>
                  <Button
                    look="secondary"
                    busy={busy === device.deviceId && text.working}
                    onPress={() =>
                      void act(device.deviceId, { is: "sign_out", deviceId: device.deviceId })
                    }
                  >
                    {text.signOut(device.name === "" ? device.deviceId : device.name)}
                  </Button>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <SlowLine waiting={busy !== ""} />
    </div>
  );
}

import { TopBar } from "../../components/bars/Bars";
import { FailedState, Strip } from "../../components/notice/Notice";
import { Body, Screen, Section } from "../../components/screen/Screen";
import { Waiting } from "../../components/waiting/Waiting";
import type { ApprovedApp } from "../../engine/protocol";
import { appsWords } from "../../i18n/apps";
import { dateAndTime, plainDate } from "../../i18n/format";
import { ApprovedAppsModel } from "../../model/approvedApps";
import { useApp, useModel } from "../app/useApp";

/** Which apps the organisation has approved, and for what (G10); without a network as it was. */
export function AppsScreen() {
  const { navigation } = useApp();
  const model = useModel(
    (app) => new ApprovedAppsModel(app),
    (made) => void made.load(),
  );
  const text = appsWords();
  const state = model.apps.value;
  return (
    <Screen title={text.title}>
      <TopBar title={text.title} onBack={() => navigation.back()} />
      {state.is === "shown" && state.value.keptTs !== null && (
        <Strip tone="offline">{text.asOf(dateAndTime(state.value.keptTs))}</Strip>
      )}
      <Body plain>
        {state.is === "loading" && <Waiting label={text.loading} rows={3} shape="card" />}
        {state.is === "failed" && (
          <FailedState title={text.failed} text={state.text} onRetry={() => void model.load()} />
        )}
        {state.is === "shown" && (
          <>
            <section class="section">
              <p>{state.value.apps.length === 0 ? text.none : text.why}</p>
            </section>
            {state.value.apps.map((app) => (
              <One key={app.appId} app={app} />
            ))}
          </>
        )}
      </Body>
    </Screen>
  );
}

function One({ app }: { app: ApprovedApp }) {
  const text = appsWords();
  const facts: [string, string][] = [
    [text.approvedFor, app.approvedFor],
    [text.notFor, app.notApprovedFor],
    [text.unmet, app.unmetTips.join(", ")],
    [text.review, app.reviewDate === "" ? "" : plainDate(app.reviewDate)],
  ];
  return (
    <Section title={app.software}>
      <p>{app.purpose}</p>
      <p>
        <strong>{app.clinical ? text.clinical : text.notClinical}</strong>
      </p>
      <dl class="facts-list">
        {facts
          .filter(([, value]) => value !== "")
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </Section>
  );
}

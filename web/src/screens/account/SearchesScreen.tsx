import { TopBar } from "../../components/bars/Bars";
import { FailedState } from "../../components/notice/Notice";
import { Body, Screen, Section } from "../../components/screen/Screen";
import { Waiting } from "../../components/waiting/Waiting";
import { plainDate } from "../../i18n/format";
import { searchesWords } from "../../i18n/searches";
import { SearchesOfMineModel } from "../../model/searchesOfMine";
import { useApp, useModel } from "../app/useApp";

/** When this person's conversations were looked into, and for what kind of request (G39). */
export function SearchesScreen() {
  const { navigation } = useApp();
  const model = useModel(
    (app) => new SearchesOfMineModel(app),
    (made) => void made.load(),
  );
  const text = searchesWords();
  const state = model.notices.value;
  return (
    <Screen title={text.title}>
      <TopBar title={text.title} onBack={() => navigation.back()} />
      <Body plain>
        <section class="section">
          <p>{text.why}</p>
        </section>
        {state.is === "loading" && <Waiting label={text.loading} rows={2} shape="card" />}
        {state.is === "failed" && (
          <FailedState title={text.failed} text={state.text} onRetry={() => void model.load()} />
        )}
        {state.is === "shown" && state.value.length === 0 && (
          <section class="section">
            <p>
              <strong>{text.none}</strong>
            </p>
          </section>
        )}
        {state.is === "shown" &&
          state.value.map((one, at) => (
            <Section key={at} title={plainDate(one.date)}>
              <p>
                <strong>{text.kinds[one.kind]}</strong>
              </p>
              <p>{one.what === "metadata" ? text.metadata : text.content}</p>
            </Section>
          ))}
        <section class="section">
          <p class="me__text">{text.later}</p>
          <p class="me__text">{text.ask}</p>
        </section>
      </Body>
    </Screen>
  );
}

import { Entrance, Screen } from "../../components/screen/Screen";
import { Waiting } from "../../components/waiting/Waiting";
import { words } from "../../i18n/language";
import { LanguageChoice } from "../app/LanguageChoice";
import { useApp } from "../app/useApp";
import { useLater } from "../app/useLater";

const load = (): Promise<typeof import("./LostScreen")> => import("./LostScreen");

/** Fetched by those who need it: the first screen stays small. */
export function Lost() {
  const { session } = useApp();
  const deeds = session.entrance.lost;
  const module = useLater(load);
  const text = words().signIn;
  return (
    <Screen title={text.lost}>
      <Entrance>
        {module === null || deeds === null ? (
          <Waiting label={text.lost} rows={2} shape="card" />
        ) : (
          <module.LostScreen deeds={deeds} />
        )}
        <LanguageChoice />
      </Entrance>
    </Screen>
  );
}

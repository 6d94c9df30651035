import { Button } from "../../components/button/Button";
import { PersonLine } from "../../components/person/Person";
import { Sheet } from "../../components/sheet/Sheet";
import { findingWords } from "../../i18n/finding";
import type { DirectoryModel } from "../../model/directory";
import type { Person } from "../../engine/protocol";
import { useApp } from "../app/useApp";
import { availabilityText } from "./availability";
import { usePhoto } from "./usePhoto";

/** Somebody who cannot be written to was tapped: why, and what to do instead. */
export function UnreachableSheet({ model }: { model: DirectoryModel }) {
  const person = model.unreachable.value;
  return person && <Unreachable person={person} model={model} />;
}

function Unreachable({ person, model }: { person: Person; model: DirectoryModel }) {
  const { navigation } = useApp();
  const text = findingWords().unreachable;
  const photo = usePhoto(person);
  const close = (): void => void (model.unreachable.value = null);
  const away = person.availability.state !== "unknown";
  return (
    <Sheet title={text.title} onClose={close}>
      <PersonLine name={person.displayName} role={person.role} ward={person.ward} photo={photo} />
      <p class="unreachable__why">{text.why}</p>
      {away && <p class="unreachable__why">{availabilityText(person.availability)}.</p>}
      <p class="unreachable__why">{person.bleep === "" ? text.ring : text.bleep(person.bleep)}</p>
      <div class="unreachable__deeds">
        {person.ward !== "" && (
          <Button wide look="secondary" onPress={() => model.searchInstead(person.ward)}>
            {text.others(person.ward)}
          </Button>
        )}
        {person.role !== "" && (
          <Button wide look="secondary" onPress={() => model.searchInstead(person.role)}>
            {text.others(person.role)}
          </Button>
        )}
        <Button
          wide
          look="secondary"
          icon="bell"
          onPress={() => {
            close();
            navigation.go({ at: "on_call" });
          }}
        >
          {findingWords().directory.onCall}
        </Button>
      </div>
    </Sheet>
  );
}

import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Choices, Field } from "../../components/form/Field";
import { PersonLine } from "../../components/person/Person";
import { Sheet } from "../../components/sheet/Sheet";
import { detailsWords } from "../../i18n/details";
import { groupWords } from "../../i18n/groups";
import { AddColleagueModel } from "../../model/addColleague";
import type { Kept } from "../../model/directory";
import { useApp, useModel } from "../app/useApp";
import { DirectoryScreen } from "../directory/DirectoryScreen";

/** The directory, then one question: why. */
export function AddColleagueScreen({ roomId, kept }: { roomId: string; kept: Kept }) {
  const { navigation } = useApp();
  const model = useModel(
    (app) => new AddColleagueModel(app, roomId),
    (made) => void made.loadMembers(),
  );
  return (
    <>
      <DirectoryScreen
        taken={model.members.value.map((member) => member.userId)}
        kept={kept}
        roomId={roomId}
        onBack={() => navigation.back()}
        onChosen={(person) => model.choose(person)}
      />
      <ReasonSheet model={model} />
    </>
  );
}

/** Somebody of another employer: who answers for them, and until when (G27). */
function Outsider({ model, employer }: { model: AddColleagueModel; employer: string }) {
  const text = groupWords();
  const sponsors = model
    .sponsors()
    .map((member) => ({ value: member.userId, label: member.name, hint: member.role }));
  return (
    <>
      <p>{text.outsiderWhy(employer)}</p>
      <Choices
        id="sponsor"
        legend={text.sponsorLegend}
        choices={sponsors}
        value={model.sponsor.value}
        onChoose={(value) => (model.sponsor.value = value)}
        errors={model.errors.value}
      />
      <Choices
        id="days"
        legend={text.endLegend}
        choices={[
          { value: "7", label: text.ends.d7 },
          { value: "28", label: text.ends.d28 },
          { value: "84", label: text.ends.d84 },
        ]}
        value={model.days.value}
        onChoose={(value) => (model.days.value = value)}
        errors={model.errors.value}
      />
    </>
  );
}

function ReasonSheet({ model }: { model: AddColleagueModel }) {
  const text = detailsWords();
  const person = model.person.value;
  if (person === null) return null;
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.add();
  };
  return (
    <Sheet title={text.reasonTitle(person.displayName)} onClose={() => model.choose(null)}>
      <form class="form" noValidate onSubmit={submit}>
        <ErrorSummary errors={model.errors.value} />
        <PersonLine name={person.displayName} role={person.role} ward={person.ward} />
        <p>{text.addHint}</p>
        {person.outsider && <Outsider model={model} employer={person.employer} />}
        <Field
          id="reason"
          label={text.reason}
          hint={text.reasonHint}
          value={model.reason.value}
          onType={(value) => (model.reason.value = value)}
          maxLength={120}
          autoCapitalize="sentences"
          errors={model.errors.value}
        />
        <Button type="submit" wide busy={model.busy.value && text.adding}>
          {text.addNow}
        </Button>
      </form>
    </Sheet>
  );
}

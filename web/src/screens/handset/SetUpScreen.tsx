import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Choices, Field } from "../../components/form/Field";
import { TwiceTyped } from "../../components/form/TwiceTyped";
import { Icon, type IconName } from "../../components/icon/Icon";
import { Entrance, Heading, Screen } from "../../components/screen/Screen";
import { SlowLine } from "../../components/waiting/Waiting";
import { settingUpWords } from "../../i18n/settingUp";
import { duration } from "../../i18n/format";
import { setUpWords } from "../../i18n/setUpOnce";
import { SetUpModel } from "../../model/setUp";
import { useApp, useModel } from "../app/useApp";
import "./Handset.scss";

function Fact({ icon, children }: { icon: IconName; children: string }) {
  return (
    <li class="facts__one">
      <Icon name={icon} size={20} />
      <span>{children}</span>
    </li>
  );
}

/** The phone gets a name and a passcode, or is shared and keeps nothing; and its person agrees to the rules. */
export function SetUpScreen({ minLength }: { minLength: number }) {
  const { session } = useApp();
  const model = useModel((app) => new SetUpModel(app, minLength));
  const text = { ...settingUpWords(), ...setUpWords() };
  const state = session.state.value;
  const codesLeft = state.at === "choose_passcode" ? state.recoveryCodesLeft : null;
  const shared = model.shared.value;
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.submit();
  };
  return (
    <Screen title={text.title}>
      <Entrance>
        <form class="form" noValidate onSubmit={submit}>
          <ErrorSummary errors={model.errors.value} />
          <Heading>{text.title}</Heading>
          <Field
            id="name"
            label={text.name}
            hint={text.nameHint}
            value={model.name.value}
            onType={(value) => (model.name.value = value)}
            maxLength={40}
            autoCapitalize="sentences"
            errors={model.errors.value}
          />
          <Choices
            id="whose"
            legend={text.whose}
            choices={[
              { value: "mine", label: text.mine, hint: text.mineHint },
              { value: "shared", label: text.shared, hint: text.sharedHint },
            ]}
            value={shared ? "shared" : "mine"}
            onChoose={(value) => (model.shared.value = value === "shared")}
          />
          {shared ? <NothingKept model={model} /> : <Passcode model={model} />}
          <Rules />
          {codesLeft !== null && <p class="facts__note">{text.recoveryLeft(codesLeft)}</p>}
          <Button type="submit" wide busy={model.busy.value && text.working}>
            {shared ? text.sharedFinish : text.finish}
          </Button>
          <SlowLine waiting={model.busy.value} />
        </form>
      </Entrance>
    </Screen>
  );
}

function Passcode({ model }: { model: SetUpModel }) {
  const text = { ...settingUpWords(), ...setUpWords() };
  return (
    <>
      <div>
        <h2 class="facts__title">{text.passcodeTitle}</h2>
        <ul class="facts">
          <Fact icon="shield">{text.does}</Fact>
          <Fact icon="phone">{text.doesNot}</Fact>
          <Fact icon="check">{text.touches}</Fact>
        </ul>
      </div>
      <TwiceTyped
        digits
        first={{
          id: "passcode",
          label: text.passcode,
          hint: text.passcodeHint(model.minLength),
          value: model.passcode.value,
          onType: (value) => (model.passcode.value = value),
        }}
        again={{
          id: "again",
          label: text.again,
          value: model.again.value,
          onType: (value) => (model.again.value = value),
        }}
        errors={model.errors.value}
      />
    </>
  );
}

function NothingKept({ model }: { model: SetUpModel }) {
  const text = { ...settingUpWords(), ...setUpWords() };
  return (
    <div>
      <h2 class="facts__title">{text.sharedTitle}</h2>
      <ul class="facts">
        <Fact icon="clock">{text.sharedDoes(duration(model.sharedIdleSeconds() * 1000))}</Fact>
        <Fact icon="check">{text.touches}</Fact>
      </ul>
    </div>
  );
}

function Rules() {
  const text = { ...settingUpWords(), ...setUpWords() };
  return (
    <div>
      <h2 class="facts__title">{text.rules}</h2>
      <ul class="facts">
        {text.rule.map((rule) => (
          <Fact key={rule} icon="check">
            {rule}
          </Fact>
        ))}
      </ul>
      <p class="facts__note">{text.lost(`${location.host}/lost`)}</p>
    </div>
  );
}

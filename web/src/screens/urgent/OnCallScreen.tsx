import { useEffect, useState } from "preact/hooks";
import { TopBar } from "../../components/bars/Bars";
import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Field } from "../../components/form/Field";
import { FailedState, Note, State } from "../../components/notice/Notice";
import { Body, Screen, Section } from "../../components/screen/Screen";
import { Sheet } from "../../components/sheet/Sheet";
import { SheetForm } from "../../components/sheet/SheetForm";
import { Tag } from "../../components/tag/Tag";
import { Waiting } from "../../components/waiting/Waiting";
import type { OnCallRole, Person, Shift } from "../../engine/protocol";
import { moment } from "../../i18n/format";
import { words } from "../../i18n/language";
import { urgentWords } from "../../i18n/urgent";
import { OnCallModel } from "../../model/onCall";
import { useApp, useModel } from "../app/useApp";
import { useFinding } from "../directory/useFinding";
import { emptyWarning, heldBy } from "./onDuty";
import "./Urgent.scss";

type Over =
  | { readonly is: "nothing" }
  | { readonly is: "take"; readonly role: OnCallRole }
  /** The directory, to choose who has it from now on. */
  | { readonly is: "who"; readonly role: OnCallRole }
  | { readonly is: "hand_over"; readonly role: OnCallRole; readonly to: Person };

const NOTHING: Over = { is: "nothing" };
const LOOK_AGAIN_MS = 60_000;

export function OnCallScreen() {
  const { navigation, session } = useApp();
  const model = useModel(
    (app) => new OnCallModel(app),
    (made) => {
      void made.load();
      const timer = setInterval(() => void made.load(), LOOK_AGAIN_MS);
      return () => clearInterval(timer);
    },
  );
  const finding = useFinding();
  const [over, setOver] = useState<Over>(NOTHING);
  const close = (): void => setOver(NOTHING);
  const text = urgentWords();
  if (over.is === "who")
    return finding === null ? (
      <Waiting label={words().nav.directory} rows={4} />
    ) : (
      <finding.DirectoryScreen
        taken={over.role.holders.map((one) => one.userId)}
        onBack={close}
        onChosen={(to) => setOver({ is: "hand_over", role: over.role, to })}
      />
    );
  return (
    <Screen title={text.rolesTitle}>
      <TopBar
        title={text.rolesTitle}
        status={session.live.connection.value}
        onBack={() => navigation.back()}
      />
      <Body plain>
        <Roles model={model} onOver={setOver} />
      </Body>
      {over.is === "take" && <TakeSheet model={model} role={over.role} onClose={close} />}
      {over.is === "hand_over" && (
        <HandOverSheet model={model} role={over.role} to={over.to} onClose={close} />
      )}
    </Screen>
  );
}

function Roles({ model, onOver }: { model: OnCallModel; onOver: (over: Over) => void }) {
  const text = urgentWords();
  const roles = model.roles.value;
  switch (roles.is) {
    case "loading":
      return <Waiting label={text.rolesLoading} rows={4} />;
    case "failed":
      return (
        <FailedState title={text.rolesFailed} text={roles.text} onRetry={() => void model.load()} />
      );
    case "here":
      if (roles.all.length === 0)
        return <State icon="people" title={text.rolesEmptyTitle} text={text.noRoles} />;
      return roles.all.map((role) => (
        <RoleView key={role.roleId} role={role} model={model} onOver={onOver} />
      ));
  }
}

interface RoleProps {
  role: OnCallRole;
  model: OnCallModel;
  onOver: (over: Over) => void;
}

function RoleView({ role, model, onOver }: RoleProps) {
  const { surroundings } = useApp();
  const text = urgentWords();
  const now = surroundings.now();
  const holds = model.holds(role);
  const warning = emptyWarning(role);
  return (
    <Section title={role.name}>
      {role.ward !== "" && <p class="role__ward">{role.ward}</p>}
      {warning !== null && <Note tone="problem">{warning}</Note>}
      {warning === null && role.warning === "empty_soon" && role.emptyFromTs !== null && (
        <Note tone="warning">{text.nobodySoon(moment(role.emptyFromTs, now))}</Note>
      )}
      <dl class="facts-list">
        <div>
          <dt>{text.now}</dt>
          <dd>
            <Shifts shifts={role.holders} none={text.nobodyNow} />
          </dd>
        </div>
        <div>
          <dt>{text.next}</dt>
          <dd>
            <Shifts shifts={role.next.slice(0, 2)} none={text.nobodyNext} later />
          </dd>
        </div>
      </dl>
      {role.escalatesTo !== "" && <p class="role__ward">{text.goesOnTo(role.escalatesTo)}</p>}
      <div class="role__deeds">
        {holds ? (
          <Button look="secondary" onPress={() => onOver({ is: "who", role })}>
            {text.handOver}
            <span class="hidden">: {role.name}</span>
          </Button>
        ) : (
          <Button look="secondary" onPress={() => onOver({ is: "take", role })}>
            {text.take}
            <span class="hidden">: {role.name}</span>
          </Button>
        )}
      </div>
    </Section>
  );
}

function Shifts({
  shifts,
  none,
  later = false,
}: {
  shifts: readonly Shift[];
  none: string;
  later?: boolean;
}) {
  const { surroundings } = useApp();
  const text = urgentWords();
  const now = surroundings.now();
  if (shifts.length === 0) return <>{none}</>;
  return (
    <ul>
      {shifts.map((one) => (
        <li key={`${one.userId} ${one.fromTs}`}>
          {later
            ? `${one.name}, ${text.fromTo(moment(one.fromTs, now), moment(one.untilTs, now))}`
            : heldBy(one, now)}{" "}
          {one.own && !later && <Tag tone="blue">{text.youHold}</Tag>}
        </li>
      ))}
    </ul>
  );
}

interface DeedProps {
  model: OnCallModel;
  role: OnCallRole;
  onClose: () => void;
}

function TakeSheet({ model, role, onClose }: DeedProps) {
  useEffect(() => model.startTaking(), [model]);
  const text = urgentWords();
  return (
    <SheetForm
      title={text.takeTitle(role.name)}
      errors={model.errors.value}
      onSubmit={() => model.take(role)}
      onClose={onClose}
    >
      <p>{text.takeWhy}</p>
      <Field
        id="take-until"
        label={text.takeUntil}
        type="datetime-local"
        value={model.until.value}
        onType={(value) => (model.until.value = value)}
        errors={model.errors.value}
      />
      <Button type="submit" wide busy={model.busy.value && text.taking}>
        {text.take}
      </Button>
    </SheetForm>
  );
}

function HandOverSheet({ model, role, to, onClose }: DeedProps & { to: Person }) {
  const text = urgentWords();
  const who = [to.displayName, to.role].filter(Boolean).join(", ");
  const handOver = async (): Promise<void> => {
    if (await model.handOver(role, to)) onClose();
  };
  return (
    <Sheet title={text.handOverTo(who)} onClose={onClose}>
      <div class="form">
        <ErrorSummary errors={model.errors.value} />
        <p>{text.handOverWhy(role.name)}</p>
        <Button wide busy={model.busy.value && text.handingOver} onPress={() => void handOver()}>
          {text.handOverDo}
        </Button>
      </div>
    </Sheet>
  );
}

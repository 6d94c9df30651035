import { useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { Icon } from "../../components/icon/Icon";
import { FailedState } from "../../components/notice/Notice";
import { Section } from "../../components/screen/Screen";
import { Sheet } from "../../components/sheet/Sheet";
import { Waiting } from "../../components/waiting/Waiting";
import type { Handset, PhoneFact } from "../../engine/protocol";
import { dateAndTime, listTime, shortDate } from "../../i18n/format";
import { words } from "../../i18n/language";
import { meWords } from "../../i18n/me";
import { safetyWords } from "../../i18n/safety";
import { factName, factValue, phoneState } from "../../model/phoneFacts";
import type { MeModel } from "../../model/me";
import { useApp } from "../app/useApp";
import { RemoveSheet } from "./MeSheets";

/** This phone first, then the others: what is known of each, and by whom. */
export function Phones({ model }: { model: MeModel }) {
  const [shown, setShown] = useState<Handset | null>(null);
  const text = meWords();
  const state = model.phones.value;
  if (state.is === "loading")
    return (
      <Section title={text.phones}>
        <Waiting label={text.phones} rows={1} shape="card" />
      </Section>
    );
  if (state.is === "failed") {
    return (
      <Section title={text.phones}>
        <FailedState
          title={text.phonesFailed}
          text={state.text}
          onRetry={() => void model.loadPhones()}
        />
      </Section>
    );
  }
  const own = state.value.filter((phone) => phone.thisOne);
  const others = state.value.filter((phone) => !phone.thisOne);
  const remove = (phone: Handset): void => {
    setShown(null);
    model.removing.value = phone;
  };
  return (
    <Section title={text.phones}>
      <ul>
        {[...own, ...others].map((phone) => (
          <Phone key={phone.handsetId} phone={phone} onShow={() => setShown(phone)} />
        ))}
      </ul>
      {others.length === 0 && <p class="me__text">{text.noOthers}</p>}
      {shown !== null && (
        <PhoneSheet phone={shown} onClose={() => setShown(null)} onRemove={() => remove(shown)} />
      )}
      {model.removing.value !== null && <RemoveSheet model={model} phone={model.removing.value} />}
    </Section>
  );
}

function Phone({ phone, onShow }: { phone: Handset; onShow: () => void }) {
  const { surroundings } = useApp();
  const text = meWords();
  const used =
    phone.lastSeenTs === null
      ? text.neverUsed
      : text.lastUsed(listTime(phone.lastSeenTs, surroundings.now()));
  return (
    <li class="phone">
      <span class="phone__icon">
        <Icon name="phone" size={24} />
      </span>
      <span class="phone__words">
        <span class="phone__name">{phone.name}</span>
        <span class="phone__line">
          {phone.thisOne ? text.thisPhone : text.enrolled(shortDate(phone.enrolledTs))}
        </span>
        {!phone.thisOne && <span class="phone__line">{used}</span>}
        {phone.state !== "active" && (
          <span class="phone__line">
            <strong>{phoneState(phone.state)}</strong>
          </span>
        )}
      </span>
      <Button small look="secondary" label={text.detailsOf(phone.name)} onPress={onShow}>
        {text.details}
      </Button>
    </li>
  );
}

interface PhoneSheetProps {
  phone: Handset;
  onClose: () => void;
  onRemove: () => void;
}

function PhoneSheet({ phone, onClose, onRemove }: PhoneSheetProps) {
  const { session } = useApp();
  const text = meWords();
  const inForce = session.live.policy.value?.version;
  const seen = phone.lastSeenTs === null ? text.neverUsed : dateAndTime(phone.lastSeenTs);
  const lines: [string, string][] = [
    [text.state, phoneState(phone.state)],
    [text.seen, seen],
    [text.setUpOn, dateAndTime(phone.enrolledTs)],
    [text.whose, phone.owner === "trust" ? text.trusts : text.own],
    [
      text.policy,
      inForce === undefined || inForce === phone.policyVersion
        ? text.versionIs(phone.policyVersion)
        : text.olderVersion(phone.policyVersion, inForce),
    ],
  ];
  return (
    <Sheet title={phone.name} size="full" onClose={onClose}>
      <div class="form">
        <dl class="facts-list">
          {lines.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <h3>{text.known}</h3>
        <p class="me__text">{safetyWords().selfReported}</p>
        <Facts facts={phone.facts} />
        {!phone.thisOne && (
          <Button wide look="danger" onPress={onRemove}>
            {text.removeNow}
          </Button>
        )}
        <Button wide look="secondary" onPress={onClose}>
          {words().app.close}
        </Button>
      </div>
    </Sheet>
  );
}

/** Each with who says so, and never shown as more than that. */
function Facts({ facts }: { facts: readonly PhoneFact[] }) {
  const text = meWords();
  if (facts.length === 0) return <p>{text.nothingKnown}</p>;
  return (
    <dl class="app-facts">
      {facts.map((fact) => (
        <div key={`${fact.fact} ${fact.provenance}`}>
          <dt>{factName(fact.fact)}</dt>
          <dd>{factValue(fact)}</dd>
          <dd class="phone__line">
            {text.provenance[fact.provenance]} ({shortDate(fact.atTs)})
          </dd>
        </div>
      ))}
    </dl>
  );
}

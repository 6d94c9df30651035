import { Button } from "../../components/button/Button";
import { Choices } from "../../components/form/Field";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { FailedState } from "../../components/notice/Notice";
import { PersonLine } from "../../components/person/Person";
import { Section } from "../../components/screen/Screen";
import { Sheet } from "../../components/sheet/Sheet";
import { Tag } from "../../components/tag/Tag";
import { Waiting } from "../../components/waiting/Waiting";
import type { GroupMember, MembershipFacts } from "../../engine/protocol";
import { detailsWords } from "../../i18n/details";
import { shortDate } from "../../i18n/format";
import { groupWords } from "../../i18n/groups";
import type { GroupModel } from "../../model/group";
import { useApp } from "../app/useApp";
import "./Groups.scss";

/** Everybody in it, by whose word and why (G27), and when that is looked at again (G28). */
export function MemberSection({ model }: { model: GroupModel }) {
  const { navigation } = useApp();
  const text = groupWords();
  const state = model.facts.value;
  const room = model.room.value;
  return (
    <>
      <Section
        title={`${detailsWords().members} (${String(room?.headCount ?? model.members.value.length)})`}
      >
        {state.is === "loading" && <Waiting label={text.loading} rows={2} shape="card" />}
        {state.is === "failed" && (
          <FailedState title={text.failed} text={state.text} onRetry={() => void model.load()} />
        )}
        <ul>
          {model.members.value.map((member) => (
            <MemberRow key={member.userId} member={member} model={model} />
          ))}
        </ul>
        {room?.joined === true && state.is === "shown" && !model.leads.value && (
          <p class="details__none">{text.mayAdd}</p>
        )}
        {room?.joined === true && model.leads.value && (
          <div class="member-deeds">
            <Button
              wide
              look="secondary"
              icon="plus"
              onPress={() => navigation.go({ at: "add", roomId: room.id })}
            >
              {text.add}
            </Button>
            <Button
              wide
              look="secondary"
              icon="people"
              onPress={() => navigation.go({ at: "team", roomId: room.id })}
            >
              {text.addTeam}
            </Button>
            <Button
              wide
              look="secondary"
              icon="clock"
              onPress={() => navigation.go({ at: "rota", roomId: room.id })}
            >
              {text.addRota}
            </Button>
          </div>
        )}
      </Section>
      {state.is === "shown" && <ReviewSection model={model} facts={state.value} />}
      <HandOverSheet model={model} />
    </>
  );
}

function MemberRow({ member, model }: { member: GroupMember; model: GroupModel }) {
  const text = groupWords();
  return (
    <li class="member member--told">
      <PersonLine name={member.name} role={member.role} ward={member.ward} />
      {member.owner && <Tag tone="blue">{text.ownerTag}</Tag>}
      {member.deputy && <Tag tone="blue">{text.deputyTag}</Tag>}
      {member.outsider && <Tag tone="amber">{text.outsider}</Tag>}
      {model.isMe(member) && <Tag>{text.youTag}</Tag>}
      <HowTheyCame member={member} model={model} />
    </li>
  );
}

export function HowTheyCame({ member, model }: { member: GroupMember; model: GroupModel }) {
  const text = groupWords();
  const lines = [];
  if (member.addedBy !== null && member.addedTs !== null && !member.owner) {
    const way = { one: "", ward: `, ${text.byWard}`, rota: `, ${text.byRota}` }[member.by ?? "one"];
    lines.push(text.addedBy(model.nameOf(member.addedBy), shortDate(member.addedTs)) + way);
    if (member.reason !== "") lines.push(text.why(member.reason));
  }
  if (member.untilTs !== null) lines.push(text.until(shortDate(member.untilTs)));
  if (member.sponsor !== null) lines.push(text.sponsor(model.nameOf(member.sponsor)));
  return lines.length === 0 ? null : <p class="member__how">{lines.join(" · ")}</p>;
}

function ReviewSection({ model, facts }: { model: GroupModel; facts: MembershipFacts }) {
  const { navigation, surroundings } = useApp();
  const text = groupWords();
  const due = shortDate(facts.dueTs);
  const late = facts.dueTs <= surroundings.now();
  const { last } = facts;
  return (
    <Section title={text.review}>
      <p>
        {late ? text.reviewLate(due) : text.reviewBy(due)}. {text.every(facts.everyDays)}.
      </p>
      <p class="details__none">
        {last === null
          ? text.neverReviewed
          : text.lastReview(
              model.nameOf(last.reviewedBy),
              shortDate(last.reviewedTs),
              last.removed,
            )}
      </p>
      <div class="member-deeds">
        {facts.mayReview ? (
          <Button
            wide
            look={late ? "primary" : "secondary"}
            onPress={() => navigation.go({ at: "review", roomId: model.roomId })}
          >
            {text.reviewNow}
          </Button>
        ) : (
          <p class="details__none">{text.onlyOwner}</p>
        )}
        {model.owns.value && (
          <Button wide look="secondary" onPress={() => model.askHandOver()}>
            {text.handOver}
          </Button>
        )}
      </div>
    </Section>
  );
}

function HandOverSheet({ model }: { model: GroupModel }) {
  const text = groupWords();
  const wanted = model.handing.value;
  if (wanted === null) return null;
  const own = model.members.value
    .filter((member) => !member.outsider)
    .map((member) => ({ value: member.userId, label: member.name, hint: member.role }));
  const deputies = [
    { value: "", label: text.nobody },
    ...own.filter((one) => one.value !== wanted.owner),
  ];
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.handOver();
  };
  return (
    <Sheet title={text.handOver} size="full" onClose={() => (model.handing.value = null)}>
      <form class="form" noValidate onSubmit={submit}>
        <ErrorSummary errors={model.errors.value} />
        <p>{text.handOverWhy}</p>
        <Choices
          id="deputy"
          legend={text.newDeputy}
          choices={deputies}
          value={wanted.deputy}
          onChoose={(deputy) => (model.handing.value = { ...wanted, deputy })}
        />
        <Choices
          id="owner"
          legend={text.newOwner}
          choices={own}
          value={wanted.owner}
          onChoose={(owner) => (model.handing.value = { ...wanted, owner })}
        />
        <Button type="submit" wide busy={model.busy.value && text.saving}>
          {text.save}
        </Button>
      </form>
    </Sheet>
  );
}

import { TopBar } from "../../components/bars/Bars";
import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { FailedState } from "../../components/notice/Notice";
import { PersonLine } from "../../components/person/Person";
import { Body, Screen } from "../../components/screen/Screen";
import { Tag } from "../../components/tag/Tag";
import { SlowLine, Waiting } from "../../components/waiting/Waiting";
import type { GroupMember } from "../../engine/protocol";
import { groupWords } from "../../i18n/groups";
import { fieldOf, ReviewModel, type Answer } from "../../model/reviewMembers";
import { OfflineStrip } from "../app/OfflineStrip";
import { useApp, useModel } from "../app/useApp";
import { HowTheyCame } from "./MemberSection";

export function Reviewing({ roomId }: { roomId: string }) {
  const model = useModel(
    (app) => new ReviewModel(app, roomId),
    (made) => made.group.follow(),
  );
  return <ReviewScreen model={model} />;
}

/** Every member by name, keep or take out (G28). Nothing is chosen beforehand. */
function ReviewScreen({ model }: { model: ReviewModel }) {
  const { navigation } = useApp();
  const text = groupWords();
  const group = model.group;
  const state = group.facts.value;
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.send();
  };
  return (
    <Screen title={text.reviewTitle} kind={group.room.value?.kind ?? "clinical"}>
      <TopBar title={text.reviewTitle} onBack={() => navigation.back()} />
      <OfflineStrip where="list" />
      <Body>
        {state.is === "loading" && <Waiting label={text.loading} rows={4} shape="card" />}
        {state.is === "failed" && (
          <FailedState title={text.failed} text={state.text} onRetry={() => void group.load()} />
        )}
        {state.is === "shown" && !state.value.mayReview && <p>{text.onlyOwner}</p>}
        {state.is === "shown" && state.value.mayReview && (
          <form class="form" noValidate onSubmit={submit}>
            <ErrorSummary errors={model.errors.value} />
            {state.value.purpose !== "" && <h2 class="review-what">{state.value.purpose}</h2>}
            <p>{text.reviewWhy}</p>
            {state.value.members.map((member) => (
              <OneMember key={member.userId} member={member} model={model} />
            ))}
            <p class="review-left" role="status">
              {model.left.value.length > 0 && text.answerAll(model.left.value.length)}
            </p>
            <Button type="submit" wide busy={model.busy.value && text.sending}>
              {text.sendReview}
            </Button>
            <SlowLine waiting={model.busy.value} />
          </form>
        )}
      </Body>
    </Screen>
  );
}

function OneMember({ member, model }: { member: GroupMember; model: ReviewModel }) {
  const text = groupWords();
  const id = fieldOf(member);
  const answer = model.answerOf(member);
  return (
    <fieldset class="review-one">
      <legend class="hidden">{text.answer(member.name)}</legend>
      <div class="member member--told">
        <PersonLine name={member.name} role={member.role} ward={member.ward} />
        {member.outsider && <Tag tone="amber">{text.outsider}</Tag>}
        <HowTheyCame member={member} model={model.group} />
      </div>
      {member.owner ? (
        <p class="member__how">{text.ownerStays}</p>
      ) : (
        <div class="review-one__answers">
          {(["keep", "remove"] as const satisfies Answer[]).map((one, index) => (
            <label class="choice" key={one}>
              <input
                class="choice__input"
                type="radio"
                id={index === 0 ? id : undefined}
                name={id}
                value={one}
                checked={answer === one}
                onChange={() => model.decide(member, one)}
              />
              <span class="choice__mark" />
              <span class="choice__words">{text[one]}</span>
            </label>
          ))}
        </div>
      )}
    </fieldset>
  );
}

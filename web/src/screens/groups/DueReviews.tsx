import { useEffect } from "preact/hooks";
import { TopBar } from "../../components/bars/Bars";
import { Button } from "../../components/button/Button";
import { Icon } from "../../components/icon/Icon";
import { FailedState, State, Strip } from "../../components/notice/Notice";
import { Body, Screen } from "../../components/screen/Screen";
import { Tag } from "../../components/tag/Tag";
import { Waiting } from "../../components/waiting/Waiting";
import type { ReviewAsked } from "../../engine/protocol";
import { shortDate } from "../../i18n/format";
import { words } from "../../i18n/language";
import { reviewsWords } from "../../i18n/reviews";
import { DueReviewsModel } from "../../model/dueReviews";
import { OfflineStrip } from "../app/OfflineStrip";
import { useApp, useModel } from "../app/useApp";
import "../room/List.scss";
import "./Groups.scss";

/** Over the lists: whose members wait to be looked at (G28). */
export function DueReviews({ shown }: { shown: boolean }) {
  const { navigation, session } = useApp();
  const model = useModel((app) => new DueReviewsModel(app));
  const told = session.live.reviews.value;
  const connected = session.live.connection.value === "Up to date";
  useEffect(() => {
    if (shown && connected) void model.look();
  }, [model, told, shown, connected]);
  const text = reviewsWords();
  const count = model.count();
  if (!shown || count === 0) return null;
  return (
    <Strip tone="plain" icon="people">
      <span class="strip-action">
        {text.waiting(count)}
        <Button small look="secondary" onPress={() => navigation.go({ at: "reviews" })}>
          {text.look}
        </Button>
      </span>
    </Strip>
  );
}

export function DueReviewsScreen() {
  const { navigation } = useApp();
  const model = useModel(
    (app) => new DueReviewsModel(app),
    (made) => void made.look(),
  );
  const text = reviewsWords();
  const state = model.reviews.value;
  return (
    <Screen title={text.title}>
      <TopBar title={text.title} onBack={() => navigation.back()} />
      <OfflineStrip where="list" />
      <Body plain>
        {state.is === "loading" && <Waiting label={text.loading} rows={3} />}
        {state.is === "failed" && (
          <FailedState title={text.failed} text={state.text} onRetry={() => void model.look()} />
        )}
        {state.is === "shown" && state.value.length === 0 && (
          <State icon="people" title={text.emptyTitle} text={text.empty} />
        )}
        {state.is === "shown" && state.value.length > 0 && (
          <>
            <p class="reviews-why">{text.why}</p>
            <ul class="list" aria-label={text.title}>
              {state.value.map((review) => (
                <One key={review.roomId} review={review} />
              ))}
            </ul>
          </>
        )}
      </Body>
    </Screen>
  );
}

function One({ review }: { review: ReviewAsked }) {
  const { navigation, surroundings } = useApp();
  const text = reviewsWords();
  const { kind, roomId, dueTs } = review;
  const late = dueTs <= surroundings.now();
  const standing = text.standings[review.standing] ?? "";
  return (
    <li class={`kind-${kind}`}>
      <button
        type="button"
        class="list-row"
        onClick={() => navigation.go({ at: "review", roomId })}
      >
        <span class="list-row__icon">
          <Icon name={kind} size={22} />
          <span class="hidden">{words().kind[kind]}: </span>
        </span>
        <span class="list-row__main">
          <span class="list-row__title">{review.purpose}</span>
          <span class="list-row__who">{text.as[review.as]}</span>
          <span class="list-row__last">{(late ? text.late : text.due)(shortDate(dueTs))}</span>
        </span>
        {standing !== "" && (
          <span class="list-row__tags">
            <Tag tone="amber" icon="people">
              {standing}
            </Tag>
          </span>
        )}
      </button>
    </li>
  );
}

import { useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { feedbackWords } from "../../i18n/feedback";
import { attempt } from "../../model/problem";
import { useApp } from "../app/useApp";
import "./Feedback.scss";

/** Under a check that interrupts: was it worth it (G02). Added up for the organisation, and nobody waits for it. */
export function Feedback({ rule }: { rule: string }) {
  const { session } = useApp();
  const [said, setSaid] = useState(false);
  const text = feedbackWords();
  const say = (useful: boolean): void => {
    setSaid(true);
    void attempt(session, "feedback", { rule, useful });
  };
  return (
    <div class="feedback" role="status">
      {said ? (
        <p>{text.thanks}</p>
      ) : (
        <>
          <p>{text.ask}</p>
          <Button small look="quiet" onPress={() => say(true)}>
            {text.helped}
          </Button>
          <Button small look="quiet" onPress={() => say(false)}>
            {text.inTheWay}
          </Button>
        </>
      )}
    </div>
  );
}

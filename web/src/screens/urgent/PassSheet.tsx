import { useEffect } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { Choices } from "../../components/form/Field";
import { Note } from "../../components/notice/Notice";
import { SheetForm } from "../../components/sheet/SheetForm";
import type { Urgent } from "../../engine/protocol";
import { urgentWords } from "../../i18n/urgent";
import type { UrgentBoardModel } from "../../model/urgentBoard";
import { PassModel } from "../../model/urgentPass";
import { useApp, useModel } from "../app/useApp";
import { onDuty } from "./onDuty";

interface PassProps {
  urgent: Urgent;
  board: UrgentBoardModel;
  onClose: () => void;
}

/** "I cannot" is said at once; who can is one more tap. */
export function PassSheet({ urgent, board, onClose }: PassProps) {
  const { surroundings } = useApp();
  const model = useModel((app) => new PassModel(app, urgent, board));
  useEffect(() => void model.load(), [model]);
  const text = urgentWords();
  const roles = model.roles.value.is === "here" ? model.roles.value.all : [];
  const now = surroundings.now();
  const choices = [
    { value: "nobody", label: text.passNobody },
    ...roles
      .filter((role) =>
        role.holders.some((one) => one.reachable && !one.own && one.userId !== urgent.from.userId),
      )
      .map((role) => ({
        value: `role ${role.roleId}`,
        label: role.name,
        hint: onDuty(role, now),
      })),
    ...model.people.value.map((person) => ({
      value: `person ${person.userId}`,
      label: person.name,
      hint: person.role,
    })),
  ];
  return (
    <SheetForm
      title={text.passTitle}
      size="full"
      errors={model.errors.value}
      onSubmit={() => model.send()}
      onClose={onClose}
    >
      <Choices
        id="pass"
        legend={text.passOn}
        hint={text.passWhy}
        choices={choices}
        value={model.choice.value}
        onChoose={(value) => (model.choice.value = value)}
        errors={model.errors.value}
      />
      {board.problem.value !== null && (
        <div role="alert">
          <Note tone="problem">
            <p>
              {text.answerFailed} {board.problem.value.text}
            </p>
          </Note>
        </div>
      )}
      <Button type="submit" wide busy={board.busy.value !== null && text.answering}>
        {model.choice.value === null || model.choice.value === "nobody"
          ? text.cannotDo
          : text.passOn}
      </Button>
    </SheetForm>
  );
}

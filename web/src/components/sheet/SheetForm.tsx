import type { ComponentChildren } from "preact";
import { ErrorSummary } from "../form/ErrorSummary";
import type { FieldProblem } from "../form/Field";
import { Sheet } from "./Sheet";

interface SheetFormProps {
  title: string;
  size?: "low" | "full";
  errors: readonly FieldProblem[];
  /** True: it is done, and the sheet closes. */
  onSubmit: () => Promise<boolean>;
  onClose: () => void;
  children: ComponentChildren;
}

/** A sheet with fields: what is wrong stands at its top. */
export function SheetForm({ title, size, errors, onSubmit, onClose, children }: SheetFormProps) {
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await onSubmit()) onClose();
  };
  return (
    <Sheet title={title} size={size ?? "low"} onClose={onClose}>
      <form class="form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} />
        {children}
      </form>
    </Sheet>
  );
}

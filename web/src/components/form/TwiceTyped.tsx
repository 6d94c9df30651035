import { Field, type FieldProblem } from "./Field";

interface Typed {
  id: string;
  label: string;
  value: string;
  onType: (text: string) => void;
}

interface TwiceTypedProps {
  first: Typed & { hint: string };
  again: Typed;
  /** A passcode, of digits. */
  digits?: boolean;
  errors: readonly FieldProblem[];
}

/** A new secret, typed twice, so that nobody is shut out by a slip. */
export function TwiceTyped({ first, again, digits = false, errors }: TwiceTypedProps) {
  const both = {
    type: "password",
    inputMode: digits ? "numeric" : undefined,
    autoComplete: "new-password",
    errors,
  } as const;
  return (
    <>
      <Field {...first} {...both} />
      <Field {...again} {...both} />
    </>
  );
}

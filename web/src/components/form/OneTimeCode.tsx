import { Field, type FieldProblem } from "./Field";

interface OneTimeCodeProps {
  id?: string;
  label: string;
  hint?: string;
  value: string;
  onType: (text: string) => void;
  errors: readonly FieldProblem[];
}

/** Six digits of an authenticator app. */
export function OneTimeCode({ id = "code", ...props }: OneTimeCodeProps) {
  return <Field id={id} inputMode="numeric" autoComplete="one-time-code" width="code" {...props} />;
}

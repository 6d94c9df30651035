import { age, plainDate } from "../../i18n/format";
import { words } from "../../i18n/language";
import "./PatientCard.scss";

export interface PatientShown {
  readonly name: string;
  readonly birthDate: string;
  readonly nhsNumber: string;
}

const spaced = (digits: string): string => digits.replace(/^(\d{3})(\d{3})(\d{4})$/, "$1 $2 $3");

/**
 * Who the patient is, in the order of the NHS patient banner: name, born with age, NHS number.
 * It is here so that nobody has to write it in a message.
 */
export function PatientCard({
  patient,
  now,
  large = false,
}: {
  patient: PatientShown;
  now: number;
  large?: boolean;
}) {
  const text = words().patient;
  return (
    <section class={large ? "patient patient--large" : "patient"} aria-label={text.label}>
      <p class="patient__name">{patient.name}</p>
      <dl class="patient__facts">
        <div>
          <dt>{text.born}</dt>
          <dd>
            {plainDate(patient.birthDate)}{" "}
            <span class="patient__age">({age(patient.birthDate, now)})</span>
          </dd>
        </div>
        <div>
          <dt>
            <abbr title={text.nhs}>{text.nhsShort}</abbr>
          </dt>
          <dd class="patient__number">{spaced(patient.nhsNumber)}</dd>
        </div>
      </dl>
    </section>
  );
}

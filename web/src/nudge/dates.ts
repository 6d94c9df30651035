/** Reads the dates people type. Pure: today is handed in as YYYY-MM-DD. */

interface PlainDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const MONTHS: Readonly<Record<string, number>> = {
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  oct: 10,
  nov: 11,
  dec: 12,
  ion: 1,
  chw: 2,
  maw: 3,
  ebr: 4,
  mai: 5,
  meh: 6,
  gor: 7,
  aws: 8,
  med: 9,
  hyd: 10,
  tac: 11,
  rha: 12,
};

function fullYear(text: string, today: string): number {
  if (text.length === 4) return Number(text);
  const century = Number(today.slice(0, 2)) * 100;
  const year = century + Number(text);
  return year > Number(today.slice(0, 4)) ? year - 100 : year;
}

function real(year: number, month: number, day: number): PlainDate | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const same =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same && year >= 1890 ? { year, month, day } : undefined;
}

function readWords(text: string, today: string): PlainDate | undefined {
  const word =
    /(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ion|chw|maw|ebr|mai|meh|gor|aws|med|hyd|tac|rha)[a-z]*/i.exec(
      text
        .replace(/date|birth|born|dyddiad|geni|ganwyd|ganed/gi, " ")
        .replace(/([0-9])([a-z])/gi, "$1 $2"),
    );
  if (word === null) return undefined;
  const month = MONTHS[(word[1] ?? "").toLowerCase()] ?? 0;
  const numbers = text.match(/[0-9]+/g) ?? [];
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (numbers.length !== 2 || first === undefined || last === undefined) return undefined;
  return real(fullYear(last, today), month, Number(first));
}

/** The date in a hit of a date pattern, which may have a label before it. */
export function readDate(text: string, today: string): PlainDate | undefined {
  const words = readWords(text, today);
  if (words !== undefined) return words;
  const numbers = text.match(/[0-9]+/g) ?? [];
  const [a, b, c] = numbers;
  if (a !== undefined && b !== undefined && c !== undefined) {
    if (a.length === 4) return real(Number(a), Number(b), Number(c));
    return real(fullYear(c, today), Number(b), Number(a));
  }
  if (a !== undefined && numbers.length === 1 && (a.length === 8 || a.length === 6)) {
    return real(fullYear(a.slice(4), today), Number(a.slice(2, 4)), Number(a.slice(0, 2)));
  }
  return undefined;
}

const order = (date: PlainDate): number => date.year * 10_000 + date.month * 100 + date.day;

export function isPastDate(text: string, today: string, olderThanYears: number): boolean {
  const date = readDate(text, today);
  const now = Number(today.replace(/-/g, ""));
  return date !== undefined && order(date) <= now - olderThanYears * 10_000;
}

export function isLinkedBirthDate(text: string, birthDate: string, today: string): boolean {
  const date = readDate(text, today);
  return date !== undefined && order(date) === Number(birthDate.replace(/-/g, ""));
}

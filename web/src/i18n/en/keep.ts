/** Decisions, details, and me. */
import { count } from "./count";

export const keep = {
  decision: {
    hours: (n: number) => count(n, { one: "{n} hour", other: "{n} hours" }),
    short: {
      waiting: "Waiting",
      to_paste: "Not in the record yet",
      pasted: "In the record",
      in_record: "In the record",
      saved_to_folder: "Not in the record yet",
      refused: "Refused",
      withdrawn: "Withdrawn",
      other: "Open to see where it is",
      disposed: "Moved",
    },
    flag: {
      error: "entered in error",
      replaced: "replaced",
      overdue: "overdue",
      unconfirmed: "not confirmed",
    },
  },
  me: {
    stepUpTitle: "Enter a code to finish setting up",
    freshStart: "Messages sent before you set up this phone cannot be read here.",
  },
};

import type { keep as english } from "../en/keep";
import { count } from "./count";

export const keep: typeof english = {
  decision: {
    hours: (n) => count(n, { other: "{n} awr" }),
    short: {
      to_paste: "Ddim yn y cofnod eto",
      pasted: "Yn y cofnod",
      waiting: "Yn aros",
      in_record: "Yn y cofnod",
      saved_to_folder: "Ddim yn y cofnod eto",
      refused: "Gwrthodwyd",
      withdrawn: "Tynnwyd yn ôl",
      other: "Agorwch i weld ble mae",
      disposed: "Symudwyd",
    },
    flag: {
      error: "cofnodwyd mewn camgymeriad",
      replaced: "disodlwyd",
      overdue: "yn hwyr",
      unconfirmed: "heb ei gadarnhau",
    },
  },
  me: {
    stepUpTitle: "Rhowch god i orffen gosod",
    freshStart: "Ni ellir darllen yma negeseuon a anfonwyd cyn i chi osod y ffôn hwn.",
  },
};

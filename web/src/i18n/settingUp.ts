import { languageNow } from "./language";

/** A passcode and a name for a phone, chosen at its set-up and under Me: fetched with either. */
const english = {
  title: "Set up this phone",
  enterName: "Give this phone a name",
  sharedDoes: (time: string) =>
    `After ${time} without use, Lanyard ends here and everything of yours goes from this device. What is typed and not sent goes too.`,
  passcode: "Passcode",
  passcodeHint: (min: number) => `At least ${min} digits. Not a date, a row or repeats.`,
  again: "Passcode again",
  enterPasscode: (min: number) => `Enter a passcode of at least ${min} digits`,
  onlyDigits: "Use digits only",
  tooShort: (min: number) => `Use at least ${min} digits`,
  obvious: "That passcode is easy to guess. Choose another",
  enterAgain: "Enter the passcode again",
  differs: "The two passcodes are not the same",
  suggestions: { iphone: "My iPhone", android: "My Android phone", other: "My phone" },
};

const welsh: typeof english = {
  title: "Gosod y ffôn hwn",
  enterName: "Rhowch enw i’r ffôn hwn",
  sharedDoes: (time) =>
    `Ar ôl ${time} heb ei defnyddio, daw Lanyard i ben yma ac aiff popeth o’ch eiddo o’r ddyfais hon. Aiff yr hyn a deipiwyd heb ei anfon hefyd.`,
  passcode: "Cod",
  passcodeHint: (min) => `O leiaf ${min} digid. Nid dyddiad, rhes nac ailadrodd.`,
  again: "Y cod eto",
  enterPasscode: (min) => `Rhowch god o ${min} digid o leiaf`,
  onlyDigits: "Defnyddiwch ddigidau yn unig",
  tooShort: (min) => `Defnyddiwch o leiaf ${min} digid`,
  obvious: "Mae’r cod hwnnw’n hawdd ei ddyfalu. Dewiswch un arall",
  enterAgain: "Rhowch y cod eto",
  differs: "Nid yw’r ddau god yr un fath",
  suggestions: { iphone: "Fy iPhone", android: "Fy ffôn Android", other: "Fy ffôn" },
};

export const settingUpWords = (): typeof english => (languageNow() === "cy" ? welsh : english);

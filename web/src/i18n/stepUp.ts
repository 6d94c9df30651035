import { languageNow } from "./language";

/** Of the fresh proof that some deeds want: both languages are in the piece that is fetched for it. */
const english = {
  stepUpTitle: "Is it you?",
  stepUpWhy: "This needs a fresh proof. It holds for some minutes, on this phone only.",
  orCode: "Or a 6-digit code from your authenticator app",
  byCode: "Continue with the code",
  byPasskey: "Use a passkey",
};

const welsh: typeof english = {
  stepUpTitle: "Ai chi sydd yno?",
  stepUpWhy:
    "Mae angen prawf newydd ar gyfer hyn. Mae’n para am rai munudau, ar y ffôn hwn yn unig.",
  orCode: "Neu god 6 digid o’ch ap dilysu",
  byCode: "Parhau gyda’r cod",
  byPasskey: "Defnyddio cyfallwedd",
};

export const stepUpWords = (): typeof english => (languageNow() === "cy" ? welsh : english);

import type { Policy } from "../../engine/words";

/** Until the policy has been read once; the strict side of what a policy may say. */
export const FIRST_POLICY: Policy = {
  version: "",
  lockSeconds: 60,
  hiddenLockSeconds: 30,
  passcodeMinLength: 6,
  decisionGraceSeconds: 86_400,
  offlineHours: 0,
  sharedIdleSeconds: 60,
  acceptFrom: 1,
  keepDays: { clinical: 0, operational: 0, social: 0 },
  presence: false,
  mostPhones: 1,
  required: {},
};

/** Everywhere, and the way in: sign in, set up, lock. */
import { count, people } from "./count";

export const frame = {
  app: {
    name: "Lanyard",
    demonstrationLabel: "Demonstration",
    demonstration: "Demonstration. Made-up people and patients only.",
    slow: "This is taking longer than usual. The wifi or signal may be weak.",
    tryAgain: "Try again",
    back: "Back",
    close: "Close",
    cancel: "Cancel",
    done: "Done",
    error: "Error:",
    problemTitle: "There is a problem",
    locksSoon: (seconds: number) =>
      count(seconds, { one: "Locks in {n} second", other: "Locks in {n} seconds" }),
    stayOpen: "Stay open",
    openElsewhere: "Lanyard is open in another window",
    openElsewhereWhy:
      "It can be open once on this phone, so that no message is lost. Close the other window, then try again.",
    engineStopped: "Lanyard stopped working in the background.",
    restart: "Start it again",
    updateReady: "A newer version is ready.",
    restartToUpdate: "Restart to update",
    language: "Language",
    english: "English",
    welsh: "Cymraeg",
  },
  status: { offline: "Offline", connecting: "Connecting", upToDate: "Up to date" },
  nav: {
    label: "Main",
    clinical: "Clinical",
    urgent: "Urgent",
    unanswered: "not answered",
    directory: "Directory",
    social: "Social",
    me: "Me",
  },
  kind: { clinical: "Clinical", operational: "Operational", social: "Social", other: "Other app" },
  people,
  joined: (parts: readonly string[]) => new Intl.ListFormat("en-GB").format(parts),
  /** English words of a date, by what they are in this language. */
  calendar: {} as Readonly<Record<string, string>>,
  problem: {
    offline: "You are offline. Check the wifi or signal, then try again.",
    server: "The server did not answer. Wait a minute, then try again.",
    tooSoon: (wait: string) => `Too many tries. Wait ${wait}, then try again.`,
    tooSoonPlain: "Too many tries. Wait a few minutes, then try again.",
    wrongSignIn: "The user name or password is not right. Check both and try again.",
    wrongCode: "That code is not right, or it was used already. Wait for the next code.",
    signedOut: "You are signed out. Sign in again.",
    tooManyPhones:
      "You have three phones set up already. Remove one under Me on another phone, or ask IT.",
    passkeyGivenUp: "No passkey was used. Try again, or choose another way.",
    passkeyKnown: "This phone already has a passkey for Lanyard.",
    passkeyFailed: "That passkey did not work here. Choose another way.",
    reportedLost:
      "This phone was reported lost, so it stays locked. Do you have it again? Say so in any browser, at this address with /lost.",
    stepUp: "First show that it is you.",
    policyNotAccepted:
      "The policy has changed. Read it and accept it first, on the list: clinical conversations stay open.",
    weakPasscode: "Choose a passcode that is harder to guess.",
    unexpected: "Something went wrong in the app. Try again. If it goes on, tell IT.",
    told: (sentence: string) => sentence,
  },
  wait: {
    seconds: (n: number) => count(n, { one: "{n} second", other: "{n} seconds" }),
    minutes: (n: number) => count(n, { one: "{n} minute", other: "{n} minutes" }),
  },
  signIn: {
    lost: "Lost your phone?",
    show: "Show",
    hide: "Hide",
    next: "Continue",
    checking: "Checking",
    enterCode: "Enter the 6-digit code",
    codeShape: "The code has 6 digits, such as 123 456",
    stepByPasskey: "Use a passkey instead",
  },
  lock: {
    title: "Lanyard is locked",
    urgent: "Something urgent has come. Unlock to see it.",
    hint: "Enter your passcode to read and send messages",
    passcode: "Passcode",
    unlock: "Unlock",
    unlocking: "Unlocking",
    enter: "Enter your passcode",
    wrong: "That passcode is not right.",
    left: (n: number) =>
      `${count(n, { one: "{n} try", other: "{n} tries" })} left. After that, what Lanyard holds on this phone can never be opened again.`,
    hintPasskey: "Your face, your finger or your phone’s own lock opens it",
    unlockByPasskey: "Unlock with your passkey",
    usePasscode: "Use the passcode instead",
    passcodeGone:
      "The passcode was wrong ten times and opens nothing any more. Your passkey still does. Choose a new passcode under Me after that.",
    unsent: (n: number) =>
      `${count(n, { one: "{n} message of yours has", other: "{n} messages of yours have" })} not been sent yet, and would be lost.`,
    wait: (time: string) => `You can try again in ${time}.`,
    offline: "You are offline. Unlocking needs the network: the server holds half of the key.",
    again: {
      wrong_passcodes: "This phone’s messages cannot be opened any more",
      wiped: "Lanyard was removed from this phone",
      signed_out: "You are signed out on this phone",
      keys_replaced: "This phone must be set up again",
    },
    againWhy: {
      wrong_passcodes:
        "The passcode was wrong ten times, so the server destroyed its half of the key. Nobody can read what was here. Messages on your colleagues’ phones are not affected.",
      wiped:
        "It was removed by you from another phone, or by IT. What was here can no longer be opened. Nothing else on this phone was touched.",
      signed_out: "The messages held here have been erased. Sign in to use Lanyard again.",
      keys_replaced:
        "You set up another phone since, and its keys replaced the ones here. Sign in to set up this phone again.",
    },
    setUpAgain: "Sign in and set up again",
  },
};

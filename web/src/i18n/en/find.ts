/** The list; what more than one piece says of a new conversation. */
import { count, messages } from "./count";

export const find = {
  list: {
    new: "New conversation",
    label: "Clinical conversations",
    socialLabel: "Social conversations",
    loading: "Loading your conversations",
    emptyTitle: "No conversations yet",
    empty: "Find a colleague by name, role or ward and start the first one.",
    emptySocial:
      "Social chat has its own place, apart from patients. Nobody has to move theirs here.",
    find: "Find a colleague",
    newCount: (n: number) => `${n} new`,
    patient: "Patient linked",
    last: (who: string) => `Last: ${who}`,
    lastYou: "Last: you",
    noMessages: "No messages yet",
    older: "No recent messages",
    unsent: (n: number) => `${n} not sent`,
    waiting: (n: number) =>
      count(n, { one: "{n} decision waiting", other: "{n} decisions waiting" }),
    refused: (n: number) =>
      count(n, { one: "{n} decision refused", other: "{n} decisions refused" }),
    left: "You are no longer in it",
    offline: "You see what this phone last had.",
    with: (names: string) => `With ${names}`,
    alone: "Only you",
    review: "Review due",
    keeping: "Say what to record",
    search: "Search this phone",
    muted: "Muted",
    filters: "Show",
    filter: {
      all: "All",
      unread: "Unread",
      muted: "Muted",
      clinical: "Clinical",
      operational: "Operational",
    },
    none: {
      all: "No conversations",
      unread: "Nothing new",
      muted: "None is muted",
      clinical: "None is clinical",
      operational: "None is operational",
    },
  },
  offline: {
    plain: "Offline.",
    will: (n: number) =>
      `${messages(n)} will go when you are back, while the app is open and unlocked.`,
    none: "New messages wait until you are back.",
    open: "See them",
    failed: (n: number) => `${messages(n)} could not be sent.`,
  },
  newRoom: {
    identifier:
      "That looks like a patient’s details. Leave them out: you can link the patient in the conversation",
    notRecord:
      "This is not the record. It can be disclosed under a freedom of information request or a subject access request.",
  },
};

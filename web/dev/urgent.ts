/** Made-up urgent messages and on-call roles of the gallery and of the view models' tests. */
import type { OnCallRole, Person, Shift, Urgent, UrgentPerson } from "../src/engine/protocol";
import { NOW } from "./fakeSession";
import { ben, hannah, me, sender, tomos } from "./people";
import { ago } from "./rooms";

export const urgentPerson = (person: Person, more: Partial<UrgentPerson> = {}): UrgentPerson => ({
  ...sender(person),
  step: 1,
  deliveredTs: null,
  seenTs: null,
  answer: null,
  answeredTs: null,
  passedTo: null,
  offDuty: false,
  ...more,
});

export const urgent = (urgentId: string, more: Partial<Urgent> = {}): Urgent => ({
  urgentId,
  kind: "urgent",
  roomId: "r1",
  eventId: "$u",
  text: "Bed 4 needs a review now: sats 84 on 4 litres, rising rate",
  from: sender(hannah),
  sentTs: ago(2),
  dueTs: NOW + 3 * 60_000 + 20_000,
  state: "waiting",
  roleName: "",
  people: [urgentPerson(me, { deliveredTs: ago(2) })],
  steps: [],
  waitsForMe: true,
  open: true,
  ...more,
});

const shift = (person: Person, from: number, until: number): Shift => ({
  ...sender(person),
  fromTs: NOW + from * 3_600_000,
  untilTs: NOW + until * 3_600_000,
  reachable: true,
});

export const role = (roleId: string, name: string, more: Partial<OnCallRole> = {}): OnCallRole => ({
  roleId,
  name,
  ward: "",
  escalatesTo: "",
  holders: [shift(tomos, -5, 7)],
  next: [shift(ben, 7, 19)],
  warning: null,
  emptyFromTs: null,
  ...more,
});

export const roles: OnCallRole[] = [
  role("reg", "Medical registrar", {
    ward: "Acute Medical Unit",
    escalatesTo: "Medical consultant",
    holders: [shift(me, -5, 7)],
  }),
  role("con", "Medical consultant", { warning: "empty_soon", emptyFromTs: NOW + 19 * 3_600_000 }),
  role("sho", "Surgical SHO", {
    holders: [],
    next: [],
    escalatesTo: "Medical registrar",
    warning: "empty_now",
    emptyFromTs: NOW,
  }),
];

export const board: Urgent[] = [
  urgent("u1"),
  urgent("u2", {
    from: sender(me),
    text: "Please check the potassium for bed 9 before the next bag",
    sentTs: ago(22),
    dueTs: NOW + 8 * 60_000,
    state: "escalated",
    roleName: "Medical registrar",
    waitsForMe: false,
    people: [
      urgentPerson(tomos, {
        deliveredTs: ago(22),
        seenTs: ago(20),
        answer: "cannot",
        answeredTs: ago(19),
        passedTo: "",
      }),
      urgentPerson(ben, { step: 2, deliveredTs: ago(7), seenTs: ago(6) }),
      urgentPerson(hannah, { step: 2 }),
    ],
    steps: [
      { step: 1, roleName: "Medical registrar", lead: false, dueTs: ago(7) },
      { step: 2, roleName: "Medical consultant", lead: false, dueTs: NOW + 8 * 60_000 },
    ],
  }),
  urgent("u3", {
    from: sender(ben),
    text: null,
    state: "acknowledged",
    sentTs: ago(300),
    dueTs: ago(285),
    waitsForMe: false,
    open: false,
    people: [
      urgentPerson(me, {
        deliveredTs: ago(300),
        seenTs: ago(299),
        answer: "on_my_way",
        answeredTs: ago(298),
      }),
    ],
  }),
];

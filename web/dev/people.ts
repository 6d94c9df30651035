/** Made-up people and patients of the gallery and of the view models' tests. */
import type { Member, Person, Sender } from "../src/engine/protocol";

const person = (
  localpart: string,
  displayName: string,
  role: string,
  ward: string,
  more: Partial<Person> = {},
): Person => ({
  userId: `@${localpart}:meadowbank.example`,
  displayName,
  role,
  ward,
  organization: "Meadowbank Hospital",
  professionalBody: "",
  registration: "",
  employer: "Meadowbank Hospital",
  employerOds: "X26DEMO",
  outsider: false,
  bleep: "",
  photoVersion: 0,
  confirmedTs: Date.UTC(2026, 10, 20),
  confirmedUntilTs: null,
  availability: { state: "unknown", untilTs: null, coveredBy: "", onCall: [] },
  ask: (more.near ?? []).length > 0,
  reachable: true,
  near: [],
  ...more,
});

export const me = person(
  "amara.okafor",
  "Dr Amara Okafor",
  "Medical registrar",
  "Acute Medical Unit",
  {
    professionalBody: "GMC",
    registration: "7654321",
  },
);
export const hannah = person("hannah.whitfield", "Hannah Whitfield", "Pharmacist", "Ward 7", {
  professionalBody: "GPhC",
  registration: "2071234",
  near: ["@hanna.whitefield:meadowbank.example"],
});
export const hanna = person("hanna.whitefield", "Hanna Whitefield", "Staff nurse", "Ward 3", {
  professionalBody: "NMC",
  registration: "18I0234E",
  near: ["@hannah.whitfield:meadowbank.example"],
});
export const ben = person("ben.osei", "Ben Osei", "Charge nurse", "Ward 7", {
  professionalBody: "NMC",
  registration: "09G1122E",
  photoVersion: 1,
});
export const tomos = person("tomos.griffiths", "Tomos Griffiths", "Physiotherapist", "Ward 7", {
  professionalBody: "HCPC",
  registration: "PH112233",
});
export const priya = person(
  "priya.raman",
  "Dr Priya Raman",
  "Consultant haematologist",
  "Haematology",
  {
    professionalBody: "GMC",
    registration: "5123456",
    bleep: "3077",
    availability: {
      state: "off",
      untilTs: Date.UTC(2026, 10, 30, 8),
      coveredBy: "Haematology registrar",
      onCall: [],
    },
    reachable: false,
  },
);
export const sam = person("sam.oduya", "Sam Oduya", "Pharmacy technician", "Dispensary");

export const everyone: readonly Person[] = [me, hannah, hanna, ben, tomos, priya, sam];

export const patient = {
  name: "LLEWELLYN, Mair Siân (Mrs)",
  birthDate: "1941-07-03",
  nhsNumber: "9993909963",
  version: 1,
};

export const sender = (who: Person): Sender => ({
  userId: who.userId,
  name: who.displayName,
  role: who.role,
  own: who.userId === me.userId,
});

export const member = (who: Person, owner = false): Member => ({
  userId: who.userId,
  name: who.displayName,
  role: who.role,
  ward: who.ward,
  standing: "person",
  owner,
  own: who.userId === me.userId,
});

export const custodian: Member = {
  userId: "@records:meadowbank.example",
  name: "Records custodian",
  role: "",
  ward: "",
  standing: "records",
  owner: false,
  own: false,
};

export const face =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#cdb"/>' +
  '<circle cx="4.5" cy="3.5" r="2" fill="#854"/><path d="M1 9a3.5 3 0 0 1 7 0" fill="#346"/></svg>';

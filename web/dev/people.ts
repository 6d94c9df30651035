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

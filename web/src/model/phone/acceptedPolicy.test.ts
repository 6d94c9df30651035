import { beforeEach, expect, test, vi } from "vitest";
import type { CallName, Policy, Problem, ToEngine } from "../../engine/protocol";
import { FakePhone, FakeServer, policy } from "./fakes";
import { PhoneSession } from "./phoneSession";

let phone: FakePhone;
let session: PhoneSession;

beforeEach(async () => {
  phone = new FakePhone();
  const server = new FakeServer();
  session = new PhoneSession(phone, { signIn: server, handset: server.handset });
  await session.start();
  await session.entrance.password("amara", "right");
  await session.entrance.secondStep("111222");
  await session.choosePasscode("493817", "My phone");
});

const engine = () => phone.engines.at(-1)!;
const stricter: Policy = { ...policy, version: "2", lockSeconds: 60, acceptFrom: 2 };

/** Answers what the engine was asked last under this name. */
async function answer(name: CallName, refusal?: Problem): Promise<void> {
  const asked = () => engine().told.findLast((m) => m.kind === "call" && m.name === name);
  await vi.waitFor(() => expect(asked()).toBeDefined());
  const { id } = asked() as Extract<ToEngine, { kind: "call" }>;
  if (refusal) engine().say({ kind: "refused", id, problem: refusal });
  else engine().say({ kind: "answered", id, answer: undefined });
}

test("what was agreed to at the set-up is no change", () => {
  engine().say({ kind: "policy", policy });
  engine().say({ kind: "policy", policy: { ...stricter, acceptFrom: 1 } });
  expect(session.policyChange.value).toBeNull();
});

test("a change that must be accepted is shown against what was agreed to, through a lock too", async () => {
  engine().say({ kind: "policy", policy: stricter });
  expect(session.policyChange.value).toEqual({ before: policy, now: stricter });
  await session.lock();
  expect(session.policyChange.value).toBeNull();
  await session.unlock("493817");
  expect(session.policyChange.value).toEqual({ before: policy, now: stricter });
});

test("it is accepted when the server has it, and then for good", async () => {
  engine().say({ kind: "policy", policy: stricter });
  const refused = session.acceptPolicy();
  await answer("acceptPolicy", { code: "offline", sentence: "No network." });
  expect((await refused)?.code).toBe("offline");
  expect(session.policyChange.value).not.toBeNull();
  engine().told.length = 0;
  const accepted = session.acceptPolicy();
  await answer("acceptPolicy");
  expect(await accepted).toBeNull();
  expect(session.policyChange.value).toBeNull();
  await session.lock();
  await session.unlock("493817");
  engine().say({ kind: "policy", policy: stricter });
  expect(session.policyChange.value).toBeNull();
});

test("where the server says that it was not accepted, its word counts", async () => {
  engine().say({ kind: "policy", policy });
  const started = session.ask("searchPeople", { term: "a" });
  await Promise.all([
    expect(started).rejects.toThrow(),
    answer("searchPeople", { code: "policy_not_accepted", sentence: "Accept it first." }),
  ]);
  expect(session.policyChange.value).toEqual({ before: null, now: policy });
});

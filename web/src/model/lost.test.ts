import { expect, test } from "vitest";
import { Refusal } from "../engine/words";
import { LostModel } from "./lost";
import type { LostDeed } from "./session";

const PHONE = {
  handset_id: "h1",
  name: "Pixel",
  platform: "Android",
  owner: "trust",
  last_seen_ts: 5,
  state: "locked",
  evidence: { kind: "access_stopped", ts: 9 },
};

function deeds(answer: (deed: LostDeed) => Record<string, unknown>) {
  const asked: string[] = [];
  return {
    asked,
    ask: async (deed: LostDeed, handsetId: string) => {
      asked.push(`${deed} ${handsetId}`);
      return answer(deed);
    },
  };
}

test("phones are listed with the evidence the server gave and no other", async () => {
  const model = new LostModel(
    deeds(() => ({ handsets: [PHONE, { ...PHONE, evidence: { kind: "wiped", ts: 1 } }] })),
  );
  await model.load();
  expect(model.phones.value?.map((phone) => phone.evidence)).toEqual([
    { kind: "access_stopped", ts: 9 },
    null,
  ]);
  expect(model.phones.value?.[0]?.owner).toBe("trust");
});

test("wiping asks once, and a refusal is shown and changes nothing", async () => {
  const server = deeds((deed) => {
    if (deed === "wipe") throw new Refusal({ code: "refused", sentence: "Too late." });
    return { handsets: [PHONE] };
  });
  const model = new LostModel(server);
  await model.load();
  model.asking.value = model.phones.value?.[0] ?? null;
  await model.do("wipe", "h1");
  expect(server.asked).toEqual(["list ", "wipe h1"]);
  expect(model.problem.value?.code).toBe("refused");
  expect(model.asking.value).toBeNull();
  expect(model.phones.value).toHaveLength(1);
});

test("the report has the conversations, the window and the end of the clock", async () => {
  const report = {
    handset_id: "h1",
    readable: {
      from_ts: 1,
      until_ts: 2,
      rooms: [{ room_id: "!a", kind: "clinical", purpose: "Bed 4", members: 3 }],
    },
    breach_note: { text: "DRAFT", due_ts: 3 },
  };
  const model = new LostModel(deeds((deed) => (deed === "report" ? report : { handsets: [] })));
  await model.do("report", "h1");
  expect(model.report.value).toEqual({
    handsetId: "h1",
    fromTs: 1,
    untilTs: 2,
    rooms: [{ roomId: "!a", kind: "clinical", purpose: "Bed 4", members: 3 }],
    note: "DRAFT",
    dueTs: 3,
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { FakeSession, fakeApp, NOW, refusal } from "../../dev/fakeSession";
import type { Availability, OnCallRole } from "../engine/protocol";
import { AvailabilityModel } from "./availability";
import { localMinute } from "./moments";
import { OnCallModel } from "./onCall";

const HOUR = 3_600_000;
const said: Availability = {
  shown: "off",
  state: "off",
  untilTs: NOW + 8 * HOUR,
  covers: { is: "role", roleId: "reg" },
  hours: [
    { day: "mon", from: "08:00", until: "20:30" },
    { day: "mon", from: "22:00", until: "23:00" },
  ],
};

let session: FakeSession;
const asked = (name: string) =>
  session.asked.filter((call) => call.name === name).map((call) => call.asked);

beforeEach(() => {
  session = new FakeSession();
  session.script = {
    availability: () => said,
    setAvailability: () => undefined,
    onCallRoles: () => [],
  };
});

describe("whether I am there", () => {
  it("shows what was said, and sends it back whole with what was changed", async () => {
    const model = new AvailabilityModel(fakeApp(session));
    await model.load();
    expect(model.loading.value).toBe(false);
    expect(model.until.value).toBe(localMinute(NOW + 8 * HOUR));
    expect(model.days.value[0]).toMatchObject({ from: "08:00", until: "20:30" });
    model.choose("busy");
    model.setDay(1, { from: "09:00", until: "17:00" });
    expect(await model.save()).toBe(true);
    expect(asked("setAvailability")).toMatchObject([
      {
        state: "busy",
        covers: { is: "role", roleId: "reg" },
        hours: [said.hours[0], { day: "tue", from: "09:00", until: "17:00" }, said.hours[1]],
      },
    ]);
    expect(model.saved.value).toBe(true);
  });

  it("says no until of somebody who is there as a rule", async () => {
    const model = new AvailabilityModel(fakeApp(session));
    await model.load();
    model.choose("unknown");
    await model.save();
    expect(asked("setAvailability")).toMatchObject([{ state: "unknown", untilTs: null }]);
  });

  it("asks for both times of a day and for a time to come, and says what was refused", async () => {
    const model = new AvailabilityModel(fakeApp(session));
    await model.load();
    model.setDay(2, { from: "09:00" });
    model.until.value = localMinute(NOW - HOUR);
    expect(await model.save()).toBe(false);
    expect(model.errors.value.map((one) => one.field)).toEqual(["availability-until", "from-2"]);
    expect(asked("setAvailability")).toEqual([]);
    model.setDay(2, { from: "" });
    model.until.value = "";
    session.script.setAvailability = () => refusal("offline");
    expect(await model.save()).toBe(false);
    expect(model.errors.value).toHaveLength(1);
    expect(model.saved.value).toBe(false);
  });

  it("says that it could not be asked, and can be asked again", async () => {
    session.script.availability = () => refusal("offline");
    const model = new AvailabilityModel(fakeApp(session));
    await model.load();
    expect(model.failed.value).not.toBeNull();
    session.script.availability = () => said;
    await model.load();
    expect(model.failed.value).toBeNull();
    expect(model.state.value).toBe("off");
  });
});

describe("an on-call role", () => {
  const role = { roleId: "reg", name: "Medical registrar", holders: [] } as unknown as OnCallRole;

  it("is taken for at most a day, and handed over to one person", async () => {
    session.script.takeRole = () => undefined;
    session.script.handOverRole = () => undefined;
    const model = new OnCallModel(fakeApp(session));
    model.startTaking();
    expect(model.until.value).toBe(localMinute(NOW + 12 * HOUR));
    for (const wrong of [NOW - HOUR, NOW + 25 * HOUR]) {
      model.until.value = localMinute(wrong);
      expect(await model.take(role)).toBe(false);
      expect(model.errors.value.map((one) => one.field)).toEqual(["take-until"]);
    }
    expect(asked("takeRole")).toEqual([]);
    model.startTaking();
    expect(await model.take(role)).toBe(true);
    expect(await model.handOver(role, { userId: "@sian:ward" })).toBe(true);
    expect(asked("handOverRole")).toEqual([{ roleId: "reg", toUserId: "@sian:ward" }]);
  });
});

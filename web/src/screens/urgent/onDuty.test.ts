import { expect, test } from "vitest";
import { NOW } from "../../../dev/fakeSession";
import { role } from "../../../dev/urgent";
import { emptyWarning, onDuty } from "./onDuty";

const held = role("reg", "Medical registrar", { escalatesTo: "Site manager" });
const [holder] = held.holders;
const away = { ...held, holders: held.holders.map((one) => ({ ...one, reachable: false })) };

// @Hazard("H17")
test("a role whose holder nothing reaches is warned of like an empty one, and says where it would go", () => {
  expect(emptyWarning(held)).toBeNull();
  expect(onDuty(held, NOW)).not.toContain("not reachable");
  expect(emptyWarning(away)).toBe(
    "Whoever is on duty as Medical registrar cannot be reached in Lanyard: it would go on to Site manager.",
  );
  expect(emptyWarning({ ...away, escalatesTo: "" })).toContain("ring the switchboard");
  expect(onDuty(away, NOW)).toContain(`${holder?.name} until`);
  expect(onDuty(away, NOW)).toContain("(not reachable in Lanyard)");
  expect(emptyWarning({ ...away, holders: [...away.holders, ...held.holders] })).toBeNull();
  expect(emptyWarning({ ...held, holders: [] })).toContain("Nobody is on duty");
});

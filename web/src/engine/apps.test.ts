import { expect, it } from "vitest";
import { MemoryShelf } from "../vault/memoryShelf";
import { SealedRecords } from "../vault/records";
import { ApprovedApps } from "./apps";

// @Rule("G10")
it("reads the register of approved apps, and without a network what it had, and when", async () => {
  const usage = ["encrypt", "decrypt"] as const;
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [...usage]);
  const records = new SealedRecords(new MemoryShelf(), key);
  let online = false;
  const get = () =>
    online
      ? Promise.resolve({ apps: [{ app_id: "a", software: "Element X", clinical: true }] })
      : Promise.reject(new Error("no network"));
  const apps = new ApprovedApps({ get }, records);
  await expect(apps.list()).rejects.toThrow("no network");
  online = true;
  expect(await apps.list()).toMatchObject({ apps: [{ software: "Element X" }], keptTs: null });
  online = false;
  const kept = await apps.list();
  expect(kept.apps).toMatchObject([{ software: "Element X", clinical: true }]);
  expect(kept.keptTs).toBeGreaterThan(0);
});

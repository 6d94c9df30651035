import { expect, it } from "vitest";
import { FakeSession } from "../../dev/fakeSession";
import { keysPutOff } from "./keysPutOff";

it("is asked once wherever the person goes, and again after the lock", async () => {
  const session = new FakeSession();
  keysPutOff(session).value = "elsewhere";
  expect(keysPutOff(session).value).toBe("elsewhere");
  await session.lock();
  expect(keysPutOff(session).value).toBeNull();
});

import { beforeEach, expect, test } from "vitest";
import { FakePhone, FakeServer } from "./fakes";
import { PhoneSession } from "./phoneSession";

let phone: FakePhone;
let server: FakeServer;
let session: PhoneSession;

beforeEach(async () => {
  phone = new FakePhone();
  server = new FakeServer();
  await begin();
});

async function begin(): Promise<void> {
  session = new PhoneSession(phone, { signIn: server, handset: server.handset });
  await session.start();
}

const first = () => session.entrance.firstFactor;

test("an invitation leads to a first factor and to nothing else", async () => {
  expect(await session.entrance.password("ann", "invitation")).toBeNull();
  expect(session.state.value).toEqual({ at: "first_factor" });
  expect((await session.choosePasscode("493817", "x"))?.code).toBe("signed_out");
  expect([...phone.shelf.values.keys()]).toEqual(["about"]);
});

test("a passkey is both steps, and opens the phone from then on, with the one gesture", async () => {
  phone.passkeysHere = true;
  await session.entrance.password("ann", "invitation");
  expect(await first().passkey("My phone")).toBeNull();
  expect(session.state.value).toEqual({ at: "recovery_codes", codes: ["MNPQ-RSTV-WXYZ"] });
  expect(await first().goOn()).toBeNull();
  expect(session.state.value).toMatchObject({ at: "choose_passcode", recoveryCodesLeft: null });
  expect(await session.choosePasscode("493817", "My phone")).toBeNull();
  expect([phone.gestures, session.passkeys.offered.value]).toEqual([1, false]);
  await session.lock();
  expect(session.door.value.passkey).toBe(true);
});

test("codes: the ones for paper are shown, however long that takes, before the set-up", async () => {
  await session.entrance.password("ann", "invitation");
  expect(await first().newCode()).toMatchObject({ secret: "JBSWY3DPEHPK3PXP" });
  expect((await first().confirmCode("000000", "three odd words"))?.code).toBe("wrong_code");
  expect((await first().confirmCode("111222", "Password1234"))?.code).toBe("weak_password");
  expect(session.state.value.at).toBe("first_factor");
  expect(await first().confirmCode("111222", "three odd words")).toBeNull();
  expect(session.state.value).toEqual({ at: "recovery_codes", codes: ["ABCD-EFGH-JKLM"] });
  // The one-use token was used at once: it lives for two minutes.
  server.login = () => Promise.reject(new Error("too late"));
  expect(await first().goOn()).toBeNull();
  expect(session.state.value.at).toBe("choose_passcode");
});

test("who was sent by another app sees the codes first, and then goes back to it", async () => {
  phone.redirectUrl = "https://element.test/";
  await begin();
  await session.entrance.password("ann", "invitation");
  await first().confirmCode("111222", "three odd words");
  expect(phone.leftTo).toBe("");
  await first().goOn();
  expect(phone.leftTo).toBe("https://element.test/?loginToken=lt4");
});

test("who has lost the passkey comes in with a code from paper", async () => {
  expect((await session.entrance.recoveryCode("ffion", "AAAA-AAAA-AAAA"))?.code).toBe("wrong_code");
  expect(session.state.value.at).toBe("signed_out");
  expect(await session.entrance.recoveryCode("ffion", "MNPQ-RSTV-WXYZ")).toBeNull();
  expect(session.state.value).toMatchObject({ at: "choose_passcode", recoveryCodesLeft: 9 });
});

test("an invitation that is over says so", async () => {
  await session.entrance.password("ann", "invitation");
  session.startAgain();
  expect((await first().passkey("x"))?.code).toBe("signed_out");
});

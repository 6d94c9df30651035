import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FakeSession, refusal } from "../../dev/fakeSession";
import { Photos } from "./photos";

const hannah = { userId: "@hannah:ward", photoVersion: 1 };
const picture = new Blob(["face"]);
let session: FakeSession;
let photos: Photos;
let held: Set<string>;

beforeEach(() => {
  held = new Set();
  const make = URL.createObjectURL.bind(URL);
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    const url = make(blob);
    held.add(url);
    return url;
  });
  vi.spyOn(URL, "revokeObjectURL").mockImplementation((url) => void held.delete(url));
  session = new FakeSession();
  session.script.photo = () => picture;
  photos = new Photos(session);
});

afterEach(() => void vi.restoreAllMocks());

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

it("asks once for a face, and again for what did not come", async () => {
  session.script.photo = () => refusal("offline");
  expect(await photos.of(hannah)).toBeNull();
  session.script.photo = () => picture;
  const [one, two] = await Promise.all([photos.of(hannah), photos.of(hannah)]);
  expect(one).toBe(two);
  expect(session.asked).toHaveLength(2);
});

it("keeps no face over the lock", async () => {
  await photos.of(hannah);
  expect(held.size).toBe(1);
  await session.lock();
  await settle();
  expect(held.size).toBe(0);
  await session.unlock("493817");
  await photos.of(hannah);
  expect(session.asked).toHaveLength(2);
});

it("keeps no face that arrives after the lock", async () => {
  let arrive: (face: Blob) => void = () => {};
  session.script.photo = () => new Promise((done) => (arrive = done));
  const asked = photos.of(hannah);
  await session.lock();
  arrive(picture);
  expect(await asked).toBeNull();
  expect(held.size).toBe(0);
});

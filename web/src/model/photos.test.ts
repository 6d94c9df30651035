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
  expect(await photos.look(hannah).address).toBeNull();
  session.script.photo = () => picture;
  const [one, two] = await Promise.all([photos.look(hannah).address, photos.look(hannah).address]);
  expect(one).toBe(two);
  expect(session.asked).toHaveLength(2);
});

it("keeps no face over the lock", async () => {
  await photos.look(hannah).address;
  expect(held.size).toBe(1);
  await session.lock();
  await settle();
  expect(held.size).toBe(0);
  await session.unlock("493817");
  await photos.look(hannah).address;
  expect(session.asked).toHaveLength(2);
});

it("keeps no face that arrives after the lock", async () => {
  let arrive: (face: Blob) => void = () => {};
  session.script.photo = () => new Promise((done) => (arrive = done));
  const asked = photos.look(hannah).address;
  await session.lock();
  arrive(picture);
  expect(await asked).toBeNull();
  expect(held.size).toBe(0);
});

it("takes no face from the screen, however many there are, and keeps two hundred that have left it", async () => {
  const people = Array.from({ length: 203 }, (_, n) => ({ userId: `@${n}:ward`, photoVersion: 1 }));
  const looks = people.map((person) => photos.look(person));
  const again = photos.look(people[1]!);
  const addresses = await Promise.all(looks.map((look) => look.address));
  await settle();
  expect(held.size).toBe(203);
  for (const look of looks.slice(0, 5)) look.leave();
  looks[0]?.leave();
  await settle();
  // The first, the third and the fourth: the second is on the screen elsewhere.
  expect(addresses.filter((url) => !held.has(url ?? ""))).toEqual(
    [0, 2, 3].map((n) => addresses[n]),
  );
  again.leave();
  await settle();
  expect(held.size).toBe(200);
  await photos.look(people[0]!).address;
  expect(session.asked).toHaveLength(204);
});

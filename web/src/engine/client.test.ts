import { createClient } from "matrix-js-sdk";
import { expect, test } from "vitest";
import { silent, startSync } from "./client";

/** A server that answers what a starting client asks, and keeps what it was asked. */
function serverThatKeeps(asked: { url: string; body: string }[]): typeof fetch {
  const answers: [RegExp, unknown][] = [
    [/\/versions$/, { versions: ["v1.11"] }],
    [/\/pushrules\/$/, { global: {} }],
    [/\/filter$/, { filter_id: "f1" }],
    [/\/capabilities$/, { capabilities: {} }],
    [/\/sync\?/, { next_batch: "s1" }],
  ];
  return (input, init) => {
    const url = String(input instanceof Request ? input.url : input);
    // As a server with nothing new: it keeps the request.
    if (asked.some((before) => before.url.includes("/sync?"))) return new Promise(() => {});
    asked.push({ url, body: typeof init?.body === "string" ? init.body : "" });
    const found = answers.find(([address]) => address.test(url));
    const answer = JSON.stringify(found?.[1] ?? { errcode: "M_NOT_FOUND", error: "no" });
    const headers = { "Content-Type": "application/json" };
    return Promise.resolve(new Response(answer, { status: found ? 200 : 404, headers }));
  };
}

// The phone asks for the device keys of the members it knows; whose keys it never asked for it does
// not believe, so a member it learns of too late is somebody whose first message it cannot read.
test("the client asks for all members at once", async () => {
  const asked: { url: string; body: string }[] = [];
  const client = createClient({
    baseUrl: "https://ward.example",
    userId: "@amara:ward",
    deviceId: "D",
    accessToken: "t",
    logger: silent,
    fetchFn: serverThatKeeps(asked),
  });
  await startSync(client);
  await expect.poll(() => asked.some(({ url }) => url.includes("/sync?"))).toBe(true);
  client.stopClient();
  const filter = asked.find(({ url }) => url.endsWith("/filter"))?.body ?? "";
  expect(JSON.parse(filter)).toMatchObject({ room: { timeline: { limit: 20 } } });
  expect(asked.map(({ url, body }) => url + body).join()).not.toMatch(/lazy_load_members":true/);
});

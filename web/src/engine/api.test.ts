import { expect, test } from "vitest";
import { Api, path, problemFrom } from "./api";

const answering = (status: number, body: string) =>
  new Api("https://ward.test", "t", (() =>
    Promise.resolve(new Response(body, { status }))) as typeof fetch);

const problem = (status: number, body: object) =>
  answering(status, JSON.stringify(body))
    .get("/x")
    .then(
      () => null,
      (error: unknown) => problemFrom(error),
    );

test.each([
  [400, "bad_input"],
  [401, "signed_out"],
  [403, "refused"],
  [404, "not_found"],
  [410, "not_found"],
  [429, "too_soon"],
  [500, "server"],
  [503, "server"],
])("%i is %s, with the server's sentence", async (status, code) => {
  const said = { errcode: "M_X", error: "Do this instead.", retry_after_ms: 7 };
  expect(await problem(status, said)).toEqual({
    code,
    sentence: "Do this instead.",
    retryAfterMs: 7,
  });
});

test("an error page that is not JSON is the server's trouble, not a crash", async () => {
  const refused = answering(502, "<html>").get("/x");
  await expect(refused).rejects.toMatchObject({ problem: { code: "server" } });
});

test("an answer that is not JSON is not taken for one", async () => {
  await expect(answering(200, "<html>").get("/x")).rejects.toMatchObject({
    problem: { code: "server" },
  });
});

test("no answer is being offline", async () => {
  const api = new Api("https://ward.test", null, () => Promise.reject(new TypeError("failed")));
  await expect(api.get("/x")).rejects.toMatchObject({ problem: { code: "offline" } });
});

test("the token goes in the header and never in the address", async () => {
  const seen: [string, RequestInit][] = [];
  const api = new Api("https://ward.test", "secret", ((url: string, init: RequestInit) => {
    seen.push([url, init]);
    return Promise.resolve(new Response("{}"));
  }) as typeof fetch);
  await api.post(path`/rooms/${"!a/b?c"}/x`, { a: 1 });
  expect(seen[0]?.[0]).toBe("https://ward.test/rooms/!a%2Fb%3Fc/x");
  expect(seen[0]?.[1].headers).toMatchObject({ Authorization: "Bearer secret" });
});

test("a bug keeps its words out of the screen", () => {
  expect(problemFrom(new Error("patient 943 476 5919")).sentence).not.toContain("943");
});

/** What somebody does with another program, or did before the story begins. */
import { expect } from "@playwright/test";
import { enrolled } from "./enrolled";
import { oneTimeCode, type Server } from "./server";

interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export async function call(
  server: Server,
  method: string,
  path: string,
  body?: object,
  token = "",
): Promise<Answered> {
  const answer = await fetch(server.url + path, {
    method,
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** One of the demonstration's people, past both steps: what an app signs in with once. */
export async function loginToken(server: Server, user: string): Promise<string> {
  const { password, key } = server.signIn(user);
  const first = await call(server, "POST", "/_lanyard/v1/sign-in/password", { user, password });
  const passed = await call(server, "POST", "/_lanyard/v1/sign-in/second-step", {
    session: first.body["session"],
    code: oneTimeCode(key),
  });
  return String(passed.body["login_token"]);
}

/** The same on a device that is set up; the access token. */
export async function signedIn(server: Server, user: string): Promise<string> {
  const login = { type: "m.login.token", token: await loginToken(server, user) };
  const { status, body } = await call(server, "POST", "/_matrix/client/v3/login", login);
  expect(status).toBe(200);
  await enrolled(server.url, String(body["access_token"]));
  return String(body["access_token"]);
}

/** The directory makes somebody, and the administrator tells them what they sign in with once. */
export async function invited(
  server: Server,
  administrator: string,
  userName: string,
  displayName: string,
): Promise<{ user: string; code: string }> {
  const scim = await call(server, "POST", "/_lanyard/v1/scim/tokens", {}, administrator);
  const token = String(scim.body["token"]);
  const made = await call(server, "POST", "/scim/v2/Users", { userName, displayName }, token);
  expect(made.status).toBe(201);
  const user = userName.slice(0, userName.indexOf("@"));
  const path = `/_lanyard/v1/people/@${user}:lanyard.localhost/invitation`;
  const { status, body } = await call(server, "POST", path, {}, administrator);
  expect(status).toBe(200);
  return { user, code: String(body["code"]) };
}

interface Begun {
  readonly kind: string;
  readonly purpose: string;
  readonly members: readonly string[];
}

/** A conversation that somebody begins; its room. */
export async function converse(server: Server, token: string, begun: Begun): Promise<string> {
  const { kind, purpose, members } = begun;
  const body = { kind, purpose, member_user_ids: members, request_id: `${kind} ${purpose}` };
  const made = await call(server, "POST", "/_lanyard/v1/conversations", body, token);
  expect(made.status).toBe(200);
  return String(made.body["room_id"]);
}

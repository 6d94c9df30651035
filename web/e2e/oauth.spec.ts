/** Another app, matrix-js-sdk as it comes, is let in by its person on our own page, and later sent away. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { createClient } from "matrix-js-sdk";
import { OAuth2 } from "matrix-js-sdk/lib/oauth/index.js";
import { enrolled } from "./enrolled";
import { Phone } from "./phone";
import { oneTimeCode, startServer, type Server } from "./server";

const ENTRY = {
  software: "Example Chat",
  client_host: "example.org",
  redirect_hosts: ["localhost"],
  purpose: "Rotas and social rooms",
  approved_for: "Operational and social conversations",
  not_approved_for: "Anything about a patient",
  unmet_tips: ["It does not lock itself"],
  dpia_reference: "DPIA-2026-17",
  review_date: "2999-01-01",
};
const CLIENT = {
  client_uri: "https://example.org/",
  application_type: "native" as const,
  redirect_uris: ["http://localhost/callback"] as [string],
};

let server: Server;
let rhian: Phone;

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  rhian = await Phone.of("rhian.lloyd", server, browser);
});

test.afterAll(async () => {
  await rhian?.close();
  await server?.stop();
});

async function post(path: string, body: object, token = ""): Promise<Record<string, unknown>> {
  const answer = await fetch(server.url + path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Record<string, unknown>;
}

/** The administrator puts the app on the register. */
async function approve(): Promise<void> {
  const user = "helen.ashworth";
  const { password, key } = server.signIn(user);
  const { session } = await post("/_lanyard/v1/sign-in/password", { user, password });
  const code = oneTimeCode(key);
  const passed = await post("/_lanyard/v1/sign-in/second-step", { session, code });
  const login = { type: "m.login.token", token: passed["login_token"] };
  const { access_token } = await post("/_matrix/client/v3/login", login);
  await enrolled(server.url, String(access_token));
  await post("/_lanyard/v1/apps", ENTRY, String(access_token));
}

test("a person lets an approved app in, and signs it out again on the account page", async () => {
  const metadata = await createClient({ baseUrl: server.url }).getAuthMetadata();
  await expect(OAuth2.registerClient(metadata, CLIENT)).rejects.toThrow();
  await approve();
  const clientId = await OAuth2.registerClient(metadata, CLIENT);

  const { promise: code, resolve } = Promise.withResolvers<string>();
  const back = createServer((request, response) => {
    const given = new URL(request.url ?? "/", "http://localhost").searchParams.get("code");
    response.setHeader("Content-Type", "text/plain").end("You can close this page.");
    if (given !== null) resolve(given);
  });
  await new Promise<void>((listening) => back.listen(0, "localhost", listening));
  const redirect = `http://localhost:${(back.address() as AddressInfo).port}/callback`;
  const oauth = new OAuth2(metadata, { clientId });
  const url = await oauth.generateAuthorizationCodeGrantUrl("state", redirect, "query");

  await rhian.arrive(url);
  await expect(rhian.page.getByText("another app: Example Chat")).toBeVisible();
  await rhian.typePassword();
  await rhian.typeCode();
  await expect(rhian.heading("Let Example Chat in?")).toBeVisible();
  await expect(rhian.page.getByText("Anything about a patient")).toBeVisible();
  await rhian.shoot("30-let-an-app-in");
  await rhian.button(/^Let it in/).click();
  // The code is here before the page that it came with has been shown.
  await expect(rhian.page.getByText("You can close this page.")).toBeVisible();
  const tokens = await oauth.completeAuthorizationCodeGrant(await code, redirect);
  const app = createClient({ baseUrl: server.url, accessToken: tokens.access_token });
  expect((await app.whoami()).device_id).toBe(oauth.context.deviceId);
  back.closeAllConnections();
  back.close();

  const page = `${metadata.account_management_uri}?action=org.matrix.device_delete&device_id=${oauth.context.deviceId}`;
  await rhian.arrive(page);
  await rhian.typePassword();
  // The code that let the app in is good for nothing else.
  await rhian.typeCode(30_000);
  await expect(rhian.heading("Rhian Lloyd")).toBeVisible();
  await rhian.shoot("30-account");
  await rhian.button("Sign out Example Chat").click();
  await expect(rhian.page.getByText("It is signed out.")).toBeVisible();
  await expect(app.whoami()).rejects.toThrow();
  expect(rhian.faults).toEqual([]);
});

// An unmodified matrix-js-sdk signs in through OAuth 2.0: it discovers, registers, is let in, renews, revokes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as sdk from "matrix-js-sdk";
import { OAuth2 } from "matrix-js-sdk/lib/oauth/index.js";
import { decrypted, startClient, until } from "../lib/client.mjs";
import { Server } from "../lib/server.mjs";

const REDIRECT = "http://localhost:51234/callback";
const APP = {
  client_name: "Example",
  client_uri: "https://example.org/",
  application_type: "native",
  redirect_uris: ["http://localhost/callback"],
};
const ENTRY = {
  software: "Example Chat",
  client_host: "example.org",
  redirect_hosts: ["localhost"],
  purpose: "Tests",
  approved_for: "Everything",
  not_approved_for: "Nothing",
  unmet_tips: [],
  dpia_reference: "DPIA-1",
  review_date: "2999-01-01",
  clinical: true,
};

let server;
let metadata;
let amara;
const clients = [];

before(async () => {
  server = await Server.start();
  metadata = await sdk
    .createClient({ baseUrl: server.baseUrl })
    .getAuthMetadata();
});

after(async () => {
  clients.forEach((client) => client.stopClient());
  await server?.stop();
  // The SDK's timers would keep the process for a while.
  setTimeout(() => process.exit(), 500).unref();
});

/// What our sign-in page does once the person has passed both steps and pressed "Let it in".
async function loginToken(user) {
  const { password, setupKey } = server.told(user);
  const pending = await server.call("POST", "/_lanyard/v1/sign-in/password", {
    user,
    password,
  });
  const code = server.code(setupKey);
  const passed = await server.call("POST", "/_lanyard/v1/sign-in/second-step", {
    session: pending.body.session,
    code,
  });
  assert.equal(passed.status, 200, passed.body.error);
  return passed.body.login_token;
}

async function letIn(url, user) {
  const page = await fetch(url, { redirect: "manual" });
  assert.equal(page.status, 302);
  const at = new URL(page.headers.get("location"), server.baseUrl);
  assert.equal(at.pathname, "/sign-in");
  const consent = await server.call(
    "POST",
    "/_lanyard/v1/sign-in/authorization/allow",
    {
      request: at.searchParams.get("authorize"),
      login_token: await loginToken(user),
    },
  );
  assert.equal(consent.status, 200, consent.body.error);
  return new URL(consent.body.redirect_to);
}

test("an app that is not on the register is refused", async () => {
  await assert.rejects(OAuth2.registerClient(metadata, APP));
});

test("an approved app signs in, talks, renews its token and signs out", async () => {
  const administrator = await server.signIn("helen.ashworth");
  const entered = await server.call(
    "POST",
    "/_lanyard/v1/apps",
    ENTRY,
    administrator.access_token,
  );
  assert.equal(entered.status, 200, entered.body.error);
  const clientId = await OAuth2.registerClient(metadata, APP);

  const oauth = new OAuth2(metadata, { clientId });
  const url = await oauth.generateAuthorizationCodeGrantUrl(
    "state-1",
    REDIRECT,
    "query",
  );
  const back = await letIn(url, "rhian.lloyd");
  assert.equal(back.origin + back.pathname, REDIRECT);
  assert.equal(back.searchParams.get("state"), "state-1");
  const tokens = await oauth.completeAuthorizationCodeGrant(
    back.searchParams.get("code"),
    REDIRECT,
  );
  assert.equal(tokens.expires_in, 900);

  const whoAmI = await server.call(
    "GET",
    "/_matrix/client/v3/account/whoami",
    undefined,
    tokens.access_token,
  );
  assert.equal(whoAmI.body.device_id, oauth.context.deviceId);
  const rhian = await startClient(server.baseUrl, {
    ...whoAmI.body,
    access_token: tokens.access_token,
  });
  clients.push(rhian);
  amara = await startClient(
    server.baseUrl,
    await server.signIn("amara.okafor"),
  );
  clients.push(amara);
  const made = await server.call(
    "POST",
    "/_lanyard/v1/conversations",
    {
      kind: "clinical",
      purpose: "Bed 4",
      member_user_ids: [rhian.getUserId()],
      request_id: "r1",
    },
    amara.getAccessToken(),
  );
  const room = made.body.room_id;
  for (const client of [rhian, amara]) {
    await until(() => client.getRoom(room)?.hasEncryptionStateEvent());
    await until(() => client.getRoom(room).getJoinedMemberCount() === 4);
  }
  const there = decrypted(
    amara,
    room,
    (event) => event.getContent().body === "from another app",
  );
  await rhian.sendTextMessage(room, "from another app");
  await there;

  const renewed = await oauth.performRefreshTokenGrant(tokens.refresh_token);
  assert.notEqual(renewed.access_token, tokens.access_token);
  const path = "/_matrix/client/v3/account/whoami";
  assert.equal(
    (await server.call("GET", path, undefined, renewed.access_token)).status,
    200,
  );
  await oauth.revokeToken(renewed.refresh_token, "refresh_token");
  assert.equal(
    (await server.call("GET", path, undefined, renewed.access_token)).status,
    401,
  );
  await assert.rejects(oauth.performRefreshTokenGrant(renewed.refresh_token));
});

test("a device without a browser is let in by its code", async () => {
  const clientId = await OAuth2.registerClient(metadata, APP);
  const oauth = new OAuth2(metadata, { clientId });
  const started = await oauth.startDeviceAuthorizationGrant();
  const waiting = oauth.waitForDeviceAuthorizationGrant(started);
  // Somebody who has used no code yet: a code is good once.
  const allowed = await server.call(
    "POST",
    "/_lanyard/v1/sign-in/device/allow",
    {
      user_code: started.user_code,
      login_token: await loginToken("sian.evans"),
    },
  );
  assert.equal(allowed.status, 200, allowed.body.error);
  const tokens = await waiting;
  const path = "/_matrix/client/v3/account/whoami";
  const whoAmI = await server.call("GET", path, undefined, tokens.access_token);
  assert.equal(whoAmI.body.device_id, oauth.context.deviceId);
  assert.equal(whoAmI.body.user_id, "@sian.evans:lanyard.localhost");
});

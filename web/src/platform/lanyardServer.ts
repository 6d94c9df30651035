import { Api, path, problemOf, type ApiAnswer, type Json } from "../engine/api";
import { policyOf } from "../engine/policy";
import { Refusal } from "../engine/words";
import type { Asker, FirstProven, Proven, SignInServer } from "../model/phone/ports";
import type { About, Account, AskingApp } from "../model/session";
import type { HandsetServer, ShareAnswer } from "../vault/ports";
import { comeBackHere } from "./organisationSignIn";

const V1 = "/_lanyard/v1";

/** Signing in, before there is an engine to do the talking. */
export function signInServer(api: Api): SignInServer {
  return {
    ...otherApps(api),
    ...firstFactor(api),
    about: async () => aboutOf(await api.get(`${V1}/about`)),
    password: async (user, password) => {
      const answer = await api.post(`${V1}/sign-in/password`, { user, password });
      const said = answer["next"];
      const next = said === "enrol" || said === "passkey" ? said : "totp";
      return { session: String(answer["session"]), next };
    },
    secondStep: async (session, code) => {
      return provenOf(await api.post(`${V1}/sign-in/second-step`, { session, code }));
    },
    recoveryCode: async (user, code) =>
      provenOf(await api.post(`${V1}/sign-in/recovery-code`, { user, code })),
    passkeyOptions: async (session) => {
      const asked = session === null ? {} : { session };
      const answer = await api.post(`${passkeyPath(session !== null)}/options`, asked);
      return {
        session: session ?? String(answer["session"]),
        publicKey: answer["publicKey"] as Json,
      };
    },
    passkey: async (session, credential, second) =>
      provenOf(await api.post(passkeyPath(second), { session, credential })),
    passkeyUsed: async (accessToken) => {
      const answer = await api.as(accessToken).get(`${V1}/me/passkeys`);
      const mine = (answer["passkeys"] ?? []) as Json[];
      const usedAt = (one: Json) => Number(one["last_used_ts"] ?? 0);
      mine.sort((a, b) => usedAt(b) - usedAt(a));
      return String(mine[0]?.["passkey_id"] ?? "");
    },
    logout: async (accessToken) => {
      await api.as(accessToken).post("/_matrix/client/v3/logout");
    },
    login: async (loginToken, deviceName) => {
      const answer = await api.post("/_matrix/client/v3/login", {
        type: "m.login.token",
        token: loginToken,
        initial_device_display_name: deviceName,
      });
      return {
        accessToken: String(answer["access_token"]),
        userId: String(answer["user_id"]),
        deviceId: String(answer["device_id"]),
      };
    },
    policy: async (accessToken) => policyOf(await api.as(accessToken).get(`${V1}/policy`)),
    removeHandset: async (accessToken, handsetId) => {
      await api.as(accessToken).delete(V1 + path`/handsets/${handsetId}`);
    },
  };
}

type FirstFactor = "firstPasskeyOptions" | "firstPasskey" | "firstCode" | "confirmFirstCode";

function firstFactor(api: Api): Pick<SignInServer, FirstFactor> {
  const enrol = `${V1}/sign-in/enrol`;
  return {
    firstPasskeyOptions: async (session) =>
      (await api.post(`${enrol}/passkey/options`, { session }))["publicKey"] as Json,
    firstPasskey: async (session, name, credential) => {
      const asked = { session, name, credential, recovery_codes: true };
      return firstProvenOf(await api.post(`${enrol}/passkey`, asked));
    },
    firstCode: async (session) => {
      const answer = await api.post(`${enrol}/totp`, { session });
      return { secret: String(answer["secret"]), address: String(answer["otpauth_uri"]) };
    },
    confirmFirstCode: async (session, code, newPassword) => {
      const asked = { session, code, new_password: newPassword };
      return firstProvenOf(await api.post(`${enrol}/totp/confirm`, asked));
    },
  };
}

function firstProvenOf(answer: Json): FirstProven {
  const codes = answer["recovery_codes"];
  const recoveryCodes = Array.isArray(codes) ? codes.map(String) : [];
  return { proven: provenOf(answer), recoveryCodes };
}

type OtherApps =
  "ways" | "lost" | "target" | "askedBy" | "letIn" | "turnAway" | "account" | "accountDeed";

function otherApps(api: Api): Pick<SignInServer, OtherApps> {
  return {
    ways: async () => {
      const answer = await api.get(`${V1}/sign-in/ways`);
      const found = answer["organisation"] as Json | undefined;
      const start = String(found?.["start"] ?? "");
      // An address of this server, and nothing else.
      if (!start.startsWith("/_lanyard/")) return { organisation: null };
      const back = `${start}?redirect_url=${encodeURIComponent(comeBackHere())}`;
      return { organisation: { name: String(found?.["name"] ?? ""), start: back } };
    },
    // Wiping asks twice: the screen has by now.
    lost: (place, loginToken) =>
      api.post(`${V1}/lost${place}`, { login_token: loginToken, confirm: true }),
    target: async (redirectUrl) => {
      const answer = await api.post(`${V1}/sign-in/target`, { redirect_url: redirectUrl });
      return { allowed: answer["allowed"] === true, app: String(answer["app"] ?? "") };
    },
    askedBy: async (asker) => {
      const answer = await api.post(askPath(asker), asked(asker));
      const redirectTo = answer["redirect_to"];
      return typeof redirectTo === "string" ? { redirectTo } : { app: askingApp(answer) };
    },
    letIn: async (asker, loginToken) =>
      whereTo(
        await api.post(`${askPath(asker)}/allow`, { ...asked(asker), login_token: loginToken }),
      ),
    turnAway: async (asker) => whereTo(await api.post(`${askPath(asker)}/refuse`, asked(asker))),
    account: async (loginToken) => {
      const answer = await api.post(`${V1}/account`, { login_token: loginToken });
      return { loginToken: String(answer["login_token"]), account: accountOf(answer) };
    },
    accountDeed: async (loginToken, deed) => {
      const place =
        deed.is === "sign_out"
          ? V1 + path`/account/devices/${deed.deviceId}/sign-out`
          : `${V1}/account/cross-signing-reset`;
      const answer = await api.post(place, { login_token: loginToken });
      return String(answer["login_token"]);
    },
  };
}

function passkeyPath(second: boolean): string {
  return `${V1}/sign-in/${second ? "second-step/" : ""}passkey`;
}

function provenOf(answer: Json): Proven {
  const left = answer["recovery_codes_left"];
  return {
    loginToken: String(answer["login_token"]),
    recoveryCodesLeft: typeof left === "number" ? left : null,
  };
}

function askPath(asker: Asker): string {
  return `${V1}/sign-in/${asker.by === "request" ? "authorization" : "device"}`;
}

function asked(asker: Asker): Json {
  return asker.by === "request" ? { request: asker.request } : { user_code: asker.code };
}

function whereTo(answer: Json): string | null {
  const redirectTo = answer["redirect_to"];
  return typeof redirectTo === "string" ? redirectTo : null;
}

function accountOf(json: Json): Account {
  const devices = (json["devices"] ?? []) as Json[];
  return {
    userId: String(json["user_id"] ?? ""),
    displayName: String(json["display_name"] ?? ""),
    role: String(json["role"] ?? ""),
    devices: devices.map((device) => ({
      deviceId: String(device["device_id"] ?? ""),
      name: String(device["display_name"] ?? ""),
      lastSeenTs: Number(device["last_seen_ts"] ?? 0),
    })),
  };
}

function askingApp(json: Json): AskingApp {
  const tips = json["unmet_tips"];
  return {
    software: String(json["software"] ?? ""),
    clientHost: String(json["client_host"] ?? ""),
    purpose: String(json["purpose"] ?? ""),
    approvedFor: String(json["approved_for"] ?? ""),
    notApprovedFor: String(json["not_approved_for"] ?? ""),
    unmetTips: Array.isArray(tips) ? tips.map(String) : [],
    clinical: json["clinical"] === true,
  };
}

function aboutOf(json: Json): About {
  const organization = (json["organization"] ?? {}) as Json;
  const guidance = json["guidance"] as Json | undefined;
  return {
    version: String(json["version"] ?? ""),
    demonstration: json["demonstration"] === true,
    organizationName: String(organization["name"] ?? ""),
    odsCode: String(organization["ods_code"] ?? ""),
    serverName: String(organization["server_name"] ?? ""),
    guidance: guidance
      ? { title: String(guidance["title"] ?? ""), edition: String(guidance["edition"] ?? "") }
      : null,
  };
}

/** The handset part of docs/api.md; bytes travel as base64. */
export function handsetServer(api: Api): HandsetServer {
  return {
    enrol: async (accessToken, { name, platform, publicKey, policyVersion }) => {
      const answer = await api.as(accessToken).post(`${V1}/handsets`, {
        name,
        platform,
        public_key_jwk: publicKey as Json,
        policy_version: policyVersion,
      });
      return { handsetId: String(answer["handset_id"]) };
    },
    setPasscode: async (accessToken, handsetId, proof) => {
      const passcode = V1 + path`/handsets/${handsetId}/passcode`;
      const answer = await api.as(accessToken).put(passcode, { auth_proof: base64(proof) });
      return bytes(answer["share"]);
    },
    challenge: async (handsetId) => {
      const answer = await api.answer("POST", V1 + path`/handsets/${handsetId}/challenge`, {});
      // A wiped handset may be unknown altogether.
      if (answer.status === 410 || answer.status === 404) {
        const last = answer.body["nonce"];
        return { outcome: "destroyed", lastNonce: typeof last === "string" ? last : null };
      }
      return { nonce: String(accepted(answer)["nonce"]) };
    },
    wiped: async (handsetId, nonce, signature) => {
      const said = { nonce, signature: base64(signature) };
      await api.post(V1 + path`/handsets/${handsetId}/wiped`, said);
    },
    share: async (handsetId, { nonce, signature, proof }) => {
      const claim = { nonce, signature: base64(signature), auth_proof: base64(proof) };
      return shareAnswer(await api.answer("POST", V1 + path`/handsets/${handsetId}/share`, claim));
    },
    setPasskey: async (accessToken, handsetId, passkeyId) => {
      const place = V1 + path`/handsets/${handsetId}/prf`;
      const answer = await api.as(accessToken).put(place, { passkey_id: passkeyId });
      return bytes(answer["share"]);
    },
    passkeyOptions: async (handsetId) => {
      const place = V1 + path`/handsets/${handsetId}/prf/options`;
      const answer = await api.answer("POST", place, {}).catch(asUnreachable);
      if (answer === null || answer.status >= 502) return { outcome: "unreachable" };
      if (answer.status === 410 || answer.status === 404) return { outcome: "destroyed" };
      return { publicKey: accepted(answer)["publicKey"] as Json };
    },
    passkeyShare: async (handsetId, { nonce, signature, credential }) => {
      const claim = { nonce, signature: base64(signature), credential };
      const place = V1 + path`/handsets/${handsetId}/prf/share`;
      return shareAnswer(await api.answer("POST", place, claim));
    },
    keepOffline: async (accessToken, handsetId) => {
      const place = V1 + path`/handsets/${handsetId}/prf/offline`;
      const answer = await api.as(accessToken).post(place);
      return { untilTs: Number(answer["until_ts"] ?? 0) };
    },
  };
}

function shareAnswer(answer: ApiAnswer): ShareAnswer {
  const { status, body } = answer;
  const retryAfterMs = Number(body["retry_after_ms"] ?? 0);
  if (status === 410 || body["errcode"] === "ORG_LANYARD_SHARE_DESTROYED") {
    return { outcome: "destroyed" };
  }
  if (body["errcode"] === "ORG_LANYARD_WRONG_PASSCODE") {
    return { outcome: "wrong", attemptsLeft: Number(body["attempts_left"] ?? 0), retryAfterMs };
  }
  if (status === 429) return { outcome: "too_soon", retryAfterMs };
  return { outcome: "released", share: bytes(accepted(answer)["share"]) };
}

function asUnreachable(error: unknown): null {
  if (error instanceof Refusal && error.problem.code === "offline") return null;
  throw error;
}

function accepted({ status, body }: ApiAnswer): Json {
  if (status >= 400) throw new Refusal(problemOf(status, body));
  return body;
}

function base64(value: Uint8Array): string {
  return btoa(String.fromCharCode(...value));
}

function bytes(value: unknown): Uint8Array<ArrayBuffer> {
  const plain = String(value).replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(plain), (c) => c.charCodeAt(0));
}

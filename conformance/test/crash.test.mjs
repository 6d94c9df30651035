// The server ends at every named step on the way to what is durable (row R2 of docs/reliability.md): what random kills
// seldom meet. lib/crash-points.json names the steps, and a test of the server compares it with the code.
// @Hazard("H02")
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { INVARIANTS, summary } from "../lib/invariants.mjs";
import { DeviceKeys } from "../lib/keys.mjs";
import { Server } from "../lib/server.mjs";
import { rest, Ward } from "../lib/ward.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const POINTS = JSON.parse(readFileSync(join(here, "..", "lib", "crash-points.json"), "utf8"));
/// Without a number the steps of a message's way are visited once; with one all steps are, so often.
const ASKED = process.env.CRASH_ROUNDS;
const ROUNDS = Number(ASKED ?? 1);
const WAY_OF_A_MESSAGE = /^(writer|door|database|receipts)\./;
const STEPS = Object.entries(POINTS.underLoad).filter(([step]) => ASKED || WAY_OF_A_MESSAGE.test(step));
const LONG = { timeout: 3_600_000 };
/// What the process answers when it ended at its step, and not by something else.
const ENDED_AT_ITS_STEP = 86;
/// The demonstration's.
const PATIENTS = ["9990000107", "9990001111", "9991234551", "9995550121"];

const lot = (list) => list.map((one) => [Math.random(), one]).sort(([a], [b]) => a - b).map(([, one]) => one);

/// Starts the server with a crash planned and does `work` until it has happened, perhaps while it was starting.
async function crashAt(server, step, most, work = async () => {}) {
  server.planCrash(step, 1 + Math.floor(Math.random() * most));
  const started = await server.launch().then(() => true, () => false);
  if (started) {
    work().catch(() => {});
  }
  const ended = await Promise.race([server.exited, rest(90_000).then(() => "still running")]);
  assert.equal(ended, ENDED_AT_ITS_STEP, `at ${step}: ${ended}`);
  server.output = "";
  server.planNoCrash();
}

const recording = { decisions: [] };

after(async () => {
  await recording.server?.stop();
});

async function signedIn(server, user) {
  const session = await server.signIn(user);
  const keys = new DeviceKeys(session.user_id, session.device_id);
  const { deviceKeys, signing, signatures } = keys.identityUploads();
  const post = (path, body) => ok(server.call("POST", `/_matrix/client/v3/keys/${path}`, body, session.access_token));
  await post("upload", { device_keys: deviceKeys });
  await post("device_signing/upload", signing);
  await post("signatures/upload", signatures);
  return session;
}

async function ok(answer) {
  const { status, body } = await answer;
  assert.ok(status < 300, `${status} ${body.errcode}: ${body.error}`);
  return body;
}

/// Conversations, each about another patient, as one patient's decisions wait for each other.
async function openConversations(server, count) {
  const registrar = await signedIn(server, "rhian.lloyd");
  const pharmacist = await signedIn(server, "amara.okafor");
  const call = (method, path, body, who) => ok(server.call(method, path, body, who.access_token));
  const rooms = [];
  for (const number of PATIENTS.slice(0, count)) {
    const conversation = {
      kind: "clinical",
      purpose: "Antibiotics",
      request_id: `r${number}`,
      member_user_ids: [pharmacist.user_id],
    };
    const { room_id: id } = await call("POST", "/_lanyard/v1/conversations", conversation, registrar);
    const room = encodeURIComponent(id);
    const patient = await call("POST", "/_lanyard/v1/patients/find", { nhs_number: number }, registrar);
    await call("PUT", `/_lanyard/v1/rooms/${room}/patient`, { patient_id: patient.patient_id }, registrar);
    rooms.push(room);
  }
  const say = async (room, n, who) => {
    const content = { algorithm: "m.megolm.v1.aes-sha2", ciphertext: `sealed ${n}` };
    const path = `/_matrix/client/v3/rooms/${room}/send/m.room.encrypted/${n}`;
    return (await call("PUT", path, content, who)).event_id;
  };
  const decide = async (n) => {
    const source = await say(rooms[n], `source${n}`, registrar);
    const summarised = await say(rooms[n], `summary${n}`, pharmacist);
    const decision = {
      request_id: `d${n}`,
      source_event_ids: [source],
      summary_event_id: summarised,
      summary: "Start gentamicin once a day.",
      decided_ts: Date.now(),
      decider_user_id: pharmacist.user_id,
    };
    const made = await call("POST", `/_lanyard/v1/rooms/${rooms[n]}/decisions`, decision, pharmacist);
    recording.decisions.push(made.decision_id);
  };
  const status = async (decision) =>
    (await call("GET", `/_lanyard/v1/decisions/${decision}`, undefined, pharmacist)).status;
  return { decide, status };
}

test("a decision is signed, and the server ends on its way to the record", LONG, async () => {
  const server = await Server.start();
  recording.server = server;
  const steps = Object.entries(POINTS.recordingDecisions);
  recording.conversation = await openConversations(server, steps.length);
  await server.kill();
  let n = 0;
  for (const [step, most] of steps) {
    // The answer may be lost with the server.
    await crashAt(server, step, most, () => recording.conversation.decide(n));
    n++;
  }
  await server.launch();
  for (let i = 0; i < n; i++) {
    await recording.conversation.decide(i);
  }
  recording.decisions = [...new Set(recording.decisions)];
  assert.equal(recording.decisions.length, n, "a request that was sent again made another decision");
});

test("a server of anything but the demonstration refuses to start with a crash planned", LONG, async () => {
  const server = await Server.prepare({ LANYARD_DEMONSTRATION: "false" });
  server.planCrash("writer.opened", 1);
  await assert.rejects(server.launch());
  assert.equal(await server.exited, 2);
});

test("a first start that ends half-way is finished by the next", LONG, async (t) => {
  for (const step of Object.keys(POINTS.firstStart)) {
    await t.test(step, LONG, async () => {
      const server = await Server.prepare();
      await crashAt(server, step, 1);
      await server.launch();
      try {
        assert.ok((await server.signIn("rhian.lloyd")).access_token);
      } finally {
        await server.stop();
      }
    });
  }
});

test(`R2: the server ends at ${STEPS.length} steps under load, ${ROUNDS} times each`, LONG, async (t) => {
  const server = await Server.start({ LANYARD_CONFORMANCE: "true" });
  const ward = await Ward.open(server);
  try {
    ward.start();
    await server.kill();
    for (let round = 0; round < ROUNDS; round++) {
      for (const [step, most] of lot(STEPS)) {
        await crashAt(server, step, most, () => ward.sendAgain(2));
      }
    }
    await server.launch();
    await ward.sendAgain(20);
    await ward.finish();
    t.diagnostic(`${ROUNDS} times ${STEPS.length} steps: ${summary(ward)}`);
    for (const [name, holds] of Object.entries(INVARIANTS)) {
      await t.test(name, () => holds(ward));
    }
    await t.test("I10: the audit log verifies", () => verifyAudit(server));
  } finally {
    ward.abandon();
    await server.stop();
  }
});

async function verifyAudit(server) {
  await promisify(execFile)(join(here, "..", "..", "scripts", "lanyard"), ["verify-audit", "--data", server.data]);
}

test("each decision is in the folder once, and its audit log verifies", LONG, async () => {
  const { server, conversation, decisions } = recording;
  // A delivery that died is taken over after two minutes.
  const deadline = Date.now() + 240_000;
  for (const decision of decisions) {
    while ((await conversation.status(decision)) !== "saved_to_folder") {
      assert.ok(Date.now() < deadline, `${decision} is ${await conversation.status(decision)}`);
      await rest(500);
    }
  }
  const files = readdirSync(server.data, { recursive: true }).map(String);
  const documents = files.filter((file) => decisions.some((decision) => file.includes(decision)));
  assert.equal(documents.length, decisions.length, documents.join(" "));
  assert.deepEqual(files.filter((file) => file.endsWith(".part")), [], "half a document was left behind");
  await verifyAudit(server);
});

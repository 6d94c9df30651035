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
import { connect } from "../lib/database.mjs";
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

/// What was said and sent so far becomes as old as nothing may be, and what is marked is due. The clock is the machine's:
/// only what is stored can be made older.
async function age(server, rooms) {
  const database = await connect(server);
  const year = 366 * 86_400_000;
  await database.query(
    `update event set ts = ts - $1 where state_key is null and room_nid in
     (select room_nid from room where room_id = any($2))`,
    [year, rooms],
  );
  await database.query(
    "update room_retention set oldest_ts = oldest_ts - $1, rest_until_ts = 0 where room_id = any($2)",
    [year, rooms],
  );
  await database.query("update media set uploaded_at = uploaded_at - interval '366 days'");
  await database.end();
}

async function makeDue(server) {
  const database = await connect(server);
  const due = async () => {
    const messages = await database.query("update disposal_order set destroy_from_ts = 0 where state = 'marked'");
    const files = await database.query("update file_order set destroy_from_ts = 0 where state = 'marked'");
    return messages.rowCount > 0 && files.rowCount > 0;
  };
  const marked = async () =>
    (await database.query("select 1 from disposal_order where state = 'marked'")).rowCount > 0 &&
    (await database.query("select 1 from file_order where state = 'marked'")).rowCount > 0;
  const deadline = Date.now() + 150_000;
  while (!(await marked())) {
    assert.ok(Date.now() < deadline, "nothing was marked");
    await rest(500);
  }
  assert.ok(await due());
  await database.end();
}

const UNDER_SCHEDULE = { ...LONG, skip: !ASKED };

/// Row R2 for what is destroyed for good: nothing twice, nothing that is not due, and what was begun is finished.
test("the schedule destroys, and the server ends at each step of it", UNDER_SCHEDULE, async () => {
  const server = await Server.start();
  try {
    const rhian = await signedIn(server, "rhian.lloyd");
    const sian = await signedIn(server, "sian.evans");
    const elin = await signedIn(server, "elin.parry");
    // She is in no clinical conversation: no file of hers waits for the record.
    const amara = await signedIn(server, "amara.okafor");
    const call = (method, path, body, who) => ok(server.call(method, path, body, who.access_token));
    const social = { kind: "social", purpose: "Five-a-side", request_id: "s1", member_user_ids: [sian.user_id] };
    const { room_id: room } = await call("POST", "/_lanyard/v1/conversations", social, rhian);
    const inRoom = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}`;
    const say = async (n) => {
      const content = { algorithm: "m.megolm.v1.aes-sha2", ciphertext: `sealed ${n}` };
      return (await call("PUT", `${inRoom}/send/m.room.encrypted/${n}`, content, rhian)).event_id;
    };
    const upload = async (n) =>
      (await call("POST", "/_matrix/media/v3/upload", { n }, amara)).content_uri.slice("mxc://".length);
    const old = [await say(1), await say(2), await say(3)];
    const files = [await upload(1), await upload(2)];
    // The room is met by the sweep before it can be made older.
    const database = await connect(server);
    while ((await database.query("select 1 from room_retention where room_id = $1", [room])).rowCount === 0) {
      await rest(500);
    }
    await database.end();
    await age(server, [room]);
    const young = await say("young");
    const kept = await upload("kept");
    await server.kill();
    await server.launch();
    await makeDue(server);
    await server.kill();
    for (const [step, most] of Object.entries(POINTS.disposing)) {
      await crashAt(server, step, most);
    }
    await server.launch();
    const deadline = Date.now() + 150_000;
    const disposals = async () => (await call("GET", "/_lanyard/v1/disposals", undefined, elin)).disposals;
    while (!(await disposals()).some((one) => one.state === "destroyed")) {
      assert.ok(Date.now() < deadline, "the disposal was not finished");
      await rest(500);
    }
    const orders = await disposals();
    assert.equal(orders.length, 1);
    assert.equal(orders[0].messages, old.length, "each message went once");
    const content = async (event) =>
      (await call("GET", `${inRoom}/event/${encodeURIComponent(event)}`, undefined, rhian)).content;
    for (const event of old) {
      assert.deepEqual(await content(event), {});
    }
    assert.equal((await content(young)).ciphertext, "sealed young");
    const status = async (file) => {
      const headers = { authorization: `Bearer ${amara.access_token}` };
      return (await fetch(`${server.baseUrl}/_matrix/client/v1/media/download/${file}`, { headers })).status;
    };
    for (const file of files) {
      while ((await status(file)) !== 404) {
        assert.ok(Date.now() < deadline, "a file that was due stayed");
        await rest(500);
      }
    }
    assert.equal(await status(kept), 200);
    await verifyAudit(server);
  } finally {
    await server.stop();
  }
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

// kill -9 under load: of the server, of PostgreSQL, and of the one session that writes (rows R1, R3 and R4 of
// docs/reliability.md). Nothing acknowledged is lost, doubled or moved (hazard H02).
// @Hazard("H02")
import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, killDatabase } from "../lib/database.mjs";
import { INVARIANTS, summary } from "../lib/invariants.mjs";
import { Server } from "../lib/server.mjs";
import { rest, Ward } from "../lib/ward.mjs";

const KILLS = Number(process.env.KILLS ?? 10);
const DATABASE_KILLS = Number(process.env.DATABASE_KILLS ?? 5);
const SESSION_KILLS = Number(process.env.SESSION_KILLS ?? 10);
const END_OF_THE_WRITER =
  "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lanyard writer'";
const LONG = { timeout: 3_600_000 };
let server;
let ward;

/// With people at work on a server of its own. Not by hooks: those would run around each invariant too.
async function underLoad(work) {
  server = await Server.start({ LANYARD_CONFORMANCE: "true" });
  try {
    ward = await Ward.open(server);
    await work();
  } finally {
    ward?.abandon();
    await server.stop();
  }
}

/// Runs `fault` so many times under load, each time until somebody's message is acknowledged again, and checks every
/// invariant. The times from the fault to that message are the recovery.
async function survives(t, times, fault) {
  const recoveries = [];
  ward.start();
  await acknowledgedAfter(performance.now());
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    await fault();
    await acknowledgedAfter(performance.now());
    recoveries.push(ward.lastAcknowledged - began);
    await ward.sendAgain(3);
    await rest(400 + Math.random() * 800);
  }
  const refusals = { ...ward.refusals };
  await ward.finish();
  recoveries.sort((a, b) => a - b);
  const at = (share) => Math.round(recoveries[Math.ceil(share * times) - 1]);
  t.diagnostic(`${times} times: ${summary(ward)}`);
  t.diagnostic(`recovery p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`);
  for (const [name, holds] of Object.entries(INVARIANTS)) {
    await t.test(name, () => holds(ward));
  }
  await t.test("the load was heavy enough to prove something", () => {
    assert.ok(ward.acknowledged > 10 * times, `only ${ward.acknowledged} messages`);
  });
  return refusals;
}

async function acknowledgedAfter(moment) {
  const deadline = performance.now() + 60_000;
  while (ward.lastAcknowledged <= moment) {
    assert.ok(performance.now() < deadline, "nothing is acknowledged any more");
    await rest(10);
  }
}

/// Only "try again in a moment" is an answer while the database is away, and it says when.
async function refusesOnlyForAMoment(t, refusals) {
  await t.test("I13: while the database is away the answer is 503 with a time to try again", () => {
    assert.deepEqual(Object.keys(refusals).filter((status) => status !== "503"), [], JSON.stringify(refusals));
    assert.equal(ward.wordless, 0, "503 without Retry-After");
  });
}

test(`R1: ${KILLS} kills of the server`, LONG, (t) =>
  underLoad(() =>
    survives(t, KILLS, async () => {
      await server.kill();
      await server.launch();
    }),
  ),
);

test(`R3: ${DATABASE_KILLS} kills of PostgreSQL`, LONG, (t) =>
  underLoad(async () => {
    await refusesOnlyForAMoment(t, await survives(t, DATABASE_KILLS, () => killDatabase(server)));
  }),
);

test(`R4: ${SESSION_KILLS} ends of the session that writes`, LONG, (t) =>
  underLoad(async () => {
    const database = await connect(server);
    const refusals = await survives(t, SESSION_KILLS, async () => {
      while ((await database.query(END_OF_THE_WRITER)).rowCount === 0) {
        await rest(10);
      }
    });
    await database.end();
    await refusesOnlyForAMoment(t, refusals);
  }),
);

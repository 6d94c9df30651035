// kill -9 under load, of the server and of PostgreSQL: nothing acknowledged is lost, duplicated or reordered
// (hazard H02).
// @Hazard("H02")
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { rest, underLoad } from "../lib/load.mjs";
import { Server } from "../lib/server.mjs";

const KILLS = Number(process.env.KILLS ?? 20);
const DATABASE_KILLS = Number(process.env.DATABASE_KILLS ?? 5);
const WRITERS = 6;
let server;

beforeEach(async () => {
  server = await Server.start({ LANYARD_CONFORMANCE: "true" });
});

afterEach(async () => {
  await server?.stop();
});

test(`${KILLS} kills of the server lose, double and reorder nothing`, { timeout: 900_000 }, async (t) => {
  const { total } = await underLoad(server, WRITERS, async () => {
    for (let i = 0; i < KILLS; i++) {
      await rest(200 + Math.random() * 600);
      await server.kill();
      await server.launch();
    }
    await rest(500);
  });
  t.diagnostic(`${total} messages acknowledged across ${KILLS} kills of the server`);
  assert.ok(total > KILLS, "the load was too thin to prove anything");
});

test(`${DATABASE_KILLS} kills of PostgreSQL lose, double and reorder nothing`, { timeout: 900_000 }, async (t) => {
  const postgres = join(server.data, "postgres", "cluster", "postmaster.pid");
  const recoveries = [];
  const { total, refusals } = await underLoad(server, WRITERS, async () => {
    for (let i = 0; i < DATABASE_KILLS; i++) {
      await rest(300 + Math.random() * 700);
      process.kill(Number(readFileSync(postgres, "utf8").split("\n")[0]), "SIGKILL");
      recoveries.push(await untilItAnswers());
    }
    await rest(500);
  });
  t.diagnostic(
    `${total} messages acknowledged across ${DATABASE_KILLS} kills of PostgreSQL; ` +
      `writing again after ${Math.max(...recoveries)} ms at most; refused meanwhile: ${JSON.stringify(refusals)}`,
  );
  assert.ok(total > DATABASE_KILLS, "the load was too thin to prove anything");
  assert.deepEqual(
    Object.keys(refusals).filter((status) => status !== "503"),
    [],
    "only 'try again in a moment' is an answer while the database is away",
  );
});

/// How long, in milliseconds, until something can be written again.
async function untilItAnswers() {
  const began = Date.now();
  for (let i = 0; ; i++) {
    const name = `probe${began}${i}`;
    try {
      if ((await server.register(name)).access_token) {
        return Date.now() - began;
      }
    } catch {
      // Not yet.
    }
    assert.ok(Date.now() - began < 60_000, "PostgreSQL did not come back");
    await rest(100);
  }
}

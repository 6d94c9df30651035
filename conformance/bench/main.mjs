// node bench/main.mjs [--url http://host:port] [--pid n] [--only one,own,…] [--runs n] [--long] [--no-write]
//
// Without --url our own server is started and its PostgreSQL is asked what it did; the result goes to
// docs/performance.md. With --url any homeserver that lets people register with m.login.dummy is measured, through the
// public API alone; --pid names its process on this machine, so that its CPU and memory can be told too.
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import * as phases from "./phases.mjs";
import { slidingLadder, syncLadder } from "./ladder.mjs";
import { steadyWard } from "./steady.mjs";
import { sweep } from "./sweep.mjs";
import { search } from "./search.mjs";
import { World } from "./people.mjs";
import { median } from "./numbers.mjs";
import { target } from "./wire.mjs";
import { rendered } from "./table.mjs";
import { write } from "./document.mjs";
import { transferSizes } from "./app.mjs";

const { values: options } = parseArgs({
  options: {
    url: { type: "string" },
    pid: { type: "string" },
    only: { type: "string" },
    runs: { type: "string", default: "1" },
    rate: { type: "string" },
    long: { type: "boolean", default: false },
    statements: { type: "boolean", default: false },
    "no-write": { type: "boolean", default: false },
  },
});

const PHASES = [
  ["floor", phases.floor],
  ["rooms", phases.newRooms],
  ["one", phases.oneSender],
  ["shared", phases.tenSendersOneRoom],
  ["own", phases.tenSendersOwnRooms],
  ["ward", phases.ward],
  ["register", phases.registration],
  ["hospital", phases.hospital],
  // Before the ladders: what a server weighs is asked of one that was not overloaded on purpose.
  ["broadcast", phases.broadcast],
  ["ladder", syncLadder],
  ["sliding", slidingLadder],
  ["nothing", phases.nothingNew],
  ["history", phases.history],
  ["first", phases.firstSync],
  ["large", phases.largeRoom],
  ["steady", steadyWard],
  ["sweep", sweep],
  ["age", phases.age],
  ["waiting", phases.waiting],
  // Last: it leaves ten million events behind.
  ["search", search],
];

const only = options.only?.split(",");
const ours = options.url
  ? { url: options.url, pid: Number(options.pid) || undefined, stop: async () => {} }
  : await (await import("./lanyard.mjs")).start();
const bench = {
  ...ours,
  world: new World(target(ours.url)),
  long: options.long,
  rate: Number(options.rate) || undefined,
};
if (options.statements && bench.database) {
  const since = bench.database.since.bind(bench.database);
  bench.database.since = async (before) => {
    const cost = await since(before);
    console.error(
      cost.did.slice(0, 12).map(({ times, query }) => `${times} × ${query.slice(0, 110)}`),
    );
    return cost;
  };
}

/// The median of every fact. A phase that fails says why and leaves the others their turn.
async function repeated(name, phase) {
  const runs = [];
  for (let run = 0; run < Number(options.runs); run++) {
    process.stderr.write(`${name} …`);
    const began = performance.now();
    try {
      runs.push(await phase(bench));
      process.stderr.write(` ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
    } catch (error) {
      failed.push(`${name} failed: ${error.message}`);
      process.stderr.write(` failed: ${error.message}\n`);
    }
  }
  const keys = new Set(runs.flatMap((run) => Object.keys(run)));
  return Object.fromEntries([...keys].map((key) => [key, median(runs.map((run) => run[key]))]));
}

const facts = {};
const failed = [];
try {
  await phases.warmUp(bench);
  for (const [name, phase] of PHASES) {
    if (only && !only.includes(name)) {
      continue;
    }
    Object.assign(facts, await repeated(name, phase));
  }
} finally {
  bench.world.close();
  await ours.stop();
}
if (!options.url && (!only || only.includes("web"))) {
  Object.assign(facts, transferSizes());
}

const { lines, broken } = rendered(facts);
broken.push(...failed);
console.log(lines.join("\n"));
console.log(
  broken.length
    ? `\nDoes not hold:\n${broken.join("\n")}`
    : "\nEvery budget that was measured holds.",
);
if (!options.url && !options["no-write"] && !only) {
  write(lines, { runs: Number(options.runs), long: options.long, processors: cpus().length });
}
process.exitCode = broken.length ? 1 : 0;

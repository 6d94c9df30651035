// The only part that knows what it measures: starts our server with its embedded PostgreSQL on data of its own, and asks
// that PostgreSQL what it was made to do.
import { execFile } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { Server } from "../lib/server.mjs";

const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const CONTROL =
  /^\s*(begin|start|commit|rollback|savepoint|release|set|show|discard|checkpoint)\b/i;
/// Asked again and again whether anybody sends anything or not.
const BACKGROUND = /\b(from|update) job\b/i;

export async function start() {
  const server = await Server.start({ LANYARD_CONFORMANCE: "true" });
  // Counting statements needs a library that PostgreSQL loads when it starts.
  const first = await connect(server);
  await first.query("alter system set shared_preload_libraries = 'pg_stat_statements'");
  await first.query("alter system set pg_stat_statements.max = 5000");
  await first.end();
  await server.stop();
  server.output = "";
  await server.launch();
  const client = await connect(server);
  await client.query("create extension if not exists pg_stat_statements");
  return {
    url: server.baseUrl,
    data: server.data,
    pid: server.child.pid,
    database: new Observer(client),
    connect: () => connect(server),
    settle: () => collectGarbage(server.child.pid),
    restart: async () => {
      await client.end();
      await server.stop();
      server.output = "";
      await server.launch();
    },
    stop: async () => {
      await client.end();
      await server.stop();
      rmSync(server.data, { recursive: true, force: true });
    },
  };
}

async function connect(server) {
  const home = join(server.data, "postgres");
  const port = Number(readFileSync(join(home, "cluster", "postmaster.pid"), "utf8").split("\n")[3]);
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: "postgres",
    password: readFileSync(join(home, "superuser.password"), "utf8"),
    database: "lanyard",
  });
  client.on("error", () => {});
  await client.connect();
  return client;
}

class Observer {
  constructor(client) {
    this.client = client;
  }

  async snapshot() {
    // Sessions hand in what they counted a second after they have fallen silent at the latest.
    await rest(1100);
    const statements = await this.client.query(
      `select queryid::text as id, min(query) as query, sum(calls)::float as calls from pg_stat_statements s
       join pg_roles r on r.oid = s.userid where rolname = 'lanyard' group by 1`,
    );
    const { rows } = await this.client.query(
      `select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::float as wal,
         (select sum(fsyncs)::float from pg_stat_io where object = 'wal') as fsyncs,
         pg_database_size('lanyard')::float as size`,
    );
    return { ...rows[0], calls: new Map(statements.rows.map((row) => [row.id, row])) };
  }

  /// Puts `count` copies of a message between a room's beginning and its newest messages, straight into the tables.
  async makeOlder(roomId, count) {
    if (count <= 0) {
      return;
    }
    await this.client.query("begin");
    const { rows } = await this.client.query(
      `select r.room_nid as nid, min(e.seq) as first from room r join event e using (room_nid)
       where r.room_id = $1 and e.state_key is null group by 1`,
      [roomId],
    );
    const { nid, first } = rows[0];
    await this.client.query("update event set seq = -seq where room_nid = $1 and seq >= $2", [
      nid,
      first,
    ]);
    await this.client.query(
      "update event set seq = -seq + $3 where room_nid = $1 and seq <= -$2::bigint",
      [nid, first, count],
    );
    await this.client.query(
      `insert into event (room_nid, seq, slot, pos, event_id, type, sender, ts, notices, body)
       select e.room_nid, $2::bigint + n, e.slot, e.pos,
         '$' || translate(rtrim(encode(sha256((e.room_nid || ' ' || n)::bytea), 'base64'), '='), '+/', '-_'),
         e.type, e.sender, e.ts, n, e.body
       from event e, generate_series(0, $3::bigint - 1) n
       where e.room_nid = $1 and e.seq = $2::bigint + $3::bigint`,
      [nid, first, count],
    );
    await this.client.query(
      "update room set head_seq = head_seq + $2, notices = notices + $2 where room_nid = $1",
      [nid, count],
    );
    await this.client.query("commit");
    await this.client.query("analyze event");
  }

  async since(before) {
    const after = await this.snapshot();
    const did = [];
    for (const [id, { query, calls }] of after.calls) {
      const times = calls - (before.calls.get(id)?.calls ?? 0);
      if (times > 0 && !CONTROL.test(query) && !BACKGROUND.test(query)) {
        did.push({ query: query.replace(/\s+/g, " ").trim(), times });
      }
    }
    did.sort((a, b) => b.times - a.times);
    return {
      statements: did.reduce((sum, { times }) => sum + times, 0),
      wal: after.wal - before.wal,
      fsyncs: after.fsyncs - before.fsyncs,
      growth: after.size - before.size,
      did,
    };
  }
}

/// What is garbage is not memory that a parked request holds.
async function collectGarbage(pid) {
  const java = readFileSync(`/proc/${pid}/cmdline`, "latin1").split("\0")[0];
  await promisify(execFile)(join(dirname(java), "jcmd"), [String(pid), "GC.run"]);
  await rest(500);
}

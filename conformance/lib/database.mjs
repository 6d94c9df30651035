// The embedded PostgreSQL of a server, from outside.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

const pidFile = (server) => readFileSync(join(server.data, "postgres", "cluster", "postmaster.pid"), "utf8").split("\n");

export function killDatabase(server) {
  process.kill(Number(pidFile(server)[0]), "SIGKILL");
}

export async function connect(server) {
  const client = new pg.Client({
    host: "127.0.0.1",
    port: Number(pidFile(server)[3]),
    user: "postgres",
    password: readFileSync(join(server.data, "postgres", "superuser.password"), "utf8"),
    database: "lanyard",
  });
  client.on("error", () => {});
  await client.connect();
  return client;
}

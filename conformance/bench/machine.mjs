// What the kernel says of processors and memory. Where it has no /proc, nothing is known and the table says so.
import { existsSync, readdirSync, readFileSync } from "node:fs";

const TICK_MS = 10;
const known = existsSync("/proc/stat");

function stat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return {
      parent: Number(fields[1]),
      ticks: fields.slice(11, 15).reduce((sum, n) => sum + Number(n), 0),
    };
  } catch {
    return null;
  }
}

/// A process and all that came from it.
export function tree(root) {
  if (!known || !root) {
    return [];
  }
  const parents = new Map();
  for (const name of readdirSync("/proc")) {
    if (/^\d+$/.test(name)) {
      parents.set(Number(name), stat(name)?.parent);
    }
  }
  const found = [root];
  for (const pid of found) {
    parents.forEach((parent, child) => parent === pid && found.push(child));
  }
  return found;
}

/// What was used since the machine started, by all, by the server with its database, and by us.
export function snapshot(root) {
  if (!known) {
    return null;
  }
  const all = readFileSync("/proc/stat", "latin1")
    .split("\n")[0]
    .trim()
    .split(/ +/)
    .slice(1, 9)
    .map(Number);
  const { user, system } = process.cpuUsage();
  return {
    at: performance.now(),
    total: all.reduce((sum, n) => sum + n, 0) * TICK_MS,
    idle: (all[3] + all[4]) * TICK_MS,
    server: tree(root).reduce((sum, pid) => sum + (stat(pid)?.ticks ?? 0), 0) * TICK_MS,
    generator: (user + system) / 1000,
  };
}

/// Milliseconds of processor time between two snapshots. `noise` is the share of all processors that others used.
export function used(before, after) {
  if (!before || !after) {
    return { server: NaN, generator: NaN, noise: NaN };
  }
  const total = after.total - before.total;
  const busy = total - (after.idle - before.idle);
  const server = after.server - before.server;
  const generator = after.generator - before.generator;
  return {
    server,
    generator,
    noise: Math.max(0, busy - server - generator) / total,
    ms: after.at - before.at,
  };
}

/// Proportional set size of the server and its database, or resident size where the kernel tells no more.
export function memory(root) {
  let kilobytes = 0;
  for (const pid of tree(root)) {
    try {
      kilobytes += Number(
        /^Pss: +(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "latin1"))[1],
      );
    } catch {
      try {
        kilobytes += Number(
          /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))[1],
        );
      } catch {
        // The process has ended meanwhile.
      }
    }
  }
  return kilobytes * 1024;
}

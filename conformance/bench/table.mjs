/// The same is asked of both ladders.
const LADDER = [
  ["rate", "messages a second at the highest step that held"],
  ["deliveries", "deliveries a second there"],
  ["p50", "end to end p50, ms"],
  ["p99", "end to end p99, ms", { max: 1000 }],
  ["wrong", "lost, doubled, out of order, failed", { max: 0 }],
  ["cpuPerDelivery", "CPU a delivery, ms"],
  ["answersPerDelivery", "sync answers a delivery"],
  ["generator", "the generator's own processors"],
];

// What is printed, and what must hold. `max` and `min` are budgets; the number behind them is the issue that asks.
export const TABLE = [
  [
    "W0 nothing but HTTP",
    "floor",
    [
      ["p50", "whoami p50, ms"],
      ["p99", "whoami p99, ms"],
      ["disk", "the disk alone, write and flush 8 kB p50, ms"],
    ],
  ],
  [
    "W1 accounts (the password's hash is the cost)",
    "register",
    [
      ["rate", "registrations a second"],
      ["cpu", "CPU each, ms"],
    ],
  ],
  [
    "W2 a room of six: made with five invitations, then five join",
    "rooms",
    [
      ["made", "making it p50, ms"],
      ["madeP99", "making it p99, ms"],
      ["joined", "a join p50, ms"],
      ["joinedP99", "a join p99, ms"],
      ["cpu", "CPU a room and its five joins, ms"],
    ],
  ],
  [
    "W3 one sender, nobody listens",
    "one",
    [
      ["rate", "messages a second, the middle one of three times", { min: 500 }],
      ["first", "messages a second, the first time"],
      ["p50", "send p50, ms"],
      ["p99", "send p99, ms"],
      ["cpu", "CPU a message, ms"],
      ["statements", "SQL statements a message, background included"],
      ["wal", "WAL bytes a message"],
      ["fsyncs", "fsyncs a message"],
    ],
  ],
  [
    "W4 ten senders, one room",
    "shared",
    [
      ["rate", "messages a second"],
      ["p50", "send p50, ms"],
      ["p99", "send p99, ms"],
      ["cpu", "CPU a message, ms"],
      ["statements", "SQL statements a message", { max: 2 }],
      ["fsyncs", "fsyncs a message"],
    ],
  ],
  [
    "W4 ten senders, rooms of their own",
    "own",
    [
      ["rate", "messages a second", { min: 1500 }],
      ["p50", "send p50, ms"],
      ["p99", "send p99, ms"],
      ["cpu", "CPU a message, ms"],
      ["statements", "SQL statements a message", { max: 2 }],
      ["wal", "WAL bytes a message"],
      ["fsyncs", "fsyncs a message"],
      ["growth", "database growth a 700-byte message, bytes", { max: 1536 }],
    ],
  ],
  [
    "W5 30 people syncing, 50 messages a second",
    "ward",
    [
      ["rate", "messages a second"],
      ["fanOut", "receivers a message"],
      ["sendP50", "send p50, ms"],
      ["sendP99", "send p99, ms"],
      ["p50", "end to end p50, ms"],
      ["p99", "end to end p99, ms"],
      ["wrong", "lost, doubled, out of order, failed", { max: 0 }],
      ["gaps", "answers with a gap"],
      ["statements", "SQL statements a message", { max: 2 }],
      ["wal", "WAL bytes a message"],
      ["fsyncs", "fsyncs a message"],
      ["cpuPerDelivery", "CPU a delivery, ms"],
    ],
  ],
  [
    "W5 60 people syncing, one room holds all",
    "hospital",
    [
      ["rate", "messages a second", { min: 300 }],
      ["fanOut", "receivers a message"],
      ["deliveries", "deliveries a second", { min: 10000 }],
      ["sendP50", "send p50, ms"],
      ["sendP99", "send p99, ms"],
      ["p50", "end to end p50, ms"],
      ["p99", "end to end p99, ms", { max: 250 }],
      ["wrong", "lost, doubled, out of order, failed", { max: 0 }],
      ["gaps", "answers with a gap"],
      ["cpuPerDelivery", "CPU a delivery, ms", { max: 0.15 }],
      ["answersPerDelivery", "sync answers a delivery"],
      ["bytesPerDelivery", "bytes a delivery"],
      ["statements", "SQL statements a message", { max: 2 }],
      ["generator", "the generator's own processors"],
    ],
  ],
  ["W5 ladder: the rate grows by half until somebody waits a second", "ladder", LADDER],
  ["W6 ladder with simplified sliding sync", "sliding", LADDER],
  [
    "W7 broadcast to 100, 5 a second",
    "broadcast",
    [
      ["p50", "end to end p50, ms"],
      ["p99", "end to end p99, ms"],
      ["wrong", "lost, doubled, out of order, failed", { max: 0 }],
      ["gaps", "answers with a gap"],
      ["memory", "server and PostgreSQL, 100 people, MB", { max: 450, per: 1024 * 1024 }],
    ],
  ],
  [
    "W8 first sync, 400 rooms of 20 messages",
    "first",
    [
      ["default", "whole, ms", { max: 150 }],
      ["defaultBytes", "whole, MB", { per: 1024 * 1024 }],
      ["lazy", "lazy members, ms"],
      ["sliding20", "sliding window of 20 rooms, ms", { max: 20, wanted: false }],
      ["sliding100", "sliding window of 100 rooms, ms"],
    ],
  ],
  [
    "Sync that has nothing new",
    "nothing",
    [
      ["statements", "SQL statements a sync", { max: 0.005 }],
      ["cpu", "CPU a sync, ms"],
    ],
  ],
  [
    "W9 a room of 300",
    "large",
    [
      ["join", "join p50, ms", { max: 10 }],
      ["joinP99", "join p99, ms"],
      ["joinCpu", "CPU a join, ms"],
      ["members", "members p50, ms"],
    ],
  ],
  [
    "W10 history, 100 a page",
    "history",
    [
      ["p50", "page p50, ms"],
      ["p99", "page p99, ms"],
    ],
  ],
  [
    "W11 5,000 waiting syncs",
    "waiting",
    [
      ["each", "memory each, KB", { max: 25, per: 1024 }],
      ["parked", "still waiting when measured", { min: 5000 }],
      ["cpu", "processors used meanwhile"],
    ],
  ],
  [
    "W12 a steady ward of 200: typing, reading, reacting, paging",
    "steady",
    [
      ["deeds", "deeds a second"],
      ["deliveries", "messages delivered a second"],
      ["p50", "end to end p50, ms"],
      ["p99", "end to end p99, ms", { max: 250 }],
      ["wrong", "lost, doubled, out of order, failed", { max: 0 }],
      ["processors", "processors used by server and PostgreSQL"],
      ["people", "people a processor"],
    ],
  ],
  [
    "The room's age",
    "age",
    [
      ["young", "send p50 at 10² events, ms"],
      ["middle", "send p50 at 10⁴ events, ms"],
      ["old", "send p50 at 10⁶ events, ms"],
      ["ratio", "slowest to youngest", { max: 1.5 }],
    ],
  ],
  [
    "Staff app, what a phone fetches (brotli)",
    "web",
    [
      ["shellJs", "shell JS, KB", { max: 60 }],
      ["css", "CSS, KB", { max: 15 }],
      ["lockScreen", "lock screen, KB", { max: 60 }],
      ["engineJs", "engine JS, KB", { max: 245 }],
      ["wasm", "wasm, KB", { max: 1485 }],
      ["unlock", "unlock to list at a quarter of the CPU, s", { max: 2 }],
      ["unlockByPasskey", "unlock by passkey to list at a quarter of the CPU, s", { max: 1.5 }],
      ["letter", "a letter typed in the message box at a quarter of the CPU, p95, ms"],
      ["nudge", "of which the nudge, p95, ms", { max: 5 }],
      ["firstMessage", "a new phone from sign-in to its first message sent, s", { max: 3 }],
    ],
  ],
  [
    "W14 disposal by retention, beside a hundred sends a second",
    "sweep",
    [
      ["alone", "messages a second when nobody sends"],
      ["rate", "messages a second", { min: 5000 }],
      ["quiet", "send p99 without it, ms"],
      ["during", "send p99 meanwhile, ms"],
      ["slower", "send p99 meanwhile to without", { max: 1.2 }],
      ["sends", "messages sent meanwhile"],
    ],
  ],
  [
    "W15 a case's search of metadata among ten million events (`--long`)",
    "search",
    [
      ["stays", "where somebody was, ms", { max: 1000 }],
      ["person", "who said how much in 300 rooms, ms", { max: 1000 }],
      ["slice", "in 500 rooms, as many as one statement asks about, ms", { max: 1000 }],
      ["whole", "in 5,000 rooms, three statements beside one another, ms", { max: 1000 }],
    ],
  ],
];

function digits(value) {
  const size = Math.abs(value);
  return size >= 100
    ? value.toFixed(0)
    : size >= 10
      ? value.toFixed(1)
      : value.toFixed(size >= 1 ? 2 : 3);
}

/// Lines of a Markdown table, and the budgets that do not hold.
export function rendered(facts) {
  const lines = ["| | measured | budget | |", "|---|---:|---:|---|"];
  const broken = [];
  for (const [title, name, rows] of TABLE) {
    const there = rows.filter(([key]) => facts[`${name}.${key}`] !== undefined);
    if (!there.length) {
      continue;
    }
    const noise = facts[`${name}.noise`];
    lines.push(
      `| **${title}** | ${Number.isFinite(noise) ? `noise ${(noise * 100).toFixed(0)} %` : ""} | | |`,
    );
    for (const [key, what, { min, max, per = 1 } = {}] of there) {
      const value = facts[`${name}.${key}`] / per;
      const budget = min === undefined ? (max === undefined ? "" : `≤ ${max}`) : `≥ ${min}`;
      const holds = min === undefined ? value <= max : value >= min;
      const measured = Number.isFinite(value) ? digits(value) : "not known here";
      if (budget && Number.isFinite(value) && !holds) {
        broken.push(`${title}: ${what} is ${measured}, budget ${budget}`);
      }
      const verdict = budget && Number.isFinite(value) ? (holds ? "holds" : "does not hold") : "";
      lines.push(`| ${what} | ${measured} | ${budget} | ${verdict} |`);
    }
  }
  return { lines, broken };
}

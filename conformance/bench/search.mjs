// W15: the search of a case over metadata. Ten million events of ten thousand rooms are written straight into the
// database; then what the server asks is asked: where somebody was at a time, and how much was said there by whom
// (MembershipHistoryStore and EventCountStore have the same statements).
const ROOMS = 10_000;
const EVENTS_IN_EACH = 1_000;
const PEOPLE_IN_EACH = 10;
const FIRST = 1_000_000_000;
const RUNS = 5;

const STAYS = `
  select room.room_id, s.state_key, b.ts as from_ts, coalesce(e.ts, 9223372036854775807) as to_ts
  from room_state s
    join room on room.room_nid = s.room_nid
    join event b on b.room_nid = s.room_nid and b.seq = s.valid_from
    left join event e on e.room_nid = s.room_nid and e.seq = s.valid_to
  where s.type = 'm.room.member' and s.value = 'join'
    and b.ts <= $2 and (s.valid_to is null or e.ts >= $1) and s.state_key = $3`;

const SAID = `
  select w.room_id, said.sender, said.messages, said.first_ts, said.last_ts
  from unnest($1::text[], $2::bigint[], $3::bigint[]) as w(room_id, from_ts, to_ts)
    join room on room.room_id = w.room_id
    cross join lateral (
      select sender, count(*) as messages, min(ts) as first_ts, max(ts) as last_ts
      from event
      where room_nid = room.room_nid and ts between w.from_ts and w.to_ts
        and state_key is null and type in ('m.room.message', 'm.room.encrypted')
      group by sender) said`;

async function filled(client) {
  await client.query("set statement_timeout = 0");
  await client.query(
    `insert into room (room_nid, room_id, organization, version, created_ts)
     select $1 + r, '!bench' || r || ':bench', 'BENCH', '12', 0 from generate_series(1, $2::int) r`,
    [FIRST, ROOMS],
  );
  for (let from = 1; from <= ROOMS; from += 1_000) {
    await client.query(
      `insert into event (room_nid, seq, slot, pos, event_id, type, state_key, sender, ts, notices, body)
       select $1 + r, s, 0, 0, '$bench' || r || '.' || s,
         case when s <= $4 then 'm.room.member' else 'm.room.encrypted' end,
         case when s <= $4 then '@u' || ((r * 7 + s) % 3000) || ':bench' end,
         '@u' || ((r * 7 + s % $4) % 3000) || ':bench', s * 100000, s, ''
       from generate_series($2::int, $2::int + 999) r, generate_series(1, $3::int) s`,
      [FIRST, from, EVENTS_IN_EACH + PEOPLE_IN_EACH, PEOPLE_IN_EACH],
    );
  }
  await client.query(
    `insert into room_state (room_nid, type, state_key, valid_from, event_id, value, notices)
     select room_nid, type, state_key, seq, event_id, 'join', 0 from event
     where room_nid > $1 and seq <= $2 on conflict do nothing`,
    [FIRST, PEOPLE_IN_EACH],
  );
  await client.query("vacuum analyze event, room, room_state");
}

async function middle(work) {
  const times = [];
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times.sort((one, other) => one - other)[Math.floor(RUNS / 2)];
}

async function said(client, rooms, first = 0) {
  const names = Array.from({ length: rooms }, (_, n) => `!bench${first + n + 1}:bench`);
  await client.query(SAID, [names, names.map(() => 0), names.map(() => 2 ** 50)]);
}

/// The most a case covers, as the server asks for it: in slices, a few beside one another.
async function whole(clients) {
  const slices = Array.from({ length: 10 }, (_, n) => n * 500);
  const next = async (client) => {
    for (let first = slices.shift(); first !== undefined; first = slices.shift()) {
      await said(client, 500, first);
    }
  };
  await Promise.all(clients.map(next));
}

export async function search(bench) {
  const client = bench.database?.client;
  if (!client || !bench.long) {
    return {};
  }
  await filled(client);
  const beside = await Promise.all([1, 2, 3].map(() => bench.connect()));
  const found = {
    "search.stays": await middle(() => client.query(STAYS, [0, 2 ** 50, "@u77:bench"])),
    "search.person": await middle(() => said(client, 300)),
    "search.slice": await middle(() => said(client, 500)),
    "search.whole": await middle(() => whole(beside)),
  };
  await Promise.all(beside.map((one) => one.end()));
  return found;
}

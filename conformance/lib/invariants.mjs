// What must hold of everything that clients were told, whatever failed meanwhile. Numbers as in docs/reliability.md.
import assert from "node:assert/strict";

const CLIENT = "/_matrix/client/v3";
const ids = (events) => events.map((event) => event.event_id);
const counted = (list) => {
  const counts = new Map();
  list.forEach((one) => counts.set(one, (counts.get(one) ?? 0) + 1));
  return counts;
};
const acknowledged = (room) => room.sends.filter((send) => send.acknowledged !== undefined);

/// Each a name and a check of a ward that has finished.
export const INVARIANTS = {
  "I1: every acknowledged event is found in /messages exactly once"(ward) {
    for (const room of ward.rooms) {
      const there = counted(ids(room.history));
      const wrong = acknowledged(room).filter((send) => [...send.ids].some((id) => there.get(id) !== 1));
      assert.deepEqual(wrong.map((send) => send.body), []);
    }
  },

  "I2: a transaction sent again answers the same event, before and after a crash"(ward) {
    const sends = ward.rooms.flatMap(acknowledged);
    assert.deepEqual(sends.filter((send) => send.ids.size > 1).map((send) => send.body), []);
    const all = sends.flatMap((send) => [...send.ids]);
    assert.equal(new Set(all).size, all.length, "two sends got one event");
  },

  "I3: what was sent is there once, and what was never acknowledged once or not at all"(ward) {
    for (const room of ward.rooms) {
      const there = counted(room.history.map((event) => event.content.body).filter(Boolean));
      for (const send of room.sends) {
        const times = there.get(send.body) ?? 0;
        const isRight = send.acknowledged === undefined ? times <= 1 : times === 1;
        assert.ok(isRight, `"${send.body}" is there ${times} times`);
        there.delete(send.body);
      }
      assert.deepEqual([...there.keys()], [], "nobody sent that");
    }
  },

  "I4: everybody got every acknowledged event exactly once by sync"(ward) {
    for (const person of ward.people) {
      for (const room of person.rooms) {
        const seen = counted(person.views.get(room.id) ?? []);
        const missing = acknowledged(room).filter((send) => [...send.ids].some((id) => seen.get(id) !== 1));
        assert.deepEqual(missing.map((send) => send.body), [], `${person.name} missed some or got them twice`);
        assert.deepEqual([...seen.values()].filter((times) => times !== 1), [], `${person.name} got some twice`);
      }
    }
  },

  "I5: what was acknowledged before another was sent comes before it"(ward) {
    for (const room of ward.rooms) {
      const sends = new Map(acknowledged(room).flatMap((send) => [...send.ids].map((id) => [id, send])));
      let latest = { started: -1, body: "" };
      for (const send of ids(room.history).map((id) => sends.get(id)).filter(Boolean)) {
        assert.ok(send.acknowledged >= latest.started, `"${send.body}" comes after "${latest.body}"`);
        if (send.started > latest.started) {
          latest = send;
        }
      }
    }
  },

  "I6: everybody sees one order"(ward) {
    for (const room of ward.rooms) {
      const order = ids(room.history);
      assert.deepEqual(ids(room.historyOfAnother), order);
      for (const person of room.members) {
        const view = person.views.get(room.id);
        assert.deepEqual(view, order.slice(order.indexOf(view[0])), `${person.name} saw another order`);
      }
    }
  },

  async "I7: an old token still gives all that came after it, and nothing else"(ward) {
    for (const person of ward.people) {
      for (let i = 0; i < 3; i++) {
        const token = person.tokens[Math.floor(Math.random() * person.tokens.length)];
        const path = `${CLIENT}/sync?since=${token.since}`;
        const answer = await ward.must("GET", path, undefined, person);
        for (const room of person.rooms) {
          const view = person.views.get(room.id);
          const seen = token.seen.get(room.id) ?? 0;
          const section = answer.rooms?.join?.[room.id];
          const news = section ? await ward.news(person, room.id, section.timeline, view[seen - 1]) : [];
          assert.deepEqual(news, seen === 0 ? news : view.slice(seen), `${person.name} at an old token`);
        }
      }
    }
  },

  async "I8: a message to a device comes, and never after a newer token acknowledged it"(ward) {
    const lost = ward.mail.filter((mail) => mail.acknowledged && mail.received === 0);
    const twice = ward.mail.filter((mail) => mail.received > 1);
    assert.equal(lost.length, 0, `${lost.length} of ${ward.mail.length} were lost`);
    assert.equal(twice.length, 0, `${twice.length} of ${ward.mail.length} came again`);
    for (const person of ward.people) {
      const answer = await ward.must("GET", `${CLIENT}/sync?since=${person.since}`, undefined, person);
      assert.deepEqual(answer.to_device?.events ?? [], [], "a message came after it was acknowledged");
    }
  },

  "I8: no one-time key is given to two"(ward) {
    assert.equal(new Set(ward.claims).size, ward.claims.length);
  },
};

/// How much was looked at.
export function summary(ward) {
  const sends = ward.rooms.flatMap((room) => room.sends);
  const given = ward.people.reduce(
    (sum, person) => sum + person.rooms.reduce((n, room) => n + (person.views.get(room.id)?.length ?? 0), 0),
    0,
  );
  return (
    `${ward.acknowledged} messages acknowledged, ${sends.length - ward.acknowledged} given up, ` +
    `${given} read by sync, ${ward.mail.length} messages to devices, ${ward.claims.length} one-time keys claimed; ` +
    `refused meanwhile: ${JSON.stringify(ward.refusals)}`
  );
}

import type { MatrixClient } from "matrix-js-sdk";
import type { SealedRecords } from "../vault/records";
import type { Api } from "./api";
import type { Enclosures } from "./enclosures";
import type { Letter, OutboxWorld } from "./outbox";
import { sendEncrypted, summaryRoom } from "./roomCalls";
import type { SummariesWorld, Unsigned } from "./summaries";
import type { UrgentBook } from "./urgentBook";

interface World {
  client: MatrixClient;
  api: Api;
  records: SealedRecords;
}

interface Around extends World {
  enclosures: Enclosures;
  urgent(): Pick<UrgentBook, "ready" | "report">;
  changed(roomId: string): void;
}

/** What the outbox needs: sealed letters, and a way out for them. */
export function outboxWorld({ client, api, records, ...around }: Around): OutboxWorld {
  const { enclosures, urgent, changed } = around;
  return {
    record: {
      load: async () => {
        const letters = (await records.read<Letter[]>("outbox")) ?? [];
        await enclosures.restore(letters);
        return letters;
      },
      keep: (letters) => records.write("outbox", letters),
    },
    send: async (letter, note) => {
      if (letter.urgent) await urgent().ready(letter);
      const content = await enclosures.sendable(letter, note);
      const eventId = await sendEncrypted({ client, api }, { ...letter, content });
      await urgent().report(letter, eventId);
      return { eventId };
    },
    left: (letter) => enclosures.left(letter),
    changed,
    later: (ms, work) => void setTimeout(work, ms),
    now: () => Date.now(),
  };
}

/** What the summaries of decisions need: a sealed list, and the conversations they stand in. */
export function summariesWorld({ client, api, records }: World): SummariesWorld {
  return {
    room: summaryRoom({ client, api }),
    record: {
      load: async () => (await records.read<Unsigned[]>("summaries")) ?? [],
      keep: (unsigned) => records.write("summaries", unsigned),
    },
    newId: () => crypto.randomUUID(),
  };
}

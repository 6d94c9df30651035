import { path, type Api } from "./api";
import { list, type People } from "./people";
import type { PeopleCalls } from "./peopleWords";
import type { Answer, Asked } from "./protocol";

type Handlers = { [K in keyof PeopleCalls]: (asked: Asked<K>) => Promise<Answer<K>> };

export function peopleCalls(api: Api, people: People): Handlers {
  return {
    searchPeople: ({ term, limit }) => people.search(term, limit ?? 20),
    person: ({ userId, roomId }) => people.card(userId, roomId),
    toldApart: async ({ userId }) => {
      await api.put(path`/_lanyard/v1/people/${userId}/told-apart`, {});
    },
    misdirected: async ({ roomId, eventId, why }) => {
      // One case for a message, so its event is the request.
      const body = { event_id: eventId, request_id: eventId, why };
      const told = await api.post(path`/_lanyard/v1/rooms/${roomId}/misdirected`, body);
      const readers = (value: unknown) =>
        list(value).map((one) => {
          const userId = String(one["user_id"]);
          const ts = typeof one["ts"] === "number" ? one["ts"] : null;
          const name = people.find(userId)?.displayName || userId;
          return { userId, name, ts, delivered: one["delivered"] === true };
        });
      return { readBy: readers(told["read_by"]), notReadBy: readers(told["not_read_by"]) };
    },
    photo: ({ userId }) => api.file(path`/_lanyard/v1/people/${userId}/photo`),
  };
}

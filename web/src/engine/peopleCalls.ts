import { path, type Api } from "./api";
import type { People } from "./people";
import type { PeopleCalls } from "./peopleWords";
import type { Answer, Asked } from "./protocol";

type Handlers = { [K in keyof PeopleCalls]: (asked: Asked<K>) => Promise<Answer<K>> };

export function peopleCalls(api: Api, people: People): Handlers {
  return {
    searchPeople: ({ term, limit }) => people.search(term, limit ?? 20),
    person: ({ userId }) => people.card(userId),
    toldApart: async ({ userId }) => {
      await api.put(path`/_lanyard/v1/people/${userId}/told-apart`, {});
    },
    photo: ({ userId }) => api.file(path`/_lanyard/v1/people/${userId}/photo`),
  };
}

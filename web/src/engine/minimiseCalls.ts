import type { Api } from "./api";
import type { Answer, Asked } from "./protocol";
import type { MinimiseCalls } from "./minimiseWords";

const V1 = "/_lanyard/v1";

type Handlers = {
  [K in keyof MinimiseCalls]: (asked: Asked<K>) => Promise<Answer<K>>;
};

export function minimiseCalls({ api }: { api: Api }): Handlers {
  return {
    countNudges: async ({ roomKind, counts }) => {
      await api.post(`${V1}/nudges`, { room_kind: roomKind, counts });
    },
    breakGlass: async ({ requestId, roomId, reason }) => {
      await api.post(`${V1}/break-glass`, {
        request_id: requestId,
        room_id: roomId,
        what: "identifier_kept",
        reason,
      });
    },
    feedback: async ({ rule, useful }) => {
      await api.post(`${V1}/feedback`, { rule, useful });
    },
    induction: async () => {
      const answer = await api.get(`${V1}/me/induction`);
      return {
        accepted: Number(answer["accepted"] ?? 0),
        wanted: Number(answer["wanted"] ?? 0),
      };
    },
    acceptInduction: async ({ version }) => {
      await api.put(`${V1}/me/induction`, { version });
    },
  };
}

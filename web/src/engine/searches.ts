import type { Api } from "./api";
import { list } from "./people";
import type { SearchKind, SearchNotice } from "./searchesWords";

const KINDS: readonly string[] = [
  "subject_access",
  "freedom_of_information",
  "data_protection_complaint",
  "nhs_complaint",
  "coroner",
  "safeguarding",
] satisfies SearchKind[];
const isKnown = (kind: string): kind is SearchKind => KINDS.includes(kind);

/** Asked each time and kept nowhere: what was looked into is not for whoever finds the phone. */
export async function searchesOfMine(api: Pick<Api, "get">): Promise<SearchNotice[]> {
  const answer = await api.get("/_lanyard/v1/me/searches");
  return list(answer["searches"]).map((one) => {
    const kind = String(one["kind"]);
    return {
      date: String(one["date"]),
      kind: isKnown(kind) ? kind : "other",
      // What is not understood is told as the more that it could be.
      what: one["what"] === "metadata" ? "metadata" : "content",
    };
  });
}

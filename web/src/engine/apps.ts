import type { SealedRecords } from "../vault/records";
import type { Api } from "./api";
import type { ApprovedApp } from "./appsWords";
import { list } from "./people";

interface Kept {
  ts: number;
  apps: ApprovedApp[];
}

/** Asked once per unlock, so that it can be read where there is no network. */
export class ApprovedApps {
  readonly #api: Pick<Api, "get">;
  readonly #records: SealedRecords;

  constructor(api: Pick<Api, "get">, records: SealedRecords) {
    this.#api = api;
    this.#records = records;
  }

  async list(): Promise<{ apps: ApprovedApp[]; keptTs: number | null }> {
    try {
      const answer = await this.#api.get("/_lanyard/v1/apps");
      const apps = list(answer["apps"]).map((one) => ({
        appId: String(one["app_id"]),
        software: String(one["software"] ?? ""),
        purpose: String(one["purpose"] ?? ""),
        approvedFor: String(one["approved_for"] ?? ""),
        notApprovedFor: String(one["not_approved_for"] ?? ""),
        unmetTips: Array.isArray(one["unmet_tips"]) ? one["unmet_tips"].map(String) : [],
        clinical: one["clinical"] === true,
        reviewDate: String(one["review_date"] ?? ""),
      }));
      await this.#records.write("apps", { ts: Date.now(), apps } satisfies Kept);
      return { apps, keptTs: null };
    } catch (error) {
      const kept = await this.#records.read<Kept>("apps");
      if (!kept) throw error;
      return { apps: kept.apps, keptTs: kept.ts };
    }
  }
}

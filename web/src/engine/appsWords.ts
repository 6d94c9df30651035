/** The organisation's register of approved apps. */
export interface ApprovedApp {
  appId: string;
  software: string;
  purpose: string;
  approvedFor: string;
  notApprovedFor: string;
  unmetTips: string[];
  clinical: boolean;
  /** A day, as "2027-03-31". */
  reviewDate: string;
}

export interface AppsCalls {
  /** Without a network as this phone last had it, at `keptTs`. */
  approvedApps: [Record<string, never>, { apps: ApprovedApp[]; keptTs: number | null }];
}

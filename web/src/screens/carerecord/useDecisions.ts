import { useLater } from "../app/useLater";

const load = (): Promise<typeof import("./Decisions")> => import("./Decisions");

/** The sheets over a message: what can be done with it, a decision to the record, what became of that. */
export const useDecisions = () => useLater(load);

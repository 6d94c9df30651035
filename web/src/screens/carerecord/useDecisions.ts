import { useLater } from "../app/useLater";

const load = (): Promise<typeof import("./Decisions")> => import("./Decisions");

/** The sheets over a conversation that send a decision to the record and show what became of it. */
export const useDecisions = () => useLater(load);

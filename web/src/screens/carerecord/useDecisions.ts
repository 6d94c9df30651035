import { useLater } from "../app/useLater";

const load = (): Promise<typeof import("./Decisions")> => import("./Decisions");

/** The sheets over a message: what can be done with it, a decision to the record, what became of that. */
export const useDecisions = () => useLater(load);

const keeping = (): Promise<typeof import("./Keeping")> => import("./Keeping");

/** Seldom: the owner's one answer before the first messages go. */
export const useKeeping = (wanted = true) => useLater(keeping, wanted);

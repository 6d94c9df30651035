import { find } from "./find";
import { frame } from "./frame";
import { keep } from "./keep";
import { talk } from "./talk";

/** Plain British words, as staff say them. Every other language has exactly these keys. */
export const en = { ...frame, ...find, ...talk, ...keep };

export type Dictionary = typeof en;

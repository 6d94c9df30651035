import type { Dictionary } from "../en";
import { find } from "./find";
import { frame } from "./frame";
import { keep } from "./keep";
import { talk } from "./talk";

/** Cymraeg clir. Written by the team; a Welsh-speaking clinician has still to read it. */
export const cy: Dictionary = { ...frame, ...find, ...talk, ...keep };

import { en, type Dictionary } from "../en";
export const cy: Dictionary = en;

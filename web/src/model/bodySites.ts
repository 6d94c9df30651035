/** Where on the body, in words that are the same for every reader's language. */
import { mediaWords } from "../i18n/media";

export const BODY_SITES = [
  "head",
  "face",
  "eye",
  "ear",
  "mouth",
  "neck",
  "chest",
  "breast",
  "abdomen",
  "back",
  "shoulder",
  "upper_arm",
  "elbow",
  "forearm",
  "hand",
  "hip",
  "groin",
  "genitals",
  "buttock",
  "thigh",
  "knee",
  "lower_leg",
  "ankle",
  "foot",
  "wound",
  "device",
] as const;
export type BodySite = (typeof BODY_SITES)[number];
export const SIDES = ["left", "right", "both"] as const;
export type Side = (typeof SIDES)[number];

/** A word that this version does not know is shown as it came. */
export function siteWords(site: string, side: Side | ""): string {
  if (site === "") return "";
  const text = mediaWords();
  const known = BODY_SITES.find((one) => one === site);
  const name = known ? text.sites[known] : site.replaceAll("_", " ");
  return side === "" ? name : text.onSide(name, text.sides[side]);
}

/** A picture as it is shown: fetched and decrypted when it comes into sight. */
import { signal } from "@preact/signals";
import type { ImageItem } from "../engine/protocol";
import { clockTime, dateAndTime } from "../i18n/format";
import { mediaWords } from "../i18n/media";
import type { App } from "./app";
import { siteWords } from "./bodySites";
import { attempt, problemText } from "./problem";

export type Shown =
  | { readonly is: "loading" }
  | { readonly is: "shown"; readonly url: string; readonly mime: string }
  | { readonly is: "failed"; readonly text: string };

export class MediaViewModel {
  readonly state = signal<Shown>({ is: "loading" });
  private readonly app: App;
  private readonly roomId: string;
  private readonly key: string;

  constructor(app: App, roomId: string, key: string) {
    this.app = app;
    this.roomId = roomId;
    this.key = key;
  }

  async load(): Promise<void> {
    this.state.value = { is: "loading" };
    const asked = { roomId: this.roomId, key: this.key };
    const outcome = await attempt(this.app.session, "media", asked);
    this.state.value = outcome.ok
      ? { is: "shown", ...outcome.answer }
      : { is: "failed", text: problemText(outcome.problem) };
  }
}

/** What it is of, in the reader's words. */
export function photoName(item: ImageItem): string {
  const text = mediaWords();
  const where = siteWords(item.photo?.bodySite ?? "", item.photo?.side ?? "");
  return where === "" ? text.photo : text.photoOf(where);
}

export function consentWords(item: ImageItem): string {
  const { consents } = mediaWords().view;
  return consents[item.photo?.consent ?? "unknown"];
}

/** For whoever does not see it. */
export const altOf = (item: ImageItem): string =>
  mediaWords().view.alt(photoName(item), consentWords(item), item.sender.name);

/** Nobody's shoulder should see it by chance. */
export const isCovered = (item: ImageItem): boolean =>
  item.photo?.intimate === true || item.photo?.child === true;

/** Across the picture: who looked, and when. */
export function stamp(name: string, now: number): string {
  return `${name} · ${dateAndTime(now)}`;
}

export const takenAt = (item: ImageItem): string =>
  item.photo && item.photo.takenTs > 0 ? dateAndTime(item.photo.takenTs) : clockTime(item.ts);

/** Pictures and files as the Matrix specification writes them. */
import type { Consent, MediaFields, PhotoFacts, Spoken } from "./mediaWords";

type Json = Record<string, unknown>;

/** {consent, decided_by?, purpose: "direct_care", body_site?, side?, intimate, child, taken_ts} */
export const PHOTO = "org.lanyard.photo";
const MOST_PIXELS = 20_000;

export function photoContent(
  { width, height, caption, facts }: Pick<Asked, "width" | "height" | "caption" | "facts">,
  size: number,
): Json {
  return {
    msgtype: "m.image",
    body: caption,
    filename: "photo.jpg",
    info: { mimetype: "image/jpeg", w: width, h: height, size },
    [PHOTO]: {
      consent: facts.consent,
      ...(facts.consent === "best_interests" && { decided_by: facts.decidedBy }),
      purpose: "direct_care",
      ...(facts.bodySite !== "" && { body_site: facts.bodySite }),
      ...(facts.side !== "" && { side: facts.side }),
      intimate: facts.intimate,
      child: facts.child,
      taken_ts: facts.takenTs,
    },
  };
}

const AUDIO = "org.matrix.msc1767.audio";
const VOICE = "org.matrix.msc3245.voice";
/** As loud as it gets, where a level is a whole number. */
const LOUDEST = 1024;
const MOST_LEVELS = 120;
const PDF = "application/pdf";

/** https://github.com/matrix-org/matrix-spec-proposals/pull/3245, as other apps write it. */
export function voiceContent(
  { mime, text, ms, levels }: Spoken & { mime: string; text: string },
  size: number,
): Json {
  return {
    msgtype: "m.audio",
    body: text,
    filename: `voice-note.${mime === "audio/mp4" ? "m4a" : mime.replace("audio/", "")}`,
    info: { mimetype: mime, size, duration: ms },
    [AUDIO]: { duration: ms, waveform: levels.map((level) => Math.round(level * LOUDEST)) },
    [VOICE]: {},
  };
}

export const pdfContent = (name: string, size: number): Json => ({
  msgtype: "m.file",
  body: name,
  filename: name,
  info: { mimetype: PDF, size },
});

interface Asked {
  width: number;
  height: number;
  caption: string;
  facts: PhotoFacts;
}

/** Null for anything else, and for a file that somebody sent without encrypting it. */
export function mediaOf(content: Json): MediaFields | null {
  const info = object(content["info"]);
  const text = typeof content["body"] === "string" ? content["body"] : "";
  if (!isSealed(content["file"])) return null;
  switch (content["msgtype"]) {
    case "m.image":
      return {
        kind: "image",
        text,
        width: pixels(info["w"]),
        height: pixels(info["h"]),
        photo: photoOf(content[PHOTO]),
      };
    case "m.audio":
      return { kind: "file", text, bytes: number(info["size"]), voice: spokenOf(content, info) };
    case "m.file":
    case "m.video": {
      const file = { kind: "file" as const, text, bytes: number(info["size"]) };
      return info["mimetype"] === PDF ? { ...file, pdf: true } : file;
    }
    default:
      return null;
  }
}

/** What is shown is what the sender said it is, if that can do nothing but be shown. */
export function harmlessType(content: Json): string {
  const type = String(object(content["info"])["mimetype"] ?? "").split(";")[0] ?? "";
  return SHOWN.has(type) ? type : "application/octet-stream";
}

const PICTURES = ["jpeg", "png", "webp", "gif"].map((name) => `image/${name}`);
const SOUNDS = ["mp4", "webm", "ogg", "mpeg", "aac", "wav"].map((name) => `audio/${name}`);
const SHOWN = new Set([...PICTURES, ...SOUNDS]);

function spokenOf(content: Json, info: Json): Spoken {
  const said = object(content[AUDIO]);
  const levels: unknown[] = Array.isArray(said["waveform"]) ? said["waveform"] : [];
  return {
    ms: number(said["duration"]) || number(info["duration"]),
    levels: levels.slice(0, MOST_LEVELS).map((level) => Math.min(1, number(level) / LOUDEST)),
  };
}

const CONSENTS: readonly Consent[] = ["agreed", "best_interests", "ask_later"];

function photoOf(value: unknown): PhotoFacts | null {
  const said = object(value);
  const consent = CONSENTS.find((one) => one === said["consent"]);
  if (!consent) return null;
  const side = (["left", "right", "both"] as const).find((one) => one === said["side"]);
  return {
    consent,
    decidedBy: string(said["decided_by"]),
    bodySite: string(said["body_site"]),
    side: side ?? "",
    intimate: said["intimate"] === true,
    child: said["child"] === true,
    takenTs: number(said["taken_ts"]),
  };
}

function isSealed(file: unknown): boolean {
  return typeof object(file)["key"] === "object";
}

function object(value: unknown): Json {
  return value !== null && typeof value === "object" ? (value as Json) : {};
}

function string(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 120) : "";
}

function number(value: unknown): number {
  return typeof value === "number" && value > 0 ? value : 0;
}

function pixels(value: unknown): number {
  return Math.min(MOST_PIXELS, Math.round(number(value)));
}

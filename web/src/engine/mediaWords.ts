/** What the screens and the Worker say of pictures and files: never a key, never an address. */

/** `refused` is not among them: of somebody who refuses there is no picture. */
export type Consent = "agreed" | "best_interests" | "ask_later";

export interface PhotoFacts {
  consent: Consent;
  /** Who decided in the person's best interests; empty otherwise. */
  decidedBy: string;
  /** One of the app's own words for a place on the body, or empty. */
  bodySite: string;
  side: "left" | "right" | "both" | "";
  intimate: boolean;
  child: boolean;
  takenTs: number;
}

/** Something that was spoken. Nobody has written it out. */
export interface Spoken {
  /** 0 where the sender's app did not say. */
  ms: number;
  /** How loud it is along the way, 0 to 1; empty where nothing is known of it. */
  levels: number[];
}

export type MediaFields =
  | {
      kind: "image";
      text: string;
      /** In pixels; 0 where the sender's app did not say. */
      width: number;
      height: number;
      /** Null where another app sent it: nothing is known of consent. */
      photo: PhotoFacts | null;
    }
  | {
      kind: "file";
      text: string;
      bytes: number;
      voice?: Spoken;
      /** The sender says so; its first bytes are looked at before it is opened. */
      pdf?: true;
    };

export interface MediaCalls {
  /** Answered when the picture is encrypted and sealed in the outbox: from then on it will go once. */
  sendPhoto: [
    {
      roomId: string;
      txnId: string;
      picture: Uint8Array<ArrayBuffer>;
      width: number;
      height: number;
      caption: string;
      facts: PhotoFacts;
    },
    void,
  ];
  /** As `sendPhoto`. `text`: what is shown where it cannot be played. */
  sendVoice: [
    {
      roomId: string;
      txnId: string;
      sound: Uint8Array<ArrayBuffer>;
      mime: string;
      text: string;
    } & Spoken,
    void,
  ];
  sendFile: [{ roomId: string; txnId: string; file: Uint8Array<ArrayBuffer>; name: string }, void];
  /** What is in a document, for the page that draws it. */
  document: [{ roomId: string; key: string }, Uint8Array<ArrayBuffer>];
  /** Fetched and decrypted. The address is good until the app locks, and means nothing elsewhere. */
  media: [{ roomId: string; key: string }, { url: string; mime: string }];
  /** A clinician says why the picture itself need not be in the record. */
  notNeeded: [{ roomId: string; eventId: string; reason: string }, void];
}

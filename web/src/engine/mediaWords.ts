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
  | { kind: "file"; text: string; bytes: number };

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
  /** Fetched and decrypted. The address is good until the app locks, and means nothing elsewhere. */
  media: [{ roomId: string; key: string }, { url: string; mime: string }];
}

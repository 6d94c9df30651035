/** What showing a document needs of the browser; `platform/pdf` has the real one. */

export interface DocumentPort {
  /** Takes the bytes over. Rejects when it is not a PDF that can be shown, or nobody waits any more. */
  open(bytes: Uint8Array<ArrayBuffer>, gone: AbortSignal): Promise<OpenDocument>;
}

export interface OpenDocument {
  readonly pages: number;
  /** `width` in pixels of the screen. A later call takes over from an earlier one. */
  draw(page: number, onto: HTMLCanvasElement, width: number): Promise<void>;
  /** What could be read out of it; empty for a picture of a page. */
  words(page: number): Promise<string>;
  close(): void;
}

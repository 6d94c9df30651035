/** What the camera needs of the browser; `platform/camera` has the real one. */

/** A place on the picture as it is shown: 0 to 1 from the left and from the top. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Edit =
  /** A quarter to the right. */
  | { readonly is: "turn" }
  | { readonly is: "crop" | "blur" | "arrow"; readonly from: Point; readonly to: Point };

export type CameraTrouble = "refused" | "none" | "in_use" | "not_here" | "failed";

export class CameraProblem extends Error {
  override readonly name = "CameraProblem";
  readonly trouble: CameraTrouble;
  constructor(trouble: CameraTrouble) {
    super(trouble);
    this.trouble = trouble;
  }
}

export interface LiveCamera {
  /** For the live view. */
  readonly stream: MediaStream;
  /** From what the live view shows; it never was a file. */
  shoot(view: HTMLVideoElement): Promise<Shot>;
  stop(): void;
}

/** A picture in memory, and nowhere else. */
export interface Shot {
  show(onto: HTMLCanvasElement, edits: readonly Edit[]): void;
  /** Drawn anew and bounded: nothing but its pixels is left. */
  finish(edits: readonly Edit[]): Promise<FinishedPicture>;
  close(): void;
}

export interface FinishedPicture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

export interface CameraPort {
  /** `back`: the one that looks at the patient. Rejects with a `CameraProblem`. */
  open(facing: "back" | "front"): Promise<LiveCamera>;
}

import type { CameraPort } from "./cameraPort";
import type { DocumentPort } from "./documentPort";
import type { NotificationsPort } from "./notifications";
import type { VoicePort } from "./voicePort";

/** What can be heard and felt. */
export interface AlarmPort {
  /** Once: a sound, and a shake where the phone can. */
  ring(): void;
  /** Something urgent was pushed; no more than that is known. Returns how to stop listening. */
  onPushed(run: () => void): () => void;
}

/** What the view models need of the world besides the session; handed in, so that tests decide it. */
export interface Surroundings {
  now(): number;
  /** An id nobody has used: for transaction and request ids. */
  newId(): string;
  readonly phone: "iphone" | "android" | "other";
  /** Opened from the home screen and not in a tab of the browser. */
  readonly installed: boolean;
  /** Where this server is, as somebody would type it. */
  readonly address: string;
  readonly notifications: NotificationsPort;
  readonly alarm: AlarmPort;
  /** Fetched when somebody wants to take a picture. */
  camera(): Promise<CameraPort>;
  /** Fetched when somebody wants to speak or to listen. */
  voice(): Promise<VoicePort>;
  /** Fetched when somebody opens a document. */
  documents(): Promise<DocumentPort>;
}

/** Taking a picture of a patient: consent first, then the camera, then what may be seen of it. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Consent } from "../engine/protocol";
import { mediaWords } from "../i18n/media";
import type { App } from "./app";
import { CameraProblem, type CameraTrouble, type Edit, type LiveCamera } from "./cameraPort";
import type { Point, Shot } from "./cameraPort";
import { siteWords, type BodySite, type Side } from "./bodySites";
import { editOf, within } from "./pictureEdits";
import { attempt, notSealedText, type FieldError } from "./problem";

export type Tool = "crop" | "blur" | "arrow";
const STEP = 0.05;

export class CameraModel {
  readonly step = signal<"consent" | "live" | "edit">("consent");
  readonly consent = signal<Consent | "refused" | null>(null);
  readonly decidedBy = signal("");
  readonly intimate = signal(false);
  readonly child = signal(false);
  /** The extra question has been answered. */
  readonly sure = signal(false);
  readonly errors = signal<readonly FieldError[]>([]);
  readonly trouble = signal<CameraTrouble | null>(null);
  readonly live = signal<LiveCamera | null>(null);
  readonly shot = signal<Shot | null>(null);
  readonly edits = signal<readonly Edit[]>([]);
  readonly tool = signal<Tool | null>(null);
  readonly first = signal<Point | null>(null);
  readonly cursor = signal<Point>({ x: 0.5, y: 0.5 });
  readonly site = signal<BodySite | "">("");
  readonly side = signal<Side | "">("");
  readonly busy = signal<"opening" | "shooting" | "sending" | null>(null);
  readonly asksMore: ReadonlySignal<boolean> = computed(
    () => this.intimate.value || this.child.value,
  );
  private facing: "back" | "front" = "back";
  private takenTs = 0;
  private closed = false;
  /** Only the latest opening counts. */
  private openings = 0;
  private readonly txnId: string;
  private readonly app: App;
  private readonly roomId: string;

  constructor(app: App, roomId: string) {
    this.app = app;
    this.roomId = roomId;
    this.txnId = app.surroundings.newId();
    this.decidedBy.value = app.session.live.me.peek()?.displayName ?? "";
  }

  /** From consent to the camera. Somebody who refuses is not photographed: there is no way on. */
  async begin(): Promise<void> {
    const text = mediaWords().camera;
    const errors: FieldError[] = [];
    const consent = this.consent.value;
    if (consent === null) errors.push({ field: "consent", text: text.chooseConsent });
    if (consent === "best_interests" && this.decidedBy.value.trim() === "")
      errors.push({ field: "decided-by", text: text.enterDecider });
    if (this.asksMore.value && !this.sure.value)
      errors.push({ field: "sure", text: text.answerMore });
    this.errors.value = errors;
    if (errors.length > 0 || consent === "refused") return;
    this.step.value = "live";
    await this.open();
  }

  async open(): Promise<void> {
    const mine = ++this.openings;
    this.stopLive();
    this.trouble.value = null;
    this.busy.value = "opening";
    try {
      const camera = await this.app.surroundings.camera();
      const live = await camera.open(this.facing);
      if (this.closed || this.step.value !== "live" || mine !== this.openings) live.stop();
      else this.live.value = live;
    } catch (error) {
      if (mine === this.openings)
        this.trouble.value = error instanceof CameraProblem ? error.trouble : "failed";
    } finally {
      if (mine === this.openings) this.busy.value = null;
    }
  }

  async otherSide(): Promise<void> {
    this.facing = this.facing === "back" ? "front" : "back";
    await this.open();
  }

  async shoot(view: HTMLVideoElement): Promise<void> {
    const live = this.live.value;
    if (live === null || this.busy.value !== null) return;
    this.busy.value = "shooting";
    try {
      const shot = await live.shoot(view);
      if (this.closed) {
        shot.close();
        return;
      }
      this.takenTs = this.app.surroundings.now();
      this.edits.value = [];
      this.shot.value = shot;
      this.step.value = "edit";
      this.stopLive();
    } catch {
      this.trouble.value = "failed";
    } finally {
      this.busy.value = null;
    }
  }

  async again(): Promise<void> {
    this.dropShot();
    this.step.value = "live";
    await this.open();
  }

  turn(): void {
    this.choose(null);
    this.edits.value = [...this.edits.value, { is: "turn" }];
  }

  undo(): void {
    this.choose(null);
    this.edits.value = this.edits.value.slice(0, -1);
  }

  choose(tool: Tool | null): void {
    this.tool.value = tool;
    this.first.value = null;
    this.cursor.value = { x: 0.5, y: 0.5 };
  }

  /** By key or button, for whoever does not point. */
  move(right: number, down: number): void {
    const { x, y } = this.cursor.value;
    this.cursor.value = within(x + right * STEP, y + down * STEP);
  }

  /** Two points say where: opposite corners, or where an arrow begins and what it points at. */
  mark(point: Point = this.cursor.value): void {
    const tool = this.tool.value;
    if (tool === null) return;
    const { first } = this;
    this.cursor.value = point;
    if (first.value === null) {
      first.value = point;
      return;
    }
    const edit = editOf(tool, first.value, point);
    first.value = null;
    if (edit === null) return;
    this.edits.value = [...this.edits.value, edit];
    this.tool.value = null;
  }

  /** True when it is sealed in the outbox. */
  async send(): Promise<boolean> {
    const shot = this.shot.value;
    const consent = this.consent.value;
    if (shot === null || consent === null || consent === "refused" || this.busy.value !== null)
      return false;
    this.busy.value = "sending";
    try {
      const { bytes, width, height } = await shot.finish(this.edits.value);
      const outcome = await attempt(this.app.session, "sendPhoto", {
        roomId: this.roomId,
        txnId: this.txnId,
        picture: bytes,
        width,
        height,
        caption: this.caption(),
        facts: {
          consent,
          decidedBy: consent === "best_interests" ? this.decidedBy.value.trim() : "",
          bodySite: this.site.value,
          side: this.site.value === "" ? "" : this.side.value,
          intimate: this.intimate.value,
          child: this.child.value,
          takenTs: this.takenTs,
        },
      });
      if (outcome.ok) return true;
      const why = notSealedText(outcome.problem, mediaWords().tooManyWaiting);
      this.errors.value = [{ field: "", text: why }];
      return false;
    } finally {
      this.busy.value = null;
    }
  }

  /** Of a picture that was not sent nothing is left. */
  close(): void {
    this.closed = true;
    this.stopLive();
    this.dropShot();
  }

  private caption(): string {
    const where = siteWords(this.site.value, this.side.value);
    return where === "" ? mediaWords().photo : mediaWords().photoOf(where);
  }

  private stopLive(): void {
    this.live.value?.stop();
    this.live.value = null;
  }

  private dropShot(): void {
    this.shot.value?.close();
    this.shot.value = null;
    this.choose(null);
  }
}

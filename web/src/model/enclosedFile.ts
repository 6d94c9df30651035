/** A document: chosen and sent, and opened. PDF alone, and known by its first bytes. */
import { signal } from "@preact/signals";
import { enclosedWords } from "../i18n/enclosed";
import type { App } from "./app";
import type { OpenDocument } from "./documentPort";
import { Enclosing } from "./enclosing";
import { attempt, problemText, type FieldError } from "./problem";

const SIGNATURE = [0x25, 0x50, 0x44, 0x46, 0x2d];
const KB = 1024;
const LONGEST_NAME = 80;

/** Its name and what its sender says of its type prove nothing. */
export const isPdf = (bytes: Uint8Array): boolean =>
  SIGNATURE.every((byte, at) => bytes[at] === byte);

export function sizeWords(bytes: number): string {
  const text = enclosedWords().file;
  return bytes < KB * KB
    ? text.kilobytes(Math.max(1, Math.round(bytes / KB)))
    : text.megabytes(Math.round((bytes / KB / KB) * 10) / 10);
}

interface Chosen {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export class SendFileModel {
  readonly chosen = signal<Uint8Array<ArrayBuffer> | null>(null);
  readonly name = signal("");
  /** For ears: that a file was read, and which. */
  readonly spoken = signal("");
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  readonly most: number;
  /** Of the file that was chosen last. */
  private chosenId = "";
  private readonly enclosing: Enclosing;

  constructor(app: App, roomId: string) {
    this.enclosing = new Enclosing(app, roomId);
    this.most = app.session.live.policy.peek()?.fileBytes ?? 0;
  }

  async choose(file: Chosen): Promise<void> {
    const text = enclosedWords().file;
    const id = (this.chosenId = this.enclosing.begin());
    this.chosen.value = null;
    this.spoken.value = "";
    this.errors.value = [];
    if (file.size > this.most) return this.wrong("file", text.tooLarge(sizeWords(this.most)));
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      // Another was chosen meanwhile.
      if (id !== this.chosenId) return;
      if (!isPdf(bytes)) return this.wrong("file", text.notPdf);
      this.chosen.value = bytes;
      this.name.value = file.name.slice(0, LONGEST_NAME);
      this.spoken.value = text.chosen(this.name.value, sizeWords(bytes.length));
    } catch {
      this.wrong("file", text.unreadable);
    }
  }

  /** True when it is sealed in the outbox. */
  async send(): Promise<boolean> {
    const text = enclosedWords();
    const file = this.chosen.value;
    const name = this.name.value.trim();
    this.errors.value = [];
    if (file === null) this.wrong("file", text.file.chooseFirst);
    else if (name === "") this.wrong("file-name", text.file.enterName);
    if (file === null || name === "" || this.busy.value) return false;
    this.busy.value = true;
    const why = await this.enclosing
      .put("sendFile", { file, name })
      .finally(() => (this.busy.value = false));
    if (why !== null) this.wrong("", why);
    return why === null;
  }

  private wrong(field: string, text: string): void {
    this.errors.value = [{ field, text }];
  }
}

const CLOSEST = 3;
const STEP = 0.5;

export class DocumentModel {
  readonly state = signal<"loading" | "shown" | "failed">("loading");
  readonly why = signal("");
  readonly page = signal(1);
  readonly pages = signal(0);
  readonly zoom = signal(1);
  readonly words = signal("");
  private open: OpenDocument | null = null;
  private gone = new AbortController();
  private readonly app: App;
  private readonly asked: { readonly roomId: string; readonly key: string };

  constructor(app: App, asked: DocumentModel["asked"]) {
    this.app = app;
    this.asked = asked;
  }

  async load(): Promise<void> {
    const text = enclosedWords().file;
    this.close();
    const { signal: gone } = (this.gone = new AbortController());
    this.state.value = "loading";
    const outcome = await attempt(this.app.session, "document", this.asked);
    if (gone.aborted) return;
    if (!outcome.ok) return this.failed(problemText(outcome.problem));
    if (!isPdf(outcome.answer)) return this.failed(text.damaged);
    const port = await this.app.surroundings.documents().catch(() => null);
    if (gone.aborted) return;
    if (port === null) return this.failed(text.notFetched);
    try {
      const open = await port.open(outcome.answer, gone);
      if (gone.aborted) return open.close();
      this.open = open;
      this.pages.value = open.pages;
      this.state.value = "shown";
    } catch {
      if (!gone.aborted) this.failed(text.damaged);
    }
  }

  /** Again after each turn of a page. */
  async draw(onto: HTMLCanvasElement, width: number): Promise<void> {
    const { open } = this;
    const page = this.page.peek();
    if (open === null) return;
    try {
      await open.draw(page, onto, width * this.zoom.peek());
      const words = await open.words(page);
      if (page === this.page.peek()) this.words.value = words;
    } catch {
      if (open === this.open) this.failed(enclosedWords().file.damaged);
    }
  }

  turn(by: number): void {
    const next = Math.min(Math.max(1, this.page.value + by), this.pages.value);
    if (next === this.page.value) return;
    this.words.value = "";
    this.page.value = next;
  }

  closer(by: 1 | -1): void {
    this.zoom.value = Math.min(CLOSEST, Math.max(1, this.zoom.value + by * STEP));
  }

  close(): void {
    this.gone.abort();
    this.open?.close();
    this.open = null;
  }

  private failed(why: string): void {
    this.why.value = why;
    this.state.value = "failed";
  }
}

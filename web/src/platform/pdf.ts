/**
 * PDFs, drawn onto a canvas in the page by pdf.js. The browser's own viewer would offer to save and to
 * print, does not exist on many phones and may not run where nothing may run scripts.
 *
 * What could go wrong: a document that does something. Here it is taken apart in a worker without the
 * page, its scripts, forms, links and attached files are never looked at, and nothing is fetched for it
 * but this app's own decoders.
 */
import jbig2 from "pdfjs-dist/wasm/jbig2.wasm?url";
import openjpeg from "pdfjs-dist/wasm/openjpeg.wasm?url";
import { getDocument, PDFWorker, type RenderTask } from "pdfjs-dist";
import { pause } from "../engine/pause";
import type { DocumentPort, OpenDocument } from "../model/documentPort";
import workerUrl from "./pdf.worker?worker&url";
import { startWorker } from "./trusted";

/** Where pictures of scanned pages are unpacked. */
const DECODERS: Record<string, string> = { "jbig2.wasm": jbig2, "openjpeg.wasm": openjpeg };
/** A larger picture would not be drawn by phones, and could be made to fill their memory. */
const MOST_PIXELS = 32 * 1024 * 1024;
const MOST_CANVAS = 4096;
/** A document can keep its worker busy for good; then it is not asked. */
const CLOSED_WITHIN_MS = 1_000;

class OwnDecoders {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const url = DECODERS[filename];
    if (url === undefined) throw new Error("no such decoder");
    const answer = await fetch(url);
    if (!answer.ok) throw new Error("no decoder now");
    return new Uint8Array(await answer.arrayBuffer());
  }
}

export const documents: DocumentPort = {
  async open(bytes, gone) {
    gone.throwIfAborted();
    const port = startWorker(workerUrl, "pdf");
    const worker = PDFWorker.create({ port });
    const loading = getDocument({
      data: bytes,
      worker,
      BinaryDataFactory: OwnDecoders,
      useWorkerFetch: false,
      disableWorkerRendering: true,
      enableXfa: false,
      maxImageSize: MOST_PIXELS,
      verbosity: 0,
    });
    const close = (): void => {
      const late = pause(CLOSED_WITHIN_MS);
      void Promise.race([loading.destroy().catch(() => {}), late]).finally(() => {
        worker.destroy();
        port.terminate();
      });
    };
    const left = new Promise<never>((_, reject) => {
      gone.addEventListener("abort", () => reject(new Error("nobody waits")), { once: true });
    });
    try {
      return shown(await Promise.race([loading.promise, left]), close);
    } catch (error) {
      close();
      throw error;
    }
  },
};

type Pdf = Awaited<ReturnType<typeof getDocument>["promise"]>;

function shown(pdf: Pdf, close: () => void): OpenDocument {
  let drawing: RenderTask | null = null;
  let latest = 0;
  return {
    pages: pdf.numPages,
    async draw(number, onto, width) {
      const mine = ++latest;
      drawing?.cancel();
      await drawing?.promise.catch(() => {});
      const page = await pdf.getPage(number);
      if (mine !== latest) return;
      const own = page.getViewport({ scale: 1 });
      const dense = Math.min(devicePixelRatio * width, MOST_CANVAS);
      const most = MOST_CANVAS / Math.max(own.width, own.height);
      const viewport = page.getViewport({ scale: Math.min(dense / own.width, most) });
      onto.width = Math.ceil(viewport.width);
      onto.height = Math.ceil(viewport.height);
      drawing = page.render({ canvas: onto, viewport, annotationMode: 0 });
      await drawing.promise.catch((error: unknown) => {
        if (mine === latest) throw error;
      });
    },
    async words(number) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      return items
        .map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : ""))
        .join("")
        .trim();
    },
    close,
  };
}

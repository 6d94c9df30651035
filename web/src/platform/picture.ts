/** Pictures are drawn anew, pixel by pixel: place, time, phone and owner that came with them stay behind. */
import type { Edit } from "../model/cameraPort";
import { boxOf, fitted, type Box } from "../model/pictureEdits";

const QUALITY = 0.85;
/** So few patches of colour that no letter and no face comes back from them. */
const PATCHES = 5;

/** Upright, scaled so that it is worked on at `worked` and is `longest` at most in the end. */
export function drawn(
  source: ImageBitmap,
  edits: readonly Edit[],
  worked: number,
  longest: number,
): HTMLCanvasElement {
  let canvas = scaled(source, worked);
  for (const edit of edits) canvas = applied(canvas, edit);
  return scaled(canvas, longest);
}

export async function encoded(canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, "image/jpeg", QUALITY),
  );
  if (!blob) throw new Error("the picture could not be written");
  return new Uint8Array(await blob.arrayBuffer());
}

function blank(width: number, height: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser cannot draw");
  return [canvas, context];
}

function scaled(source: ImageBitmap | HTMLCanvasElement, longest: number): HTMLCanvasElement {
  const size = fitted(source.width, source.height, longest);
  const isRight = source.width === size.width && source.height === size.height;
  if (source instanceof HTMLCanvasElement && isRight) return source;
  const [canvas, context] = blank(size.width, size.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(source, 0, 0, size.width, size.height);
  return canvas;
}

function applied(from: HTMLCanvasElement, edit: Edit): HTMLCanvasElement {
  switch (edit.is) {
    case "turn":
      return turned(from);
    case "crop":
      return cut(from, boxOf(edit.from, edit.to, from.width, from.height));
    case "blur":
      return hidden(from, boxOf(edit.from, edit.to, from.width, from.height));
    case "arrow":
      return pointed(from, edit);
  }
}

function turned(from: HTMLCanvasElement): HTMLCanvasElement {
  const [canvas, context] = blank(from.height, from.width);
  context.translate(from.height, 0);
  context.rotate(Math.PI / 2);
  context.drawImage(from, 0, 0);
  return canvas;
}

function cut(from: HTMLCanvasElement, { x, y, width, height }: Box): HTMLCanvasElement {
  const [canvas, context] = blank(width, height);
  context.drawImage(from, x, y, width, height, 0, 0, width, height);
  return canvas;
}

/** Not a soft blur, which can be undone: a few patches, whatever was there. */
function hidden(from: HTMLCanvasElement, { x, y, width, height }: Box): HTMLCanvasElement {
  const few = fitted(width, height, PATCHES);
  const [patches, small] = blank(few.width, few.height);
  small.imageSmoothingQuality = "high";
  small.drawImage(from, x, y, width, height, 0, 0, few.width, few.height);
  const context = from.getContext("2d");
  context?.drawImage(patches, 0, 0, few.width, few.height, x, y, width, height);
  return from;
}

function pointed(
  canvas: HTMLCanvasElement,
  { from, to }: Extract<Edit, { from: unknown }>,
): HTMLCanvasElement {
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  const [ax, ay] = [from.x * canvas.width, from.y * canvas.height];
  const [bx, by] = [to.x * canvas.width, to.y * canvas.height];
  const angle = Math.atan2(by - ay, bx - ax);
  const line = Math.max(3, Math.max(canvas.width, canvas.height) / 120);
  const head = line * 5;
  const wing = (side: number): [number, number] => [
    bx - head * Math.cos(angle + side),
    by - head * Math.sin(angle + side),
  ];
  context.lineCap = "round";
  context.lineJoin = "round";
  // Seen on any skin and on any sheet.
  for (const [colour, width] of [
    ["#fff", line * 2],
    ["#d5281b", line],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(ax, ay);
    context.lineTo(bx, by);
    context.moveTo(...wing(0.5));
    context.lineTo(bx, by);
    context.lineTo(...wing(-0.5));
    context.stroke();
  }
  return canvas;
}

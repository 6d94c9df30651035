/** Where on a picture something is done: the arithmetic of cutting, hiding and pointing. */
import type { Edit, Point } from "./cameraPort";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Smaller is a slip of the finger. */
const LEAST = 0.03;

/** In whole pixels of a picture of this size, inside it. */
export function boxOf(from: Point, to: Point, width: number, height: number): Box {
  const x = Math.floor(Math.min(from.x, to.x) * width);
  const y = Math.floor(Math.min(from.y, to.y) * height);
  const right = Math.ceil(Math.max(from.x, to.x) * width);
  const bottom = Math.ceil(Math.max(from.y, to.y) * height);
  return { x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) };
}

/** Null when there is too little between the two to mean anything. */
export function editOf(is: "crop" | "blur" | "arrow", from: Point, to: Point): Edit | null {
  const [wide, high] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
  const enough = is === "arrow" ? Math.max(wide, high) >= LEAST : Math.min(wide, high) >= LEAST;
  return enough ? { is, from, to } : null;
}

/** Onto the picture, wherever the finger went. */
export function within(x: number, y: number): Point {
  const kept = (value: number): number => Math.min(1, Math.max(0, value));
  return { x: kept(x), y: kept(y) };
}

/** The size in which a picture's longer side is at most this. */
export function fitted(width: number, height: number, longest: number) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

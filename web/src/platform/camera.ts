/**
 * The camera inside the page. Never the phone's camera app: what that takes it may keep, in the photo
 * library and in somebody's cloud. What is taken here is in memory until it is sent or thrown away.
 */
import { pause } from "../engine/pause";
import {
  CameraProblem,
  type CameraPort,
  type CameraTrouble,
  type LiveCamera,
  type Shot,
} from "../model/cameraPort";
import { drawn, encoded } from "./picture";

const LONGEST_SIDE = 2048;
/** Worked on larger, so that what is cut out is still sharp. */
const WORKED_ON = 3072;
const SHOWN = 1024;
/** Some phones never answer: then the live view's own picture is good enough. */
const SHOT_WITHIN_MS = 4_000;

/** Not in every browser's types: the camera's own still picture, sharper than its video. */
interface StillCamera {
  takePhoto(): Promise<Blob>;
}
type Stills = new (track: MediaStreamTrack) => StillCamera;

export const camera: CameraPort = {
  async open(facing): Promise<LiveCamera> {
    const stream = await streamOf(facing);
    const [track] = stream.getVideoTracks();
    if (!track) throw new CameraProblem("none");
    return {
      stream,
      shoot: async (view) => shotOf((await still(track)) ?? (await createImageBitmap(view))),
      stop: () => stream.getTracks().forEach((one) => one.stop()),
    };
  },
};

async function streamOf(facing: "back" | "front"): Promise<MediaStream> {
  // Not there without HTTPS, and where the page may not.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new CameraProblem("not_here");
  try {
    return await devices.getUserMedia({
      audio: false,
      video: {
        facingMode: { ideal: facing === "back" ? "environment" : "user" },
        width: { ideal: 2560 },
        height: { ideal: 1440 },
      },
    });
  } catch (error) {
    throw new CameraProblem(troubleOf(error instanceof Error ? error.name : ""));
  }
}

export function troubleOf(name: string): CameraTrouble {
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return "refused";
    case "NotFoundError":
    case "OverconstrainedError":
      return "none";
    case "NotReadableError":
    case "AbortError":
      return "in_use";
    default:
      return "failed";
  }
}

/** Turned as the camera was held, by the browser, which reads what the camera wrote beside it. */
async function still(track: MediaStreamTrack): Promise<ImageBitmap | null> {
  const stills = (globalThis as { ImageCapture?: Stills }).ImageCapture;
  if (!stills) return null;
  try {
    const late = pause(SHOT_WITHIN_MS).then(() => null);
    const blob = await Promise.race([new stills(track).takePhoto(), late]);
    return blob && (await createImageBitmap(blob, { imageOrientation: "from-image" }));
  } catch {
    return null;
  }
}

function shotOf(taken: ImageBitmap): Shot {
  return {
    show(onto, edits) {
      const picture = drawn(taken, edits, SHOWN, SHOWN);
      onto.width = picture.width;
      onto.height = picture.height;
      onto.getContext("2d")?.drawImage(picture, 0, 0);
    },
    async finish(edits) {
      const picture = drawn(taken, edits, WORKED_ON, LONGEST_SIDE);
      const { width, height } = picture;
      return { bytes: await encoded(picture), width, height };
    },
    close: () => taken.close(),
  };
}

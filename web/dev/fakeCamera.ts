import { CameraProblem, type CameraPort, type CameraTrouble } from "../src/model/cameraPort";
import type { Edit, LiveCamera } from "../src/model/cameraPort";

/** A camera in front of nothing; counts what is still switched on and still in memory. */
export class FakeCamera implements CameraPort {
  trouble: CameraTrouble | null = null;
  lit = 0;
  inMemory = 0;
  opened: string[] = [];
  finished: readonly Edit[] = [];

  open(facing: "back" | "front"): Promise<LiveCamera> {
    if (this.trouble) return Promise.reject(new CameraProblem(this.trouble));
    this.opened.push(facing);
    this.lit++;
    return Promise.resolve({
      stream: {} as MediaStream,
      stop: () => void this.lit--,
      shoot: () => {
        this.inMemory++;
        return Promise.resolve({
          show: () => {},
          close: () => void this.inMemory--,
          finish: (edits: readonly Edit[]) => {
            this.finished = edits;
            return Promise.resolve({ bytes: new Uint8Array([1, 2]), width: 4, height: 3 });
          },
        });
      },
    });
  }
}

/** The still picture that a phone's camera gives a page: EXIF with its maker, its place, and how it was held. */

export const PHONE_SAYS = "PhoneMaker";

/** Runs in the page: its camera takes a picture, 400 by 200, red on the left and blue on the right. */
export function phonePicture(): void {
  const maker = "PhoneMaker\0\0";
  const tiff = (): number[] => {
    const bytes: number[] = [];
    const short = (...values: number[]) => values.forEach((v) => bytes.push(v & 255, v >> 8));
    const long = (...values: number[]) => values.forEach((v) => short(v & 65_535, v >>> 16));
    short(0x4949, 42);
    long(8);
    short(3);
    short(0x010f, 2);
    long(maker.length, 50);
    short(0x0112, 3);
    long(1, 6);
    short(0x8825, 4);
    long(1, 50 + maker.length);
    long(0);
    bytes.push(...[...maker].map((letter) => letter.codePointAt(0) ?? 0));
    // 51° 30' north.
    short(2);
    short(1, 2);
    long(2, 0x4e);
    short(2, 5);
    long(3, 50 + maker.length + 30);
    long(0, 51, 1, 30, 1, 0, 1);
    return bytes;
  };
  const withExif = async (jpeg: Blob): Promise<Blob> => {
    const exif = [...[..."Exif\0\0"].map((letter) => letter.codePointAt(0) ?? 0), ...tiff()];
    const length = exif.length + 2;
    const segment = new Uint8Array([0xff, 0xe1, length >> 8, length & 255, ...exif]);
    return new Blob([jpeg.slice(0, 2), segment, jpeg.slice(2)], { type: "image/jpeg" });
  };
  class PhoneStills {
    async takePhoto(): Promise<Blob> {
      const canvas = new OffscreenCanvas(400, 200);
      const context = canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      context.fillStyle = "#ff0000";
      context.fillRect(0, 0, 200, 200);
      context.fillStyle = "#0000ff";
      context.fillRect(200, 0, 200, 200);
      const picture = await withExif(await canvas.convertToBlob({ type: "image/jpeg" }));
      const seen = await createImageBitmap(picture, { imageOrientation: "none" } as object);
      if (seen.width + seen.height !== 600) throw new Error("not a picture");
      return picture;
    }
  }
  Object.assign(globalThis, { ImageCapture: PhoneStills });
}

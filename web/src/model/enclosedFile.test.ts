import { beforeEach, describe, expect, it } from "vitest";
import { FakeSession, fakeApp, refusal } from "../../dev/fakeSession";
import type { Policy } from "../engine/protocol";
import type { App } from "./app";
import type { DocumentPort } from "./documentPort";
import { DocumentModel, isPdf, SendFileModel, sizeWords } from "./enclosedFile";

const PDF = new TextEncoder().encode("%PDF-1.7 and so on");
const file = (bytes: Uint8Array<ArrayBuffer>, name = "Rota.pdf") => ({
  name,
  size: bytes.length,
  arrayBuffer: () => Promise.resolve(bytes.slice().buffer),
});

let session: FakeSession;
let app: App;

beforeEach(() => {
  session = new FakeSession();
  session.live.policy.value = { ...(session.live.policy.peek() as Policy), fileBytes: 1_000 };
  app = fakeApp(session);
});

describe("a file that is sent", () => {
  const sent = () => session.asked.filter((one) => one.name === "sendFile");

  it("is a PDF by its first bytes, whatever it is called", async () => {
    const model = new SendFileModel(app, "!ward");
    for (const other of ["PK\u0003\u0004", "<html>", "", " %PDF-1.7", "%pdf-1.7"]) {
      await model.choose(file(new TextEncoder().encode(other), "letter.pdf"));
      expect(model.errors.value[0]?.text).toContain("This is not a PDF");
      expect(await model.send()).toBe(false);
    }
    session.script.sendFile = () => undefined;
    await model.choose(file(PDF));
    expect(await model.send()).toBe(true);
    expect(sent()[0]?.asked).toMatchObject({ roomId: "!ward", name: "Rota.pdf" });
    expect(sent().length).toBe(1);
  });

  it("is not larger than the policy says, nor nameless, nor unreadable", async () => {
    const model = new SendFileModel(app, "!ward");
    await model.choose({ ...file(PDF), size: 1_001 });
    expect(model.errors.value[0]?.text).toBe("It is larger than 1 KB. Send fewer pages.");
    await model.choose({ ...file(PDF), arrayBuffer: () => Promise.reject(new Error("gone")) });
    expect(model.errors.value[0]?.text).toContain("could not be read");
    await model.choose(file(PDF));
    model.name.value = "  ";
    expect(await model.send()).toBe(false);
    expect(model.errors.value).toEqual([{ field: "file-name", text: "Enter a name" }]);
    session.script.sendFile = () => refusal("refused", "Files are not sent here.");
    model.name.value = "Rota";
    expect(await model.send()).toBe(false);
    expect(model.errors.value).toEqual([{ field: "", text: "Files are not sent here." }]);
  });
});

describe("a file chosen after another", () => {
  it("goes under an id of its own, and is not overtaken by one that was slow to read", async () => {
    const model = new SendFileModel(app, "!ward");
    session.script.sendFile = () => refusal("unexpected", "The app was locked.");
    const { promise: slow, resolve: go } = Promise.withResolvers<ArrayBuffer>();
    const first = model.choose({ ...file(PDF, "Slow.pdf"), arrayBuffer: () => slow });
    await model.choose(file(PDF));
    go(PDF.slice().buffer);
    await first;
    expect(model.name.value).toBe("Rota.pdf");
    await model.send();
    await model.send();
    await model.choose(file(PDF, "Other.pdf"));
    await model.send();
    const asked = session.asked.filter((one) => one.name === "sendFile");
    const ids = asked.map((one) => (one.asked as { txnId: string }).txnId);
    expect([ids[1] === ids[0], ids[2] === ids[0]]).toEqual([true, false]);
  });
});

describe("a document that is opened", () => {
  let open = 0;
  let drawn: string[] = [];
  let port: DocumentPort & { draws: boolean };
  const made = (): typeof port => ({
    draws: true,
    open: (bytes) => {
      if (bytes.length > 100) return Promise.reject(new Error("locked by a password"));
      open++;
      return Promise.resolve({
        pages: 2,
        draw: (page, _, width) => {
          if (!port.draws) return Promise.reject(new Error("no"));
          return Promise.resolve(void drawn.push(`${page} at ${width}`));
        },
        words: (page) => Promise.resolve(`words of ${page}`),
        close: () => void open--,
      });
    },
  });
  const model = () => {
    const surroundings = { ...app.surroundings, documents: () => Promise.resolve(port) };
    return new DocumentModel({ ...app, surroundings }, { roomId: "!ward", key: "k" });
  };
  const canvas = {} as HTMLCanvasElement;

  beforeEach(() => {
    open = 0;
    drawn = [];
    port = made();
  });

  it("is turned from its first page to its last, and leaves nothing open", async () => {
    session.script.document = () => PDF;
    const one = model();
    await one.load();
    await one.draw(canvas, 300);
    expect([one.state.value, one.words.value]).toEqual(["shown", "words of 1"]);
    one.turn(-1);
    one.turn(1);
    one.turn(1);
    one.closer(1);
    await one.draw(canvas, 300);
    expect([one.page.value, one.words.value, ...drawn]).toEqual([
      2,
      "words of 2",
      "1 at 300",
      "2 at 450",
    ]);
    one.close();
    const late = model();
    const loading = late.load();
    late.close();
    await loading;
    expect(open).toBe(0);
  });

  it("is let go of before it is opened again, and while it opens", async () => {
    session.script.document = () => PDF;
    const one = model();
    await one.load();
    port.draws = false;
    await one.draw(canvas, 300);
    expect([one.state.value, open]).toEqual(["failed", 1]);
    await one.load();
    expect([one.state.value, open]).toEqual(["shown", 1]);
    one.close();
    expect(open).toBe(0);
    // One that keeps its worker busy.
    const told: AbortSignal[] = [];
    port.open = (_, gone) => new Promise(() => told.push(gone));
    const busy = model();
    void busy.load();
    await new Promise((resolve) => setTimeout(resolve));
    expect(told.map((gone) => gone.aborted)).toEqual([false]);
    busy.close();
    expect(told.map((gone) => gone.aborted)).toEqual([true]);
  });

  it("is not called damaged when what shows it could not be fetched", async () => {
    session.script.document = () => PDF;
    const documents = () => Promise.reject(new TypeError("Failed to fetch"));
    const surroundings = { ...app.surroundings, documents };
    const one = new DocumentModel({ ...app, surroundings }, { roomId: "!ward", key: "k" });
    await one.load();
    expect(one.why.value).toContain("could not be fetched");
  });

  it("is not handed to anything that would open it when it is no PDF", async () => {
    session.script.document = () => new TextEncoder().encode("<script>");
    const one = model();
    await one.load();
    expect([one.state.value, open]).toEqual(["failed", 0]);
    session.script.document = () => new Uint8Array([...PDF, ...new Uint8Array(200)]);
    await one.load();
    expect(one.why.value).toContain("locked by a password");
    session.script.document = () => refusal("not_found", "This is gone.");
    await one.load();
    expect(one.why.value).toBe("This is gone.");
  });
});

it("says sizes as people do", () => {
  expect([1, 2_048, 10 * 1024 * 1024, 1_600_000].map(sizeWords)).toEqual([
    "1 KB",
    "2 KB",
    "10 MB",
    "1.5 MB",
  ]);
  expect(isPdf(PDF)).toBe(true);
});

/** A voice note or a document: one thing at a time, sealed in the outbox under an id of its own. */
import type { Asked } from "../engine/protocol";
import { enclosedWords } from "../i18n/enclosed";
import type { App } from "./app";
import { attempt, notSealedText } from "./problem";

type Call = "sendFile" | "sendVoice";

export class Enclosing {
  /** Of one thing: another under its id would be taken for it. */
  private txnId = "";
  private readonly app: App;
  private readonly roomId: string;

  constructor(app: App, roomId: string) {
    this.app = app;
    this.roomId = roomId;
  }

  begin(): string {
    return (this.txnId = this.app.surroundings.newId());
  }

  /** Null when it is sealed, otherwise why not. */
  async put<N extends Call>(
    name: N,
    what: Omit<Asked<N>, "roomId" | "txnId">,
  ): Promise<string | null> {
    const { roomId, txnId } = this;
    const asked = { ...what, roomId, txnId } as unknown as Asked<N>;
    const outcome = await attempt(this.app.session, name, asked);
    return outcome.ok ? null : notSealedText(outcome.problem, enclosedWords().tooManyWaiting);
  }
}

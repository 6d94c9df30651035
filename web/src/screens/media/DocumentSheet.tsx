import { useEffect, useRef } from "preact/hooks";
import { IconButton } from "../../components/button/Button";
import { FailedState, Note } from "../../components/notice/Notice";
import { Sheet } from "../../components/sheet/Sheet";
import { Waiting } from "../../components/waiting/Waiting";
import { enclosedWords } from "../../i18n/enclosed";
import { DocumentModel } from "../../model/enclosedFile";
import { useModel } from "../app/useApp";
import type { FileItem } from "./EnclosedView";
import "./Enclosed.scss";

interface DocumentProps {
  item: FileItem;
  roomId: string;
  onClose: () => void;
}

/** A page at a time, drawn; it goes nowhere from here. */
export function DocumentSheet({ item, roomId, onClose }: DocumentProps) {
  const { key } = item;
  const model = useModel(
    (app) => new DocumentModel(app, { roomId, key }),
    (made) => {
      void made.load();
      return () => made.close();
    },
    key,
  );
  const text = enclosedWords().file;
  const state = model.state.value;
  return (
    <Sheet title={item.text} size="full" onClose={onClose}>
      {state === "loading" && <Waiting label={text.loading} rows={1} shape="card" />}
      {state === "failed" && (
        <FailedState title={text.failed} text={model.why.value} onRetry={() => void model.load()} />
      )}
      {state === "shown" && <Page model={model} />}
      <Note icon="info">
        <p>{text.stays}</p>
      </Note>
    </Sheet>
  );
}

function Page({ model }: { model: DocumentModel }) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = enclosedWords().file;
  const [page, pages, zoom] = [model.page.value, model.pages.value, model.zoom.value];
  useEffect(() => {
    if (box.current && canvas.current) void model.draw(canvas.current, box.current.clientWidth);
  }, [page, zoom]);
  const named = text.page(page, pages);
  return (
    <>
      <div class="voice-row document__buttons">
        <IconButton icon="toLeft" label={text.before} onPress={() => model.turn(-1)} />
        <span role="status">{named}</span>
        <IconButton icon="toRight" label={text.after} onPress={() => model.turn(1)} />
        <IconButton icon="minus" label={text.further} onPress={() => model.closer(-1)} />
        <span>{text.zoom(Math.round(zoom * 100))}</span>
        <IconButton icon="plus" label={text.closer} onPress={() => model.closer(1)} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div class="document" ref={box} tabIndex={0} role="group" aria-label={text.area}>
        <canvas
          ref={canvas}
          style={{ width: `${zoom * 100}%` }}
          role="img"
          aria-label={named}
          onContextMenu={(event) => event.preventDefault()}
        />
      </div>
      <details class="document__words">
        <summary>{text.words}</summary>
        <p>{model.words.value || text.noWords}</p>
      </details>
    </>
  );
}

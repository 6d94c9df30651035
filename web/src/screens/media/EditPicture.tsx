import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Icon, type IconName } from "../../components/icon/Icon";
import { IconButton } from "../../components/button/Button";
import type { RoomSummary } from "../../engine/protocol";
import { mediaWords } from "../../i18n/media";
import { BODY_SITES, SIDES, type BodySite, type Side } from "../../model/bodySites";
import type { CameraModel, Tool } from "../../model/camera";
import { within } from "../../model/pictureEdits";

interface EditProps {
  model: CameraModel;
  room: RoomSummary;
  onSent: () => void;
}

export function EditPicture({ model, room, onSent }: EditProps) {
  const text = mediaWords().camera;
  const send = async (): Promise<void> => {
    if (await model.send()) onSent();
  };
  return (
    <div class="form">
      <ErrorSummary errors={model.errors.value} />
      <div>
        <Picture model={model} />
        <Tools model={model} />
      </div>
      <p class="media-hint">
        <Icon name="alert" size={20} />
        {text.hide}
      </p>
      <Where model={model} />
      <div class="media-row">
        <Button look="secondary" onPress={() => void model.again()}>
          {text.again}
        </Button>
        <Button
          icon="send"
          label={text.sendLabel(room.reaches, room.purpose)}
          disabled={room.reaches === 0}
          busy={model.busy.value === "sending" && text.sending}
          onPress={() => void send()}
        >
          {text.send(room.reaches)}
        </Button>
      </div>
    </div>
  );
}

/** One tap marks a point, and so does Enter where the cross is: nothing has to be dragged. */
function Picture({ model }: { model: CameraModel }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = mediaWords().camera;
  const shot = model.shot.value;
  const edits = model.edits.value;
  const tool = model.tool.value;
  useEffect(() => {
    if (canvas.current && shot) shot.show(canvas.current, edits);
  }, [shot, edits]);
  const tapped = (event: MouseEvent): void => {
    const box = canvas.current?.getBoundingClientRect();
    if (tool === null || box === undefined) return;
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    model.mark(within(x / box.width, y / box.height));
  };
  return (
    <div class={tool === null ? "picture" : "picture picture--pointing"} onClick={tapped}>
      <canvas
        class="picture__canvas"
        ref={canvas}
        role="img"
        aria-label={`${text.picture}. ${text.edited(edits.length)}`}
      />
      {tool !== null && <Cross model={model} />}
    </div>
  );
}

/** Where the next point will be, and the one before it. Drawn in hundredths of the picture. */
function Cross({ model }: { model: CameraModel }) {
  const { x, y } = model.cursor.value;
  const first = model.first.value;
  const [cx, cy] = [x * 100, y * 100];
  return (
    <svg class="picture__cross" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      {["cross-edge", "cross-line"].map((name) => (
        <g class={name} key={name}>
          <path d={`M${cx} 0V100M0 ${cy}H100`} />
          {first && (
            <path
              d={`M${first.x * 100 - 3} ${first.y * 100}h6M${first.x * 100} ${first.y * 100 - 3}v6`}
            />
          )}
        </g>
      ))}
    </svg>
  );
}

const TOOLS: readonly { tool: Tool; icon: IconName }[] = [
  { tool: "crop", icon: "crop" },
  { tool: "blur", icon: "hide" },
  { tool: "arrow", icon: "arrow" },
];

/** What had the focus is gone when the tools change: the first thing to press gets it. */
function Tools({ model }: { model: CameraModel }) {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef<Tool | null>(null);
  const tool = model.tool.value;
  useLayoutEffect(() => {
    if (before.current !== tool) box.current?.querySelector("button")?.focus();
    before.current = tool;
  }, [tool]);
  return (
    <div ref={box}>
      {tool === null ? <Toolbox model={model} /> : <Pointing model={model} tool={tool} />}
    </div>
  );
}

function Toolbox({ model }: { model: CameraModel }) {
  const text = mediaWords().camera;
  return (
    <div class="media-row">
      <Button small look="secondary" icon="turn" onPress={() => model.turn()}>
        {text.turn}
      </Button>
      {TOOLS.map((one) => (
        <Button
          key={one.tool}
          small
          look="secondary"
          icon={one.icon}
          onPress={() => model.choose(one.tool)}
        >
          {text[one.tool]}
        </Button>
      ))}
      {model.edits.value.length > 0 && (
        <Button small look="secondary" icon="undo" onPress={() => model.undo()}>
          {text.undo}
        </Button>
      )}
    </div>
  );
}

const KEYS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function Pointing({ model, tool }: { model: CameraModel; tool: Tool }) {
  const text = mediaWords().camera;
  const [firstTold = "", thenTold = ""] = text.tell[tool];
  const onKey = (event: KeyboardEvent): void => {
    const by = KEYS[event.key];
    if (!by) return;
    event.preventDefault();
    model.move(...by);
  };
  return (
    <div class="pointing" onKeyDown={onKey}>
      <p role="status">
        <strong>{model.first.value === null ? firstTold : thenTold}</strong> {text.orKeys}
      </p>
      <div class="media-row">
        <Button small onPress={() => model.mark()}>
          {text.mark}
        </Button>
        <IconButton icon="toLeft" label={text.left} onPress={() => model.move(-1, 0)} />
        <IconButton icon="toRight" label={text.right} onPress={() => model.move(1, 0)} />
        <IconButton icon="up" label={text.up} onPress={() => model.move(0, -1)} />
        <IconButton icon="down" label={text.down} onPress={() => model.move(0, 1)} />
        <Button small look="quiet" onPress={() => model.choose(null)}>
          {text.cancel}
        </Button>
      </div>
    </div>
  );
}

function Where({ model }: { model: CameraModel }) {
  const text = mediaWords();
  return (
    <div class="media-where">
      <Select
        id="site"
        label={text.camera.site}
        value={model.site.value}
        choices={BODY_SITES.map((site) => [site, text.sites[site]])}
        onChoose={(site) => (model.site.value = site as BodySite | "")}
      />
      <Select
        id="side"
        label={text.camera.sideOf}
        value={model.side.value}
        choices={SIDES.map((side) => [side, text.sides[side]])}
        onChoose={(side) => (model.side.value = side as Side | "")}
      />
    </div>
  );
}

interface SelectProps {
  id: string;
  label: string;
  value: string;
  choices: readonly (readonly [string, string])[];
  onChoose: (value: string) => void;
}

function Select({ id, label, value, choices, onChoose }: SelectProps) {
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
      </label>
      <select
        class="field__input"
        id={id}
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        <option value="">{mediaWords().camera.unsaid}</option>
        {choices.map(([name, shown]) => (
          <option key={name} value={name}>
            {shown}
          </option>
        ))}
      </select>
    </div>
  );
}

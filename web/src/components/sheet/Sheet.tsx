import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { words } from "../../i18n/language";
import { IconButton } from "../button/Button";
import "./Sheet.scss";

interface SheetProps {
  title: string;
  /** `full` for a task with its own fields, `low` for a few actions, `centre` for one question. */
  size?: "low" | "full" | "centre";
  onClose: () => void;
  children: ComponentChildren;
  /** Stays at the bottom while the rest scrolls. */
  footer?: ComponentChildren;
}

/** A modal `<dialog>`: the browser keeps the focus in it, and Escape or the back gesture closes it. */
export function Sheet({ title, size = "low", onClose, children, footer }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    element?.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
    return () => element?.close();
  }, []);
  const onBackdrop = (event: MouseEvent): void => {
    if (event.target === dialog.current && size !== "full") onClose();
  };
  return (
    <dialog
      class={`sheet sheet--${size}`}
      ref={dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={onBackdrop}
    >
      <div class="sheet__inner">
        <div class="sheet__head">
          <h2 class="sheet__title" id={heading} tabIndex={-1}>
            {title}
          </h2>
          <IconButton icon="close" label={words().app.close} onPress={onClose} />
        </div>
        <div class="sheet__body">{children}</div>
        {footer && <div class="sheet__foot">{footer}</div>}
      </div>
    </dialog>
  );
}

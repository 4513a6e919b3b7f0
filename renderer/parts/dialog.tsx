import { type ReactNode, useId } from "react";
import { useText } from "#renderer/text/text.ts";
import { HotkeyLayer } from "./hotkeys.tsx";
import { useModal } from "./use-modal.ts";

/**
 * A dialog of the platform: holds the focus, keeps the keys of the screen behind it silent, Esc leaves. The hand begins at what
 * has `data-first` (or at the first part in it), else in the first field: `autoFocus` comes before the dialog is open and does nothing.
 * Put no antd pop-ups (Select, DatePicker) in it: they open below the top layer; use antd's Modal there.
 */
export function Dialog({
  title,
  onClose,
  children,
  className = "",
  plain = false,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  className?: string;
  /** No title bar; the title is only spoken. */
  plain?: boolean;
}) {
  const t = useText();
  const id = useId();
  const frame = useModal((dialog) => firstOf(dialog)?.focus());
  return (
    <dialog
      ref={frame}
      className={`dialog ${className}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={plain ? "sr-only" : "pane-head"}>
        <h2 className="pane-title" id={id}>
          {title}
        </h2>
        {!plain && (
          <div className="pane-tools">
            <button type="button" className="button" onClick={onClose}>
              {t("parts.close")}
            </button>
          </div>
        )}
      </header>
      <HotkeyLayer>{children}</HotkeyLayer>
    </dialog>
  );
}

const field = "input, select, textarea";
function firstOf(dialog: HTMLElement): HTMLElement | null {
  const named = dialog.querySelector<HTMLElement>("[data-first]");
  return named?.querySelector<HTMLElement>(`button, ${field}`) ?? named ?? dialog.querySelector<HTMLElement>(field);
}

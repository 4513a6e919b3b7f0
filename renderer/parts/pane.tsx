import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useRef, useState } from "react";
import { loadNumber, saveSetting } from "#renderer/bridge/settings.ts";
import { useText } from "#renderer/text/text.ts";

/** A region of the screen with a quiet title bar; `tools` stand at its right end. */
export function Pane({
  title,
  tools,
  children,
  className = "",
  flush = false,
}: {
  title?: ReactNode;
  tools?: ReactNode;
  children: ReactNode;
  className?: string;
  /** No padding: for lists that go to the edge. */
  flush?: boolean;
}) {
  const id = useId();
  return (
    <section className={`pane ${className}`} aria-labelledby={title ? id : undefined}>
      {(title || tools) && (
        <header className="pane-head">
          {title && (
            <h2 className="pane-title" id={id}>
              {title}
            </h2>
          )}
          {tools && <div className="pane-tools">{tools}</div>}
        </header>
      )}
      <div className={flush ? "pane-body is-flush" : "pane-body"}>{children}</div>
    </section>
  );
}

/** Whose sizes are remembered: an opaque officer id, set at sign-in; empty before. */
let scope = "";
export function setPaneScope(officerId: string): void {
  scope = officerId;
}

const smallest = 240;
const step = 24;

/** Two panes and a bar between them that moves by mouse and arrow keys; the size of the second is remembered. */
export function SplitPane({
  id,
  first,
  second,
  start = 480,
  down = false,
}: {
  id: string;
  first: ReactNode;
  second: ReactNode;
  /** Size of the second pane in px until someone moves the bar. */
  start?: number;
  /** One above the other. */
  down?: boolean;
}) {
  const t = useText();
  const key = `pane.${scope ? `${scope}.` : ""}${id}`;
  const [size, setSize] = useState(() => loadNumber(key, start));
  const frame = useRef<HTMLDivElement>(null);
  const total = () => (down ? frame.current?.clientHeight : frame.current?.clientWidth) ?? 1200;
  const within = (wanted: number) => Math.round(Math.max(smallest, Math.min(total() - smallest, wanted)));
  const move = (wanted: number) => {
    const next = within(wanted);
    setSize(next);
    saveSetting(key, next);
  };
  const drag = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = frame.current?.getBoundingClientRect();
    if (box) move(down ? box.bottom - event.clientY : box.right - event.clientX);
  };
  const onKey = (event: KeyboardEvent) => {
    const towards = { ArrowLeft: step, ArrowUp: step, ArrowRight: -step, ArrowDown: -step }[event.key];
    if (towards === undefined) return;
    event.preventDefault();
    move(size + towards);
  };
  return (
    <div ref={frame} className={down ? "split split-down" : "split"}>
      <div className="split-first">{first}</div>
      {/* biome-ignore lint/a11y/useSemanticElements: a splitter that moves is a focusable separator, not a rule */}
      <div
        className="split-bar"
        role="separator"
        tabIndex={0}
        aria-label={t("parts.split")}
        aria-orientation={down ? "horizontal" : "vertical"}
        aria-valuenow={size}
        aria-valuemin={smallest}
        aria-valuemax={Math.max(size, 4000)}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onDoubleClick={() => move(start)}
        onKeyDown={onKey}
      />
      <div className="split-second" style={down ? { height: size } : { width: size }}>
        {second}
      </div>
    </div>
  );
}

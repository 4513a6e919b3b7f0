import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { HotkeyLayer } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";

export interface MenuItem {
  readonly key: string;
  readonly words: string;
  readonly run: () => void;
}

interface Props {
  readonly title: string;
  readonly items: readonly MenuItem[];
  /** What it opens beside. */
  readonly anchor: DOMRect;
  readonly onLeave: () => void;
}

/** The key of each line; a line beyond has none. */
const lineKeys = "1234567890abcdef";
const width = 260;
const rowHeight = 32;

/** What may be done with a place: by mouse, arrows, or the key of the line. */
export function CellMenu({ title, items, anchor, onLeave }: Props) {
  const t = useText();
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelectorAll<HTMLElement>("[role=menuitem]")[at]?.focus(), [at]);
  const take = (item: MenuItem | undefined) => {
    if (!item) return;
    onLeave();
    item.run();
  };
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "ArrowDown") setAt((at + 1) % items.length);
    else if (event.key === "ArrowUp") setAt((at + items.length - 1) % items.length);
    else if (event.key.length === 1 && !event.ctrlKey && !event.altKey && lineKeys.includes(event.key.toLowerCase()))
      take(items[lineKeys.indexOf(event.key.toLowerCase())]);
    else if (event.key === "Escape" || event.key === "Tab") onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  const height = items.length * rowHeight + 44;
  const left = Math.max(8, Math.min(anchor.left, window.innerWidth - width - 8));
  const below = anchor.bottom + 2 + height <= window.innerHeight - 8;
  return (
    <HotkeyLayer>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: a click beside it leaves, as Esc does */}
      <div className="roster-picker-ground" onClick={onLeave} />
      <div
        className="roster-picker roster-menu"
        role="menu"
        aria-label={t("roster.menu", { place: title })}
        tabIndex={-1}
        ref={list}
        style={{ left, top: below ? anchor.bottom + 2 : Math.max(8, anchor.top - height - 2), width }}
        onKeyDown={onKeyDown}
      >
        <p className="roster-picker-title">{title}</p>
        {items.map((item, index) => (
          <button
            key={item.key}
            type="button"
            role="menuitem"
            className="as-text roster-menu-item"
            tabIndex={index === at ? 0 : -1}
            onClick={() => take(item)}
            onFocus={() => setAt(index)}
            onMouseEnter={() => setAt(index)}
          >
            <span className="roster-menu-number">{lineKeys[index]?.toUpperCase()}</span>
            {item.words}
          </button>
        ))}
      </div>
    </HotkeyLayer>
  );
}

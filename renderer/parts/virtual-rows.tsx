import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useImperativeHandle, useRef } from "react";

export interface VirtualRowsHandle {
  focus(): void;
  scrollTo(index: number): void;
}

export interface VirtualRowsProps<T> {
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly row: (row: T, at: { index: number; selected: boolean }) => ReactNode;
  /** Name of the list for those who do not see it. */
  readonly label: string;
  readonly selectedKey?: string | null;
  /** An arrow key or a click has come to this row. */
  readonly onSelect?: (row: T, index: number) => void;
  /** Enter or a double click. */
  readonly onOpen?: (row: T, index: number) => void;
  /** One click opens: for lists that only lead elsewhere. */
  readonly opensOnClick?: boolean;
  /** The end is near: fetch the next page. */
  readonly onEnd?: () => void;
  /** px; 32 unless the rows have two lines. */
  readonly rowHeight?: number;
  readonly rowClass?: (row: T) => string;
  readonly head?: ReactNode;
  readonly empty?: ReactNode;
  readonly handle?: Ref<VirtualRowsHandle>;
}

const pageRows = 10;

/** A list of any length of which only the visible rows exist. One tab stop; arrows, Page, Home, End and Enter work. */
export function VirtualRows<T>(props: VirtualRowsProps<T>) {
  const { rows, rowKey, selectedKey = null, rowHeight = 32, onEnd } = props;
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    },
  });
  const items = virtual.getVirtualItems();
  const selected = selectedKey === null ? -1 : rows.findIndex((row) => rowKey(row) === selectedKey);

  const last = items.at(-1)?.index ?? -1;
  const count = rows.length;
  const end = useRef(onEnd);
  useEffect(() => {
    end.current = onEnd;
  });
  useEffect(() => {
    if (count > 0 && last >= count - 5) end.current?.();
  }, [last, count]);

  useImperativeHandle(props.handle, () => ({
    focus: () => frame.current?.focus(),
    scrollTo: (index) => virtual.scrollToIndex(index),
  }));

  const go = (index: number) => {
    const to = Math.max(0, Math.min(rows.length - 1, index));
    const row = rows[to];
    if (row === undefined) return;
    virtual.scrollToIndex(to);
    props.onSelect?.(row, to);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const to = {
      ArrowDown: selected + 1,
      ArrowUp: selected < 0 ? 0 : selected - 1,
      PageDown: selected + pageRows,
      PageUp: selected - pageRows,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      go(to);
    } else if (event.key === "Enter" && rows[selected] !== undefined) {
      event.preventDefault();
      props.onOpen?.(rows[selected], selected);
    }
  };

  return (
    <div className="rows">
      {props.head && <div className="rows-head">{props.head}</div>}
      {rows.length === 0 ? (
        <div className="rows-empty">{props.empty}</div>
      ) : (
        <div
          ref={frame}
          className="rows-frame"
          role="listbox"
          tabIndex={0}
          aria-label={props.label}
          aria-activedescendant={selected >= 0 ? `${id}-${selected}` : undefined}
          onKeyDown={onKey}
        >
          <div className="rows-all" role="presentation" style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              const isSelected = item.index === selected;
              return (
                // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the listbox holds focus and keys (aria-activedescendant)
                <div
                  key={item.key}
                  id={`${id}-${item.index}`}
                  role="option"
                  aria-selected={isSelected}
                  aria-setsize={rows.length}
                  aria-posinset={item.index + 1}
                  className={`row ${isSelected ? "is-selected" : ""} ${props.rowClass?.(row) ?? ""}`}
                  style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                  onClick={() => (props.opensOnClick ? props.onOpen : props.onSelect)?.(row, item.index)}
                  onDoubleClick={() => props.onOpen?.(row, item.index)}
                >
                  {props.row(row, { index: item.index, selected: isSelected })}
                </div>
              );
            })}
          </div>
        </div>
      )}
    </div>
  );
}

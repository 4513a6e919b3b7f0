import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useImperativeHandle, useRef } from "react";

export interface VirtualRowsHandle {
  focus(): void;
  scrollTo(index: number): void;
}

/** What every list of ours has, however its rows come. */
export interface ListLook<T> {
  readonly row: (row: T, at: { index: number; selected: boolean }) => ReactNode;
  /** Name of the list for those who do not see it. */
  readonly label: string;
  /** One click opens: for lists that only lead elsewhere. */
  readonly opensOnClick?: boolean;
  /** px; 32 unless the rows have two lines. */
  readonly rowHeight?: number;
  readonly rowClass?: (row: T) => string;
  readonly head?: ReactNode;
  readonly empty?: ReactNode;
  readonly handle?: Ref<VirtualRowsHandle>;
}

export interface VirtualListProps<T> extends ListLook<T> {
  readonly count: number;
  /** `undefined`: it stands there, but has not been read yet. */
  readonly rowAt: (index: number) => T | undefined;
  readonly keyAt?: (index: number) => string | number;
  /** -1: none. */
  readonly selectedAt: number;
  /** An arrow key or a click has come to this place. `extends`: with Shift; `adds`: with Ctrl. */
  readonly onGo: (index: number, how: { readonly extends: boolean; readonly adds: boolean }) => void;
  /** Enter or a double click. */
  readonly onOpen?: (index: number) => void;
  /** Other keys of the list. `true`: taken. */
  readonly onKey?: (event: KeyboardEvent) => boolean;
  /** These places are on screen. */
  readonly onRange?: (first: number, last: number) => void;
  /** Several may be marked. */
  readonly isMarked?: (row: T) => boolean;
}

const pageRows = 10;

/** A list of any length of which only the visible rows exist. One tab stop; arrows, Page, Home, End and Enter work. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { count, rowAt, selectedAt, rowHeight = 32, onRange, isMarked, keyAt } = props;
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    ...(keyAt ? { getItemKey: keyAt } : {}),
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  const told = useRef(onRange);
  useEffect(() => {
    told.current = onRange;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a list that grew tells its range again
  useEffect(() => {
    if (last >= first) told.current?.(first, last);
  }, [first, last, count]);

  useImperativeHandle(props.handle, () => ({
    focus: () => frame.current?.focus(),
    scrollTo: (index) => virtual.scrollToIndex(index),
  }));

  const go = (index: number, how: { extends: boolean; adds: boolean }) => {
    if (count === 0) return;
    const to = Math.max(0, Math.min(count - 1, index));
    virtual.scrollToIndex(to);
    props.onGo(to, how);
  };
  const onKey = (event: KeyboardEvent) => {
    if (props.onKey?.(event)) return event.preventDefault();
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const to = {
      ArrowDown: selectedAt + 1,
      ArrowUp: selectedAt < 0 ? 0 : selectedAt - 1,
      PageDown: selectedAt + pageRows,
      PageUp: selectedAt - pageRows,
      Home: 0,
      End: count - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      go(to, { extends: event.shiftKey, adds: false });
    } else if (event.key === "Enter" && selectedAt >= 0) {
      event.preventDefault();
      props.onOpen?.(selectedAt);
    }
  };

  // Where the rows leave room for a scroll bar, so does their head: a column stands under its name.
  const scrolls = virtual.getTotalSize() > (virtual.scrollRect?.height ?? Number.POSITIVE_INFINITY);
  return (
    <div className="rows">
      {props.head && <div className={scrolls ? "rows-head is-narrower" : "rows-head"}>{props.head}</div>}
      {count === 0 ? (
        <div className="rows-empty">{props.empty}</div>
      ) : (
        <div
          ref={frame}
          className="rows-frame"
          role="listbox"
          tabIndex={0}
          aria-label={props.label}
          aria-multiselectable={isMarked ? true : undefined}
          aria-activedescendant={selectedAt >= 0 ? `${id}-${selectedAt}` : undefined}
          onKeyDown={onKey}
        >
          <div className="rows-all" role="presentation" style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const row = rowAt(item.index);
              const isSelected = item.index === selectedAt;
              const marked = row !== undefined && isMarked?.(row);
              return (
                // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the listbox holds focus and keys (aria-activedescendant)
                <div
                  key={item.key}
                  id={`${id}-${item.index}`}
                  role="option"
                  aria-selected={isSelected || marked === true}
                  aria-setsize={count}
                  aria-posinset={item.index + 1}
                  className={`row ${isSelected ? "is-selected" : ""} ${marked ? "is-marked" : ""} ${row === undefined ? "is-coming" : (props.rowClass?.(row) ?? "")}`}
                  style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                  onClick={(event) =>
                    props.opensOnClick
                      ? props.onOpen?.(item.index)
                      : props.onGo(item.index, { extends: event.shiftKey, adds: event.ctrlKey || event.metaKey })
                  }
                  onDoubleClick={() => props.onOpen?.(item.index)}
                >
                  {row !== undefined && props.row(row, { index: item.index, selected: isSelected })}
                </div>
              );
            })}
          </div>
        </div>
      )}
    </div>
  );
}

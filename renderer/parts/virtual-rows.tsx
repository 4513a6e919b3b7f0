import { type ListLook, VirtualList } from "./virtual-list.tsx";

export type { VirtualRowsHandle } from "./virtual-list.tsx";

export interface VirtualRowsProps<T> extends ListLook<T> {
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly selectedKey?: string | null;
  /** An arrow key or a click has come to this row. */
  readonly onSelect?: (row: T, index: number) => void;
  /** Enter or a double click. */
  readonly onOpen?: (row: T, index: number) => void;
  /** The end is near: fetch the next page. */
  readonly onEnd?: () => void;
}

/** A list whose rows are all here, or come page after page. */
export function VirtualRows<T>({
  rows,
  rowKey,
  selectedKey = null,
  onSelect,
  onOpen,
  onEnd,
  ...look
}: VirtualRowsProps<T>) {
  const at = (index: number, told: ((row: T, index: number) => void) | undefined) => {
    const row = rows[index];
    if (row !== undefined) told?.(row, index);
  };
  return (
    <VirtualList
      {...look}
      count={rows.length}
      rowAt={(index) => rows[index]}
      keyAt={(index) => {
        const row = rows[index];
        return row === undefined ? index : rowKey(row);
      }}
      selectedAt={selectedKey === null ? -1 : rows.findIndex((row) => rowKey(row) === selectedKey)}
      onGo={(index) => at(index, onSelect)}
      onOpen={(index) => at(index, onOpen)}
      onRange={(_, last) => {
        if (last >= rows.length - 5) onEnd?.();
      }}
    />
  );
}

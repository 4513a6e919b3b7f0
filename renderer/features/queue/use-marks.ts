import { useCallback, useMemo, useRef, useState } from "react";
import { bulkMost } from "#shared/contract.ts";
import type { ListedEvent } from "./use-event-blocks.ts";

export interface Marks {
  readonly rows: readonly ListedEvent[];
  readonly has: (id: string) => boolean;
  readonly toggle: (row: ListedEvent) => void;
  readonly extend: (from: number, to: number, rowAt: (index: number) => ListedEvent | undefined) => void;
  readonly keepOnly: (ids: readonly string[]) => void;
}

/** Events marked for one step together; they stay marked whatever the list shows meanwhile. */
export function useMarks(selectedId: string | null): Marks {
  const [marked, setMarked] = useState<ReadonlyMap<string, ListedEvent>>(new Map());
  /** Where a stretch with Shift began. */
  const anchor = useRef<{ id: string | null; at: number } | null>(null);
  return {
    rows: useMemo(() => [...marked.values()], [marked]),
    has: (id) => marked.has(id),
    toggle: (row) => {
      anchor.current = null;
      setMarked((before) => {
        const next = new Map(before);
        if (!next.delete(row.id)) next.set(row.id, row);
        return next;
      });
    },
    extend: (from, to, rowAt) => {
      if (anchor.current === null) anchor.current = { id: selectedId, at: from };
      const { at } = anchor.current;
      setMarked((before) => {
        const next = new Map(before);
        for (let index = Math.min(at, to); index <= Math.max(at, to) && next.size < bulkMost; index++) {
          const row = rowAt(index);
          if (row) next.set(row.id, row);
        }
        return next;
      });
    },
    keepOnly: useCallback((ids: readonly string[]) => {
      anchor.current = null;
      setMarked((before) => new Map([...before].filter(([id]) => ids.includes(id))));
    }, []),
  };
}

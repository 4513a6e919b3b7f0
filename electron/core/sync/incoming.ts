import type { LedgerOp } from "#shared/op/op.ts";
import type { PullAnswer, Receipt } from "#shared/protocol/messages.ts";
import type { PullAsk } from "./link.ts";

/** Stretches that are named in advance, and how few may be left before more are asked about: the way must not stand idle until they are named. */
const marksAhead = 8;
const fewMarks = 4;

/** What the incoming side needs of the store. */
export interface Ledger {
  cursor(): number;
  /** The whole ops that the receipts stand for; `null`: this desk does not hold one of them. */
  ownOps(receipts: readonly Receipt[]): LedgerOp[] | null;
}

export interface Slice {
  readonly ops: readonly LedgerOp[];
  readonly upTo: number;
}

/** What comes in, from which stretches and in which order. It knows numbers; by which way they travel is the link's. */
export interface Incoming {
  /** The next stretch to ask for. `waitMs`: let the district wait for news. */
  next(rows: number, waitMs: number): PullAsk;
  /** Stretches that are known and not asked for. */
  readonly open: number;
  /** Pages that came and are not applied. */
  readonly kept: number;
  /** Keeps a page that came; one whose receipts this desk cannot read is asked for again, whole. `head`: of the ledger then. */
  came(ask: PullAsk, page: PullAnswer, head: number): void;
  /** A stretch that was asked for did not come. */
  lost(ask: PullAsk): void;
  /** What can be applied next, of at most `rows`, in the order of numbers; the caller applies it and moves the cursor with it (PR-9). */
  take(rows: number): Slice | null;
  /** Forgets everything that was asked for or kept. */
  reset(): void;
}

interface Stretch {
  readonly after: number;
  readonly until: number | null;
}

export function openIncoming(store: Ledger): Incoming {
  let wanted: Stretch[] = [];
  /** End of the last stretch that is known, asked for or not. */
  let knownTo = 0;
  let whole = false;
  const kept = new Map<number, Slice>();

  function want(stretch: Stretch): void {
    wanted = [...wanted, stretch].sort((a, b) => a.after - b.after);
  }

  /** Two answers may begin at one number, a look for news and a stretch: the one that reaches further holds the other. */
  function keep(after: number, page: Slice): void {
    if ((kept.get(after)?.upTo ?? -1) < page.upTo) kept.set(after, page);
  }

  /**
   * The page to go on with at a number: it may begin before it, when one that overlaps it was applied first. What lies
   * behind that number altogether is let go.
   */
  function pageAt(at: number): Slice | null {
    let furthest: Slice | null = null;
    for (const [after, page] of kept) {
      if (after > at) continue;
      kept.delete(after);
      if (page.upTo > at && page.upTo > (furthest?.upTo ?? 0)) furthest = page;
    }
    return furthest && { ...furthest, ops: furthest.ops.filter(({ no }) => no > at) };
  }

  return {
    next(rows, waitMs) {
      const stretch = wanted.shift() ?? { after: Math.max(knownTo, store.cursor()), until: null };
      const marks = wanted.length < fewMarks ? marksAhead : 0;
      return { ...stretch, limit: rows, waitMs, marks, whole };
    },
    get open() {
      return wanted.length;
    },
    get kept() {
      return kept.size;
    },
    came(ask, page, head) {
      const own = store.ownOps(page.own);
      if (own === null) {
        whole = true;
        want({ after: ask.after, until: ask.until });
        return;
      }
      const ops = own.length === 0 ? page.ops : [...page.ops, ...own].sort((a, b) => a.no - b.no);
      keep(ask.after, { ops, upTo: page.upTo });
      // Less came than was asked for: the rest of the stretch is one of its own.
      if (page.more && ask.until !== null && page.upTo < ask.until) want({ after: page.upTo, until: ask.until });
      let end = Math.max(knownTo, ask.until ?? page.upTo);
      for (const mark of page.marks) {
        if (mark <= end) continue;
        want({ after: end, until: mark });
        end = mark;
      }
      // Fewer were named than were asked for: what is left is the last of them, and need not wait until the others have come.
      const isLong = page.more || ask.until !== null;
      if (isLong && page.marks.length < ask.marks && end < head) {
        want({ after: end, until: head });
        end = head;
      }
      knownTo = end;
    },
    lost(ask) {
      if (ask.until !== null) want({ after: ask.after, until: ask.until });
    },
    take(rows) {
      const at = store.cursor();
      const page = pageAt(at);
      if (!page || page.ops.length <= rows) return page;
      const ops = page.ops.slice(0, rows);
      const upTo = ops.at(-1)?.no ?? at;
      keep(upTo, { ops: page.ops.slice(rows), upTo: page.upTo });
      return { ops, upTo };
    },
    reset() {
      wanted = [];
      kept.clear();
      knownTo = 0;
      whole = false;
    },
  };
}

import { type RefObject, useMemo, useState } from "react";
import { useDraft } from "#renderer/bridge/use-draft.ts";
import { languageNow } from "#renderer/text/text.ts";
import { draftMost } from "#shared/contract.ts";
import type { TableName } from "#shared/domain/table/tables.ts";
import type { Language } from "#shared/lib/text.ts";
import { type Cells, type Edited, noteProposed, readEdited } from "./edits.ts";
import type { Spot } from "./TableGrid.tsx";

/** A step that can be taken back: how it was before, and which cell was typed into. */
interface Step {
  readonly before: Edited | null;
  readonly cell: string | null;
}
const mostSteps = 50;

export interface Edits {
  /** `null`: nothing was typed. */
  readonly now: Edited | null;
  /** What was kept of an earlier hand is known: before that nothing is edited. */
  readonly isRead: boolean;
  /** In which cells are written: of edits that were begun, as they were begun. */
  readonly language: Language;
  /** `false`: too long for a draft, and gone with the page. */
  readonly isKept: boolean;
  readonly mayUndo: boolean;
  /** Rows as they are from now on; with a note that stands unless somebody wrote one. */
  readonly edit: (next: Cells, spot?: Spot | null, proposed?: string) => void;
  /** Edits of another beginning, as one step. */
  readonly take: (own: Edited) => void;
  readonly note: (words: string) => void;
  readonly undo: () => void;
  /** They were published. */
  readonly end: () => void;
  /** Given up, as one step. */
  readonly drop: () => void;
}

/**
 * What somebody has typed into a table and not yet published: kept as a draft, and taken back step by step. `standing`: the digest of the
 * table as it stands, once it is known; `changed` is told of each step.
 */
export function useEdits(table: TableName, standing: RefObject<string | undefined>, changed: () => void): Edits {
  const draft = useDraft(`table:${table}`);
  const spoken = languageNow();
  const [edited, setEdited] = useState<Edited | null>();
  const [isKept, setKept] = useState(true);
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const kept = useMemo(() => readEdited(draft.kept), [draft.kept]);
  const now = edited === undefined ? kept : edited;

  const language = now?.language ?? spoken;

  const keep = (own: Edited | null) => {
    setEdited(own);
    const text = own && JSON.stringify(own);
    if (text === null) return draft.drop();
    setKept(text.length <= draftMost);
    if (text.length <= draftMost) draft.keep(text);
  };
  const put = (own: Edited | null) => {
    changed();
    keep(own);
  };
  const step = (cell: string | null) => setSteps([...steps.slice(1 - mostSteps), { before: now, cell }]);

  return {
    now,
    isRead: draft.kept !== undefined,
    language,
    isKept,
    mayUndo: steps.length > 0,
    edit: (next, spot = null, proposed) => {
      const digest = standing.current;
      // Nothing is laid over edits that were kept and not read yet.
      if (digest === undefined || draft.kept === undefined) return;
      const cell = spot && `${spot.at}/${spot.col}`;
      // What is typed into one cell is one step.
      if (cell === null || steps.at(-1)?.cell !== cell) step(cell);
      put({
        was: digest,
        language,
        ...now,
        ...(proposed === undefined ? {} : noteProposed(now, proposed)),
        cells: next,
      });
    },
    take: (own) => {
      step(null);
      put(own);
    },
    note: (words) => now && keep({ ...now, note: words }),
    undo: () => {
      const last = steps.at(-1);
      if (!last) return;
      setSteps(steps.slice(0, -1));
      put(last.before);
    },
    end: () => {
      setSteps([]);
      put(null);
    },
    drop: () => {
      step(null);
      put(null);
    },
  };
}

import { useState } from "react";
import { useAct } from "#renderer/bridge/use-desk.ts";
import type { DeskError } from "#shared/errors.ts";

export interface Edit {
  readonly slot: string;
  readonly was: string | null;
  readonly wasName: string;
  readonly officerId: string | null;
  readonly name: string;
}

export type Said =
  | { readonly type: "done" | "undone"; readonly edits: readonly Edit[] }
  | { readonly type: "error"; readonly error: DeskError }
  | { readonly type: "not_allowed" }
  | { readonly type: "note"; readonly words: string };

const backwards = (edit: Edit): Edit => ({
  ...edit,
  was: edit.officerId,
  wasName: edit.name,
  officerId: edit.was,
  name: edit.wasName,
});

/** Changes of places and the way back from the last one: a change of its own, nothing is erased (RO-36). */
export function useEdits(note: string, onRefused: () => void) {
  const { act, busy } = useAct("roster.edit");
  const [said, setSaid] = useState<Said | undefined>(note === "" ? undefined : { type: "note", words: note });
  const run = async (edits: readonly Edit[], undoes: boolean): Promise<void> => {
    const changes = edits.map(({ slot, officerId, was }) => ({ slot, officerId, was }));
    const outcome = await act({ changes, undoes });
    if (outcome.ok) return setSaid({ type: undoes ? "undone" : "done", edits });
    setSaid({ type: "error", error: outcome.error });
    onRefused();
  };
  const last = said?.type === "done" ? said.edits : undefined;
  return {
    said,
    setSaid,
    busy,
    edit: (edits: readonly Edit[]) => void run(edits, false),
    /** Another month is turned to: what can be taken back stays, what was only told was told of the other one. */
    turned: () => setSaid((before) => (before?.type === "done" ? before : undefined)),
    undo: last && (() => void run(last.map(backwards), true)),
  };
}

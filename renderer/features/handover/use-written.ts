import { useCallback, useEffect, useState } from "react";
import { useDraft } from "#renderer/bridge/use-draft.ts";
import type { HandoverDraft } from "#shared/contract.ts";
import { draftKey, packDraft, unpackDraft, type Written } from "./draft.ts";

export interface Writing {
  readonly written: Written;
  readonly savedAt: number | undefined;
  readonly saving: boolean;
  change(next: Partial<Written>): void;
  /** After the signature: the record has it, the draft is used up. */
  used(): void;
}

/** What people write into the handover, kept as they write and found again after anything. */
export function useWritten({ handoverId, record }: HandoverDraft): Writing | undefined {
  const { kept, savedAt, saving, keep, drop } = useDraft(draftKey);
  const [state, setState] = useState<{ id: string; written: Written }>();
  useEffect(() => {
    if (kept === undefined || state?.id === handoverId) return;
    setState({ id: handoverId, written: unpackDraft(record, handoverId, kept) });
  }, [kept, state, handoverId, record]);

  const here = state?.id === handoverId ? state.written : undefined;
  const change = useCallback(
    (next: Partial<Written>) => {
      if (!here) return;
      const written = { ...here, ...next };
      setState({ id: handoverId, written });
      keep(packDraft(handoverId, written));
    },
    [here, handoverId, keep],
  );
  return here && { written: here, savedAt, saving, change, used: drop };
}

import { useCallback, useEffect, useRef, useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import type { HandoverDraft } from "#shared/contract.ts";
import { draftKey, packDraft, unpackDraft, type Written } from "./draft.ts";

const saveAfterMs = 500;

export interface Writing {
  readonly written: Written;
  readonly savedAt: number | undefined;
  readonly saving: boolean;
  change(next: Partial<Written>): void;
  /** After the signature: the record has it, the draft is used up. */
  used(): void;
}

/** What people write into the handover, kept half a second after the last key and found again after anything. */
export function useWritten(draft: HandoverDraft): Writing | undefined {
  const { handoverId, record } = draft;
  const kept = useDesk("draft.load", { key: draftKey }, { topics: [] });
  const { act: save } = useAct("draft.save");
  const { act: drop } = useAct("draft.drop");
  const [state, setState] = useState<{ id: string; written: Written; savedAt: number | undefined }>();
  const [saving, setSaving] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pending = useRef<string>(undefined);

  const { data, loading } = kept;
  useEffect(() => {
    if (data === undefined || loading || state?.id === handoverId) return;
    setState({
      id: handoverId,
      written: unpackDraft(record, handoverId, data.value),
      savedAt: data.savedAt ?? undefined,
    });
  }, [data, loading, state, handoverId, record]);

  const flush = useCallback(async () => {
    clearTimeout(timer.current);
    const value = pending.current;
    if (value === undefined) return;
    pending.current = undefined;
    const outcome = await save({ key: draftKey, value });
    if (outcome.ok && pending.current === undefined) {
      setSaving(false);
      setState((before) => before && { ...before, savedAt: Date.now() });
    }
  }, [save]);

  useEffect(
    () => () => {
      void flush();
    },
    [flush],
  );

  const change = useCallback(
    (next: Partial<Written>) => {
      setState((before) => {
        if (!before) return before;
        const written = { ...before.written, ...next };
        pending.current = packDraft(before.id, written);
        return { ...before, written };
      });
      setSaving(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), saveAfterMs);
    },
    [flush],
  );

  const used = useCallback(() => {
    clearTimeout(timer.current);
    pending.current = undefined;
    setSaving(false);
    void drop({ key: draftKey });
  }, [drop]);

  return state?.id === handoverId
    ? { written: state.written, savedAt: state.savedAt, saving, change, used }
    : undefined;
}

import { type RefObject, useEffect, useState } from "react";
import { ErrorNote, Key, Paper, SheetHead, SheetTable, useHotkey, useWithin } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { ListSheet } from "#shared/domain/sheet-table.ts";
import type { DeskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";

/** LS-8: the list as it is shown goes to paper; made by the core when it is asked for, and gone once it was printed. */
export function PrintList({
  make,
  event,
}: {
  readonly make: () => Promise<Result<ListSheet, DeskError>>;
  /** The event beside the list: while the hand is in it, the key is its own. */
  readonly event: RefObject<HTMLElement | null>;
}) {
  const t = useText();
  const [sheet, setSheet] = useState<ListSheet>();
  const [error, setError] = useState<DeskError>();
  const inEvent = useWithin(event);
  const print = async () => {
    const made = await make();
    setError(made.ok ? undefined : made.error);
    if (made.ok) setSheet(made.value);
  };
  useEffect(() => {
    if (!sheet) return;
    const done = () => setSheet(undefined);
    window.addEventListener("afterprint", done);
    const frame = requestAnimationFrame(() => window.print());
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("afterprint", done);
    };
  }, [sheet]);
  useHotkey(hotkeys.list.print, () => void print(), { when: !inEvent, label: t("queue.print") });
  return (
    <>
      <button type="button" className="button-link" aria-keyshortcuts="Control+p" onClick={() => void print()}>
        {t("queue.print")} <Key name={hotkeys.list.print} />
      </button>
      {error && <ErrorNote error={error} />}
      {sheet && (
        <Paper className="list-paper">
          <div className="sheet">
            <SheetHead sheet={sheet} />
            <SheetTable columns={sheet.columns} rows={sheet.rows} />
          </div>
        </Paper>
      )}
    </>
  );
}

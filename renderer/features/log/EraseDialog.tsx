import { useId, useState } from "react";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { Button, Dialog, ErrorNote } from "#renderer/parts/index.ts";
import { backKey, confirmKey } from "#renderer/parts/keys.ts";
import { dateText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { TimelineEntry } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";

/** LG-4: words are taken away for good, so a reason is asked and the hand is stopped once. */
export function EraseDialog({ entry, onClose }: { readonly entry: TimelineEntry; readonly onClose: () => void }) {
  const t = useText();
  const id = useId();
  const { act, busy } = useAct("log.erase");
  const { typed, type, drop } = useTyped(`erase:${entry.id}`, { reason: "" });
  const { reason } = typed;
  const [error, setError] = useState<DeskError>();
  const erase = async () => {
    if (busy || !reason.trim()) return;
    const outcome = await act({ id: entry.id, reason: reason.trim() });
    if (!outcome.ok) return setError(outcome.error);
    drop();
    onClose();
  };
  return (
    <Dialog title={t("log.erase.title")} onClose={onClose} className="erase">
      <div className="erase-body">
        <p className="soft">{dateText(entry.at)}</p>
        <p className="erase-words">{say(entry.text)}</p>
        <p>{t("log.erase.about")}</p>
        <label className="entry-field" htmlFor={id}>
          {t("log.erase.reason")}
          <input
            id={id}
            className="input"
            maxLength={200}
            value={reason}
            data-first=""
            onChange={(event) => type({ reason: event.target.value })}
          />
        </label>
        {error && <ErrorNote error={error} />}
        <div className="entry-foot">
          <Button tone="grave" hotkey={confirmKey} disabled={busy || !reason.trim()} onPress={() => void erase()}>
            {t("log.erase.do")}
          </Button>
          <Button hotkey={backKey} onPress={onClose}>
            {t("log.erase.keep")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

import { useEffect, useState } from "react";
import { callDesk } from "#renderer/bridge/desk.ts";
import { saveBytes } from "#renderer/bridge/save-file.ts";
import { Button, ErrorNote, Key, Paper, SheetHead, SheetTable, useHotkey } from "#renderer/parts/index.ts";
import { backKey, hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { OutputOf } from "#shared/contract.ts";
import type { EventSheet } from "#shared/domain/duty-event/event-sheet.ts";
import type { DeskError } from "#shared/errors.ts";

/** TL-1, TL-2: the whole course of an event, to print or to keep as plain text. */
export function EventPaper({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useText();
  const [made, setMade] = useState<OutputOf<"event.timeline">>();
  const [error, setError] = useState<DeskError>();
  useEffect(() => {
    void callDesk("event.timeline", { id }).then((answer) =>
      answer.ok ? setMade(answer.value) : setError(answer.error),
    );
  }, [id]);
  useHotkey(backKey, onClose);
  const keep = () => made && saveBytes(made.fileName, [new TextEncoder().encode(made.text)]);
  const label = t("queue.paper");
  return (
    <section className="action-form event-paper" aria-label={label}>
      <p className="action-form-title">{label}</p>
      <p className="soft">{t("queue.paper.about")}</p>
      {error && <ErrorNote error={error} />}
      {made && (
        <>
          <textarea
            className="input event-paper-text"
            readOnly
            rows={12}
            aria-label={label}
            value={made.text}
            ref={focusOnce}
          />
          <Paper>
            <SheetOnPaper sheet={made.sheet} />
          </Paper>
        </>
      )}
      <div className="action-form-foot">
        <Button
          tone="next"
          hotkey={hotkeys.paper.print}
          keyLabel={t("queue.paper.print")}
          disabled={!made}
          onPress={() => window.print()}
        >
          {t("queue.paper.print")}
        </Button>
        <Button hotkey={hotkeys.paper.keep} keyLabel={t("queue.paper.keep")} disabled={!made} onPress={keep}>
          {t("queue.paper.keep")}
        </Button>
        <Button onPress={onClose}>
          {t("queue.form.close")} <Key name="Esc" />
        </Button>
      </div>
    </section>
  );
}

/** It opens at the head of the detail, which may be scrolled away. */
const focusOnce = (field: HTMLTextAreaElement | null): void => field?.focus();

function SheetOnPaper({ sheet }: { readonly sheet: EventSheet }) {
  return (
    <div className="sheet">
      <SheetHead sheet={sheet} />
      <table className="sheet-facts">
        <tbody>
          {sheet.facts.map(({ name, text }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sheet.parts.map(({ title, columns, rows }) => (
        <section key={title}>
          <h2>{title}</h2>
          <SheetTable columns={columns} rows={rows} />
        </section>
      ))}
    </div>
  );
}

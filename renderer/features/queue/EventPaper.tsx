import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { callDesk } from "#renderer/bridge/desk.ts";
import { saveBytes } from "#renderer/bridge/save-file.ts";
import { Button, ErrorNote, Key, SheetHead, useHotkey } from "#renderer/parts/index.ts";
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
          {createPortal(
            <article className="paper" aria-hidden="true">
              <SheetOnPaper sheet={made.sheet} />
            </article>,
            document.body,
          )}
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

/** Share of the sheet that short columns need; the others divide what is left. */
const shares: Readonly<Record<string, number>> = {
  时间: 18,
  环节: 12,
  经手: 14,
  距上一条: 13,
  停留: 13,
  对方: 14,
  商定: 18,
  编号: 15,
  上报: 18,
  来电人: 12,
  关系: 12,
  对象: 18,
  项目: 16,
  责任人: 16,
  完成期限: 14,
};
/** First columns that stay on one line. */
const onOneLine = ["时间", "编号"];

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
          <table className={onOneLine.includes(columns[0] ?? "") ? "sheet-table" : "sheet-table is-words"}>
            <colgroup>
              {columns.map((column) => (
                <col key={column} width={shares[column] ? `${shares[column]}%` : undefined} />
              ))}
            </colgroup>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((cells, row) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows stand where they stand
                <tr key={row}>
                  {cells.map((cell, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns stand where they stand
                    <td key={index}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  );
}

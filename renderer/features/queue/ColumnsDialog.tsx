import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button, Dialog } from "#renderer/parts/index.ts";
import { confirmKey } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import { type EventColumn, eventColumns } from "#shared/contract.ts";
import { usualColumns } from "./EventLine.tsx";

/** Which columns the list has, and in which order. Space takes one in or out, Alt and an arrow moves it. */
export function ColumnsDialog(props: {
  readonly chosen: readonly EventColumn[];
  readonly onChoose: (chosen: readonly EventColumn[]) => void;
  readonly onClose: () => void;
}) {
  const t = useText();
  const on = props.chosen.length > 0 ? props.chosen : usualColumns;
  const [order, setOrder] = useState<readonly EventColumn[]>(() => [
    ...on,
    ...eventColumns.filter((column) => !on.includes(column)),
  ]);
  const frame = useRef<HTMLUListElement>(null);
  const choose = (next: readonly EventColumn[], chosen: readonly EventColumn[]) => {
    setOrder(next);
    if (chosen.length > 0) props.onChoose(next.filter((column) => chosen.includes(column)));
  };
  const toggle = (column: EventColumn) =>
    choose(order, on.includes(column) ? on.filter((one) => one !== column) : [...on, column]);
  const focusOn = (at: number) => frame.current?.querySelectorAll<HTMLElement>("input")[at]?.focus();
  // The dialog was opened to choose.
  useEffect(() => frame.current?.querySelector("input")?.focus(), []);
  const onKey = (event: KeyboardEvent, at: number) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const to = at + (step ?? 0);
    if (step === undefined || to < 0 || to >= order.length) return;
    event.preventDefault();
    if (event.altKey) {
      const next = [...order];
      next.splice(to, 0, ...next.splice(at, 1));
      choose(next, on);
    }
    requestAnimationFrame(() => focusOn(to));
  };
  return (
    <Dialog title={t("queue.columns.title")} className="columns-sheet" onClose={props.onClose}>
      <p className="columns-how soft">{t("queue.columns.how")}</p>
      <ul ref={frame} className="columns-list">
        {order.map((column, at) => (
          <li key={column}>
            <label>
              <input
                type="checkbox"
                checked={on.includes(column)}
                disabled={on.length === 1 && on.includes(column)}
                onChange={() => toggle(column)}
                onKeyDown={(event) => onKey(event, at)}
              />
              {t(`queue.column.${column}`)}
            </label>
          </li>
        ))}
      </ul>
      <footer className="filter-foot">
        <Button
          disabled={props.chosen.length === 0}
          onPress={() => {
            setOrder([...usualColumns, ...eventColumns.filter((column) => !usualColumns.includes(column))]);
            props.onChoose([]);
          }}
        >
          {t("queue.columns.usual")}
        </Button>
        <Button tone="next" hotkey={confirmKey} onPress={props.onClose}>
          {t("queue.filters.done")}
        </Button>
      </footer>
    </Dialog>
  );
}

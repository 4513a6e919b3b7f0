import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { Button, Dialog } from "#renderer/parts/index.ts";
import { confirmKey } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import { type EventColumn, eventColumns } from "#shared/contract.ts";
import { usualColumns } from "./EventLine.tsx";

/** Usual columns for which a narrow list has no room now; a list whose columns were chosen shows them all. */
function useHidden(list: RefObject<HTMLElement | null>, usual: boolean): readonly EventColumn[] {
  const [hidden, setHidden] = useState<readonly EventColumn[]>([]);
  useLayoutEffect(() => {
    const look = () =>
      setHidden(
        usualColumns.filter((column) => {
          const cells = [...(list.current?.querySelectorAll(`.event-line:not(.is-chosen) .at-${column}`) ?? [])];
          return cells.length > 0 && cells.every((cell) => cell.getClientRects().length === 0);
        }),
      );
    look();
    addEventListener("resize", look);
    // What was chosen here is drawn when the desk has kept it.
    const drawn = new MutationObserver(look);
    if (list.current) drawn.observe(list.current, { subtree: true, attributeFilter: ["class"] });
    return () => {
      removeEventListener("resize", look);
      drawn.disconnect();
    };
  }, [list]);
  return usual ? hidden : [];
}

/** Which columns the list has, and in which order. Space takes one in or out, Alt and an arrow moves it. */
export function ColumnsDialog(props: {
  readonly chosen: readonly EventColumn[];
  readonly onChoose: (chosen: readonly EventColumn[]) => void;
  /** The list as it stands on screen. */
  readonly list: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}) {
  const t = useText();
  // Kept here too: the next key may come before the desk has answered the last.
  const [chosen, setChosen] = useState(props.chosen);
  const on = chosen.length > 0 ? chosen : usualColumns;
  const hidden = useHidden(props.list, chosen.length === 0);
  const [order, setOrder] = useState<readonly EventColumn[]>(() => [
    ...on,
    ...eventColumns.filter((column) => !on.includes(column)),
  ]);
  const frame = useRef<HTMLUListElement>(null);
  const tell = (columns: readonly EventColumn[]) => {
    setChosen(columns);
    props.onChoose(columns);
  };
  const choose = (next: readonly EventColumn[], columns: readonly EventColumn[]) => {
    setOrder(next);
    if (columns.length > 0) tell(next.filter((column) => columns.includes(column)));
  };
  const toggle = (column: EventColumn) =>
    choose(order, on.includes(column) ? on.filter((one) => one !== column) : [...on, column]);
  const focusOn = (at: number) => frame.current?.querySelectorAll<HTMLElement>("input")[at]?.focus();
  const onKey = (event: KeyboardEvent, at: number) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const to = at + (step ?? 0);
    if (step === undefined || to < 0 || to >= order.length) return;
    event.preventDefault();
    if (!event.altKey) return focusOn(to);
    const next = [...order];
    next.splice(to, 0, ...next.splice(at, 1));
    choose(next, on);
    // A line that is laid elsewhere loses the hand.
    requestAnimationFrame(() => focusOn(to));
  };
  return (
    <Dialog title={t("queue.columns.title")} className="columns-sheet" onClose={props.onClose}>
      <p className="columns-how soft">{t("queue.columns.how")}</p>
      {hidden.length > 0 && (
        <p className="columns-how" role="status">
          {t("queue.columns.narrow")}
        </p>
      )}
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
              {hidden.includes(column) && <span className="soft">{t("queue.columns.hidden")}</span>}
            </label>
          </li>
        ))}
      </ul>
      <footer className="filter-foot">
        <Button
          disabled={chosen.length === 0}
          onPress={() => {
            setOrder([...usualColumns, ...eventColumns.filter((column) => !usualColumns.includes(column))]);
            tell([]);
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

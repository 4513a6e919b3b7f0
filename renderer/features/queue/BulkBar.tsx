import { type RefObject, useState } from "react";
import { askAgain } from "#renderer/bridge/answers.ts";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { Button, ErrorNote, Key, useHotkey, useWithin } from "#renderer/parts/index.ts";
import { backKey } from "#renderer/parts/keys.ts";
import { later } from "#renderer/parts/later.tsx";
import { errorText } from "#renderer/text/error-text.ts";
import { countText, titleText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import { bulkMost, type OutputOf, type Tables } from "#shared/contract.ts";
import { eventActions, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import type { DeskError } from "#shared/errors.ts";
import { isTaken, type Taken } from "./ActionBar.tsx";
import type { ListedEvent } from "./use-event-blocks.ts";

const together: readonly Taken[] = eventActions.filter(isTaken).filter((action) => transitionOf(action).together);

const BulkForm = later(() => import("./BulkForm.tsx").then((it) => it.BulkForm));

/** One step on all marked events: each is judged by itself, and what did not go is named with its reason. */
export function BulkBar(props: {
  readonly rows: readonly ListedEvent[];
  readonly tables: Tables | undefined;
  /** The list: letters work while it has the focus. */
  readonly list: RefObject<HTMLElement | null>;
  /** Something stands before the list. */
  readonly covered: boolean;
  readonly onExport: () => void;
  /** Nothing is marked any more, or only what did not go. */
  readonly onKeepOnly: (ids: readonly string[]) => void;
  readonly toList: () => void;
}) {
  const t = useText();
  const { rows, tables } = props;
  // Asked here and not by the place, which would draw its whole list anew when the focus leaves it for the event.
  const keys = useWithin(props.list) && !props.covered;
  const { act, busy } = useAct("event.transitionAll");
  const [open, setOpen] = useState<Taken | null>(null);
  const [result, setResult] = useState<OutputOf<"event.transitionAll"> & { readonly action: Taken }>();
  const [error, setError] = useState<DeskError>();

  const send = async (action: Taken, given: Record<string, unknown>) => {
    setError(undefined);
    const outcome = await act({ ids: rows.map(({ id }) => id), action, given });
    if (outcome.ok) {
      setResult({ ...outcome.value, action });
      props.onKeepOnly(outcome.value.not.map(({ id }) => id));
      void askAgain("event.list", "event.tally", "event.get");
    } else setError(outcome.error);
    return outcome;
  };
  const take = (action: Taken) => {
    setResult(undefined);
    if (transitionOf(action).fields.length === 0 || action === "accept") void send(action, {});
    else setOpen(action);
  };
  const clear = () => {
    setResult(undefined);
    setError(undefined);
    props.onKeepOnly([]);
    props.toList();
  };
  const first = rows[0];
  const isShown = first !== undefined || result !== undefined || error !== undefined;
  useHotkey(backKey, clear, { when: isShown && keys && open === null });
  if (!isShown) return null;
  /** Named for as long as they are marked: what was unmarked since is no longer asked for. */
  const left = result?.not.filter(({ id }) => rows.some((row) => row.id === id)) ?? [];
  return (
    <section className="bulk" aria-label={t("queue.bulk")}>
      <div className="bulk-line">
        {first && (
          <>
            <span className="bulk-count figures">{t("queue.bulk.marked", { count: countText(rows.length) })}</span>
            {together.map((action) => (
              <BulkButton
                key={action}
                action={action}
                keys={keys && open === null}
                disabled={busy || rows.length > bulkMost}
                onTake={() => take(action)}
              />
            ))}
            <Button onPress={props.onExport}>
              {t("queue.bulk.export")} <Key name="Ctrl+e" />
            </Button>
          </>
        )}
        <Button onPress={clear}>
          {t(first ? "queue.bulk.clear" : "queue.form.close")} <Key name={backKey} />
        </Button>
      </div>
      {rows.length > bulkMost && <p className="bulk-words">{t("queue.bulk.too_many", { most: bulkMost })}</p>}
      {error && <ErrorNote error={error} />}
      {result && (
        <div className="bulk-words" role="status">
          {t("queue.bulk.went", {
            action: say(transitionOf(result.action).label),
            count: countText(result.went.length),
          })}
          {left.length > 0 && (
            <>
              {t("queue.bulk.not", { count: countText(left.length) })}
              <ul className="bulk-not">
                {left.map((one) => (
                  <li key={one.id}>
                    <span className="figures">{one.number}</span> {titleText(one.title)}：
                    {errorText(one.error as DeskError)}
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
      {open && first && tables && (
        <BulkForm
          rows={rows}
          action={open}
          tables={tables}
          send={(given) => send(open, given)}
          onClose={() => {
            setOpen(null);
            props.toList();
          }}
        />
      )}
    </section>
  );
}

function BulkButton(props: {
  readonly action: Taken;
  readonly keys: boolean;
  readonly disabled: boolean;
  readonly onTake: () => void;
}) {
  const t = useText();
  const { key, label } = transitionOf(props.action);
  const words = t("queue.bulk.action", { action: say(label) });
  useHotkey(key, props.onTake, { when: props.keys && !props.disabled, label: words });
  return (
    <Button disabled={props.disabled} aria-label={words} onPress={props.onTake}>
      {say(label)} <Key name={key} />
    </Button>
  );
}

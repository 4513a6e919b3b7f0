import { useMemo } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, EmptyState, ErrorNote } from "#renderer/parts/index.ts";
import { dateText, monthText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { ChangeRow } from "#shared/contract.ts";
import { slotText, type Words } from "./layer-words.ts";
import { SubPlace } from "./SubPlace.tsx";

interface Props {
  readonly month: string;
  /** One place alone; without, the whole month. */
  readonly slot: string | undefined;
  readonly words: Words;
  readonly onWhole: () => void;
  readonly onLeave: () => void;
}

interface Row extends ChangeRow {
  /** Places that a publication filled for the first time, told as one. */
  readonly filled: number;
}

/** A first publication is one change, not two hundred; what it puts in other hands is told place by place. */
function gathered(changes: readonly ChangeRow[], slot: string | undefined): Row[] {
  const rows: Row[] = [];
  for (const change of changes) {
    const first = change.action === "publish" && change.was === null && slot === undefined;
    const before = rows.findLast((row) => row.filled > 0 && row.at === change.at && row.by === change.by);
    if (first && before) rows[rows.indexOf(before)] = { ...before, filled: before.filled + 1 };
    else rows.push({ ...change, filled: first ? 1 : 0 });
  }
  return rows;
}

/** Who changed what, when, from whom to whom. */
export function HistoryPlace({ month, slot, words, onWhole, onLeave }: Props) {
  const t = useText();
  const answer = useDesk("roster.history", { month, ...(slot ? { slot } : {}) });
  const rows = useMemo(() => gathered(answer.data?.changes ?? [], slot), [answer.data, slot]);
  const title = slot
    ? `${t("roster.history")} ${slotText(slot, words.rules)}`
    : `${t("roster.history")} ${monthText(month)}`;
  const what = ({ action, kind }: ChangeRow) =>
    kind === null ? t(`roster.history.${action}`) : `${t(`roster.step.${action}`)} ${t(`roster.layer.${kind}`)}`;
  return (
    <SubPlace
      title={title}
      onLeave={onLeave}
      tools={slot && <Button onPress={onWhole}>{t("roster.history.whole")}</Button>}
    >
      {answer.error && <ErrorNote error={answer.error} again={answer.again} />}
      {answer.data && rows.length === 0 && <EmptyState title={t("roster.history.none")} />}
      {rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <section className="roster-table-frame" tabIndex={0} aria-label={title}>
          <table className="roster-table">
            <thead>
              <tr>
                <th scope="col">{t("roster.history.at")}</th>
                <th scope="col">{t("roster.history.by")}</th>
                <th scope="col">{t("roster.history.what")}</th>
                <th scope="col">{t("roster.history.place")}</th>
                <th scope="col">{t("roster.history.change")}</th>
                <th scope="col">{t("roster.history.why")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr
                  key={`${row.at}/${row.by}/${row.action}/${row.slot}/${row.is}/${row.was}`}
                  className={row.refused ? "is-refused" : ""}
                >
                  <td className="figures">{dateText(row.at)}</td>
                  <td>{row.byName}</td>
                  <td>{what(row)}</td>
                  <td>
                    {row.filled > 0
                      ? t("roster.history.filled", { places: row.filled })
                      : row.slot
                        ? slotText(row.slot, words.rules)
                        : ""}
                  </td>
                  <td>
                    {row.filled > 0
                      ? ""
                      : row.kind === null || row.kind === "swap"
                        ? `${row.was ?? t("roster.free")} ${row.kind === "swap" ? "\u21c4" : "\u2192"} ${row.is ?? t("roster.free")}`
                        : (row.is ?? row.was)}
                  </td>
                  <td>{row.refused ? t("roster.history.refused") : row.reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {answer.data?.more && <p className="roster-hint">{t("roster.history.more", { shown: rows.length })}</p>}
        </section>
      )}
    </SubPlace>
  );
}

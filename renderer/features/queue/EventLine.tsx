import { ClockBar, LevelMark, Marked, Sample, StateTag, SyncMark, useMinute } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";
import { denseWhen } from "./dense-when.ts";
import type { ListedEvent } from "./use-event-pages.ts";

const columns = ["level", "clock", "number", "title", "place", "state", "lead", "reported", "sync"] as const;

/** The names of the columns, above the list. */
export function EventLineHead() {
  const t = useText();
  return (
    <div className="event-line" aria-hidden="true">
      {columns.map((column) => (
        <span key={column} className={`at-${column}`}>
          {t(`queue.column.${column}`)}
        </span>
      ))}
    </div>
  );
}

/** `20261121-A003` → `1121-A003`: within the year the year says nothing. */
export const shortNumber = (number: string): string => number.replace(/^\d{4}(?=\d{4}-)/, "");

/** One event as one line of figures and words, always in the same place. */
export function EventLine({ row, search }: { row: ListedEvent; search: string | undefined }) {
  const t = useText();
  const now = useMinute();
  const place = row.place.text || [row.place.community, row.place.grid].filter(Boolean).join(" ");
  return (
    <div className="event-line">
      <span className="at-level">
        <LevelMark level={row.level} />
      </span>
      <span className="at-clock">
        <ClockBar event={row} />
      </span>
      <span className="at-number figures one-line" title={row.number}>
        <Marked text={shortNumber(row.number)} search={search} />
      </span>
      <span className="at-title">
        <span className="one-line" title={row.title}>
          <Marked text={row.title} search={search} />
        </span>
        {row.sample && <Sample />}
      </span>
      <span className="at-place one-line soft" title={row.hit?.text ?? place}>
        {row.hit ? (
          <>
            {t(`queue.hit.${row.hit.field}`)} <Marked text={row.hit.text} search={search} />
          </>
        ) : (
          <Marked text={place} search={search} />
        )}
      </span>
      <span className="at-state">
        <StateTag state={row.state} />
      </span>
      <span className="at-lead one-line soft">{row.lead?.name ?? ""}</span>
      <span className="at-reported figures soft">{denseWhen(row.reportedAt, now)}</span>
      <span className="at-sync">
        <SyncMark sync={row.sync} short />
      </span>
    </div>
  );
}

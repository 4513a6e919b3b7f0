import { ClockBar, LevelMark, Sample, StateTag, SyncMark, useMinute } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";
import type { EventRow } from "#shared/contract.ts";
import { denseWhen } from "./dense-when.ts";

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
export function EventLine({ row }: { row: EventRow }) {
  const now = useMinute();
  return (
    <div className="event-line">
      <span className="at-level">
        <LevelMark level={row.level} />
      </span>
      <span className="at-clock">
        <ClockBar event={row} />
      </span>
      <span className="at-number figures one-line" title={row.number}>
        {shortNumber(row.number)}
      </span>
      <span className="at-title">
        <span className="one-line" title={row.title}>
          {row.title}
        </span>
        {row.sample && <Sample />}
      </span>
      <span className="at-place one-line soft" title={row.place.text}>
        {row.place.text || [row.place.community, row.place.grid].filter(Boolean).join(" ")}
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

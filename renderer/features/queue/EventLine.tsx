import { memo, type ReactNode } from "react";
import {
  ClockBar,
  Confidential,
  LevelMark,
  Marked,
  Sample,
  StateTag,
  SyncMark,
  useMinute,
} from "#renderer/parts/index.ts";
import { shortNumber, titleText } from "#renderer/text/format.ts";
import { say, sayName, useText } from "#renderer/text/text.ts";
import type { EventColumn, EventSort, Tables } from "#shared/contract.ts";
import { boardNames, isGone, sourceNames } from "#shared/domain/duty-event/event.ts";
import { categoriesEver } from "#shared/domain/table/categories-ever.ts";
import { denseWhen } from "./dense-when.ts";
import type { ListedEvent } from "./use-event-blocks.ts";

/** Shown until an officer has chosen; the narrower the list, the fewer of them. */
export const usualColumns: readonly EventColumn[] = [
  "level",
  "clock",
  "number",
  "title",
  "place",
  "state",
  "lead",
  "reported",
  "sync",
];

/** What an officer has chosen takes the width that its words need; the rest gives way to the title. */
const widths: Readonly<Record<EventColumn, string>> = {
  level: "var(--level)",
  clock: "var(--clock)",
  number: "76px",
  title: "minmax(150px, 3fr)",
  place: "minmax(80px, 1fr)",
  state: "var(--state)",
  lead: "minmax(80px, 1fr)",
  reported: "80px",
  sync: "minmax(100px, 0.8fr)",
  category: "minmax(70px, 0.8fr)",
  board: "64px",
  source: "72px",
  community: "minmax(70px, 0.8fr)",
  grid: "minmax(70px, 0.8fr)",
  coHandlers: "minmax(80px, 1fr)",
  reportedBy: "64px",
  due: "80px",
  closed: "80px",
  updated: "80px",
};

/** The order that a column's head gives. */
export const sortOf: Readonly<Partial<Record<EventColumn, EventSort>>> = {
  level: "level",
  clock: "due",
  due: "due",
  reported: "newest",
  state: "state",
  category: "category",
  board: "board",
  source: "source",
  community: "community",
  lead: "lead",
};

export interface Looked {
  /** Empty: the usual ones, as many as fit. */
  readonly chosen: readonly EventColumn[];
  readonly names: Names;
}
/** Words for codes: categories of the table, officers. */
export interface Names {
  readonly category: (code: string) => string;
  readonly officer: (id: string) => string;
}
export const namesOf = (
  tables: Tables | undefined,
  officers: readonly { readonly id: string; readonly name: string }[] | undefined,
): Names => {
  const categories = new Map((tables ? categoriesEver(tables) : []).map((row) => [row.code, sayName(row)]));
  const people = new Map(officers?.map(({ id, name }) => [id, name]));
  return { category: (code) => categories.get(code) ?? code, officer: (id) => people.get(id) ?? "" };
};

const gridOf = (chosen: readonly EventColumn[]) =>
  chosen.length > 0 ? { gridTemplateColumns: chosen.map((column) => widths[column]).join(" ") } : undefined;
const classOf = (chosen: readonly EventColumn[]) => (chosen.length > 0 ? "event-line is-chosen" : "event-line");

/** The names of the columns, above the list; a click orders by it, another one turns the order. */
export function EventLineHead(props: {
  readonly chosen: readonly EventColumn[];
  readonly sort: EventSort;
  readonly turned: boolean;
  readonly onSort: ((sort: EventSort) => void) | undefined;
}) {
  const t = useText();
  const { chosen, sort, turned, onSort } = props;
  return (
    <div className={classOf(chosen)} style={gridOf(chosen)} aria-hidden="true">
      {(chosen.length > 0 ? chosen : usualColumns).map((column) => {
        const by = sortOf[column];
        const words = t(`queue.column.${column}`);
        if (!by || !onSort) return <Head key={column} column={column} words={words} />;
        const mark = by === sort ? (turned === (by === "newest") ? " ▲" : " ▼") : "";
        return (
          <button
            key={column}
            type="button"
            tabIndex={-1}
            className={`as-text column-head at-${column} ${mark ? "is-on" : ""}`}
            onClick={() => onSort(by)}
          >
            {words}
            {mark}
          </button>
        );
      })}
    </div>
  );
}

const Head = ({ column, words }: { column: EventColumn; words: string }) => (
  <span className={`at-${column}`}>{words}</span>
);

/** One event as one line of figures and words, always in the same place. */
export const EventLine = memo(function EventLine(props: {
  readonly row: ListedEvent;
  readonly search: string | undefined;
  readonly look: Looked;
}) {
  const t = useText();
  const now = useMinute();
  const { row, search, look } = props;
  const { chosen, names } = look;
  const when = (at: number | null) => (at === null ? "" : denseWhen(at, now));
  const soft = (words: ReactNode) => <span className="one-line soft">{words}</span>;
  const place = row.place.text || [row.place.community, row.place.grid].filter(Boolean).join(" ");
  const cells: Readonly<Record<EventColumn, () => ReactNode>> = {
    level: () => <LevelMark level={row.level} />,
    clock: () => <ClockBar clock={row.clock} givenUp={isGone(row.state)} />,
    number: () => (
      <span className="figures one-line" title={row.number}>
        <Marked text={shortNumber(row.number)} search={search} />
      </span>
    ),
    title: () => (
      <>
        <span className="one-line" title={titleText(row.title)}>
          <Marked text={titleText(row.title)} search={search} />
        </span>
        {row.confidential && <Confidential />}
        {row.relapse && (
          <span className="tag" title={t("queue.relapse.about")}>
            {t("queue.relapse")}
          </span>
        )}
        {row.sample && <Sample />}
      </>
    ),
    place: () => (
      <span className="one-line soft" title={row.hit?.text ?? place}>
        {row.hit ? (
          <>
            {t(`queue.hit.${row.hit.field}`)} <Marked text={row.hit.text} search={search} />
          </>
        ) : (
          <Marked text={place} search={search} />
        )}
      </span>
    ),
    state: () => <StateTag state={row.state} />,
    lead: () => soft(row.lead?.name ?? ""),
    reported: () => <span className="figures soft">{when(row.reportedAt)}</span>,
    sync: () => <SyncMark sync={row.sync} short />,
    category: () => soft(names.category(row.category)),
    board: () => soft(row.board ? say(boardNames[row.board]) : ""),
    source: () => soft(say(sourceNames[row.source])),
    community: () => soft(row.place.community),
    grid: () => soft(row.place.grid),
    coHandlers: () => soft(row.coHandlers.map(({ name }) => name).join("、")),
    reportedBy: () => soft(names.officer(row.reportedBy)),
    due: () => <span className="figures soft">{when(row.dueAt)}</span>,
    closed: () => <span className="figures soft">{when(row.closedAt)}</span>,
    updated: () => <span className="figures soft">{when(row.updatedAt)}</span>,
  };
  return (
    <div className={classOf(chosen)} style={gridOf(chosen)}>
      {(chosen.length > 0 ? chosen : usualColumns).map((column) => (
        <span key={column} className={`at-${column}`}>
          {cells[column]()}
        </span>
      ))}
    </div>
  );
});

import type { EventColumn, EventRow } from "#shared/contract.ts";
import { clockAt, type StepClock } from "#shared/domain/duty-event/clock.ts";
import { boardNames, isGone, levelNames, sourceNames, stateNames } from "#shared/domain/duty-event/event.ts";
import { categoriesEver } from "#shared/domain/table/categories-ever.ts";
import { onTheWall } from "#shared/lib/time.ts";
import type { Desk } from "../desk.ts";
import { officersById } from "../queries/people.ts";

export const eventHeadings: Readonly<Record<EventColumn, string>> = {
  level: "等级",
  clock: "时限",
  number: "编号",
  title: "标题",
  place: "地点",
  state: "状态",
  lead: "主办",
  reported: "上报",
  sync: "链路",
  category: "类别",
  board: "板块",
  source: "来源",
  community: "村社",
  grid: "网格",
  coHandlers: "协办",
  reportedBy: "登记人",
  due: "到期",
  closed: "办结时间",
  updated: "最近变动",
};
const clockWords = {
  none: "无时限",
  running: "时限内",
  soon: "将到期",
  late: "超时",
  paused: "挂起",
} as const;
const syncWords = {
  local: "仅存本机",
  waiting: "待确认",
  sending: "待确认",
  confirmed: "已确认",
  refused: "被退回",
  missing: "区中心没有",
} as const;
/** CF-3: columns that leave the desk masked for everyone. */
export const maskedColumns: ReadonlySet<EventColumn> = new Set(["title", "place", "community", "grid"]);

/** A clock in words, as the list says it of what has ended. */
export function clockWord(clock: StepClock | null, now: number, givenUp: boolean): string {
  const at = clockAt(clock, now);
  if (at.state !== "stopped") return clockWords[at.state];
  return givenUp ? "不再计时" : at.leftMs < 0 ? "超时办结" : "按时办结";
}

/** What stands in the columns of the list, in Chinese: of times the wall's, of all else words. */
export function eventCells(desk: Desk): Readonly<Record<EventColumn, (event: EventRow) => string | Date>> {
  const { offsetMin } = desk.tables.roster;
  const when = (at: number | null) => (at === null ? "" : onTheWall(at, offsetMin));
  const categories = new Map(categoriesEver(desk.tables).map(({ code, name }) => [code, name]));
  const officers = officersById(desk.db);
  const now = desk.ports.now();
  return {
    level: ({ level }) => levelNames[level].zh,
    clock: ({ clock, state }) => clockWord(clock, now, isGone(state)),
    number: ({ number }) => number,
    title: ({ title }) => title,
    place: ({ place }) => place.text || [place.community, place.grid].filter(Boolean).join(" "),
    state: ({ state }) => stateNames[state].zh,
    lead: ({ lead }) => lead?.name ?? "",
    reported: ({ reportedAt }) => when(reportedAt),
    sync: ({ sync }) => syncWords[sync.state],
    category: ({ category }) => categories.get(category) ?? category,
    board: ({ board }) => (board === null ? "" : boardNames[board].zh),
    source: ({ source }) => sourceNames[source].zh,
    community: ({ place }) => place.community,
    grid: ({ place }) => place.grid,
    coHandlers: ({ coHandlers }) => coHandlers.map(({ name }) => name).join("、"),
    reportedBy: ({ reportedBy }) => officers.get(reportedBy)?.name ?? "",
    due: ({ dueAt }) => when(dueAt),
    closed: ({ closedAt }) => when(closedAt),
    updated: ({ updatedAt }) => when(updatedAt),
  };
}

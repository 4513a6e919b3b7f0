import type { EventColumn, EventRow, ParsedOf } from "#shared/contract.ts";
import { clockAt } from "#shared/domain/duty-event/clock.ts";
import { boardNames, isGone, levelNames, sourceNames, stateNames } from "#shared/domain/duty-event/event.ts";
import { categoriesEver } from "#shared/domain/table/categories-ever.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { dayOf, minuteMs } from "#shared/lib/time.ts";
import type { Answer, Desk } from "../desk.ts";
import { rowsOfSelection } from "../queries/event-list.ts";
import { rowsAt } from "../queries/events.ts";
import { officersById } from "../queries/people.ts";
import { rowsOfIds } from "../store/event-line.ts";
import { type Step, startExport } from "./run.ts";
import { csvTable, workbookTable } from "./writers.ts";

type Asked = ParsedOf<"export.events">;

/** [D] A sheet of Excel holds no more. */
const workbookMost = 1_000_000;
/** Some milliseconds of writing between two turns. */
const rowsAtOnce = 200;

const headings: Readonly<Record<EventColumn, string>> = {
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
  closed: "办结",
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
const maskWord = "（涉密，不导出）";
const masked: ReadonlySet<EventColumn> = new Set(["title", "place", "community", "grid"]);

/** LS-6: the events of a view as the list shows them, all pages. Errors: `export.nothing`, `export.too_many`. */
export async function exportEvents(desk: Desk, asked: Asked): Promise<Answer<"export.events">> {
  const rows = asked.ids ? rowsOfIds(desk.db, asked.ids) : await rowsNow(desk, asked);
  if (rows.length === 0) return fail(deskError("export.nothing"));
  if (asked.format === "xlsx" && rows.length > workbookMost)
    return fail(deskError("export.too_many", { most: workbookMost }));
  const day = dayOf(desk.ports.now(), desk.tables.roster.offsetMin);
  const fileName = `${desk.street.name}事件_${day}.${asked.format}`;
  return ok(startExport(desk, fileName, rows.length, (path, step) => writeEvents(desk, asked, rows, path, step)));
}

/** As the list stands now: what changes while the file is written does not move its lines. */
async function rowsNow(desk: Desk, { selection }: Asked): Promise<number[]> {
  const order = await rowsOfSelection(desk, selection);
  return [...order.rows.subarray(0, order.length)];
}

async function writeEvents(
  desk: Desk,
  { format, columns }: Asked,
  rows: readonly number[],
  path: string,
  step: Step,
): Promise<void> {
  const heads = columns.map((column) => headings[column]);
  const table = format === "xlsx" ? await workbookTable(path, "事件", heads) : await csvTable(path, heads);
  const cellOf = cellMaker(desk);
  for (let from = 0, wanted = true; wanted && from < rows.length; from += rowsAtOnce) {
    const portion = rowsAt(desk, rows.slice(from, from + rowsAtOnce));
    await table.write(
      portion.map((event) =>
        columns.map((column) => (event.confidential && masked.has(column) ? maskWord : cellOf[column](event))),
      ),
    );
    wanted = await step(Math.min(rowsAtOnce, rows.length - from));
  }
  await table.end();
}

function cellMaker(desk: Desk): Record<EventColumn, (event: EventRow) => string> {
  const { offsetMin } = desk.tables.roster;
  const when = (at: number | null) =>
    at === null ? "" : new Date(at + offsetMin * minuteMs).toISOString().slice(0, 16).replace("T", " ");
  const categories = new Map(categoriesEver(desk.tables).map(({ code, name }) => [code, name]));
  const officers = officersById(desk.db);
  const now = desk.ports.now();
  return {
    level: ({ level }) => levelNames[level].zh,
    clock: ({ clock, state }) => {
      const at = clockAt(clock, now);
      if (at.state !== "stopped") return clockWords[at.state];
      // As the list says it of what has ended.
      return isGone(state) ? "不再计时" : at.leftMs < 0 ? "超时办结" : "按时办结";
    },
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

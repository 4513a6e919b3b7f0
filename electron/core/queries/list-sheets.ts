import { type EventColumn, eventFilterNames, type ParsedOf, type TaskRow } from "#shared/contract.ts";
import { isTaskGivenUp } from "#shared/domain/duty-event/clock.ts";
import { levelNames } from "#shared/domain/duty-event/event.ts";
import { taskRoleNames, taskStateNames } from "#shared/domain/duty-event/task.ts";
import type { ListSheet, SheetTable } from "#shared/domain/sheet-table.ts";
import { ok } from "#shared/lib/result.ts";
import { oneLine } from "#shared/lib/text.ts";
import { onTheWall, wallText } from "#shared/lib/time.ts";
import type { Answer, Desk } from "../desk.ts";
import { clockWord, eventCells, eventHeadings, maskedColumns } from "../exports/event-cells.ts";
import { rowsOfIds } from "../store/event-line.ts";
import { rowsOfSelection } from "./event-list.ts";
import { rowsAt } from "./events.ts";
import { listTasks } from "./tasks.ts";

/** [D] Some twenty sheets; whoever needs more takes the export. */
const paperMost = 500;
const maskWord = "（涉密，不打印）";

/** How much room a column needs beside the others. */
const rooms: Readonly<Record<EventColumn, number>> = {
  level: 5,
  clock: 8,
  number: 13,
  title: 26,
  place: 18,
  state: 7,
  lead: 12,
  reported: 11,
  sync: 8,
  category: 10,
  board: 9,
  source: 9,
  community: 10,
  grid: 12,
  coHandlers: 14,
  reportedBy: 8,
  due: 11,
  closed: 11,
  updated: 11,
};

function withShares(columns: readonly (readonly [name: string, room: number])[]): SheetTable["columns"] {
  const whole = columns.reduce((sum, [, room]) => sum + room, 0);
  return columns.map(([name, room]) => ({ name, share: Math.round((room / whole) * 1000) / 10, figures: false }));
}

/** LS-8: the head of a printed list: of which street, which view, how many, when and by whom. */
function sheetOf(
  desk: Desk,
  title: string,
  view: string,
  { total, more, isNarrowed }: { total: number; more: boolean; isNarrowed: boolean },
  table: SheetTable,
): ListSheet {
  const now = wallText(onTheWall(desk.ports.now(), desk.tables.roster.offsetMin));
  const count = `共 ${total}${more ? " 多" : ""} 件${total > table.rows.length ? `\uff0c只印前 ${table.rows.length} 件` : ""}`;
  const narrowed = isNarrowed ? "（按条件筛选）" : "";
  return {
    ...table,
    rows: table.rows.map((cells) => cells.map(oneLine)),
    office: `${desk.street.name}治理中心`,
    title,
    under: [`${oneLine(view)}${narrowed}`, count, now, `打印人 ${desk.session.officer?.name ?? ""}`].join("\u3000"),
    stamps: desk.sample ? ["示例数据"] : [],
  };
}

/** LS-8: the events that the list shows, or those of the ids, with its columns and in its order; CF-3 masked for everyone. */
export async function eventsOnPaper(desk: Desk, asked: ParsedOf<"paper.events">): Promise<Answer<"paper.events">> {
  const { selection, columns, ids } = asked;
  const order = ids
    ? rowsOfIds(desk.db, ids)
    : await rowsOfSelection(desk, selection).then(({ rows, length }) => rows.subarray(0, length));
  const cells = eventCells(desk);
  const rows = rowsAt(desk, [...order.slice(0, paperMost)]).map((event) =>
    columns.map((column) => {
      if (event.confidential && maskedColumns.has(column)) return maskWord;
      const cell = cells[column](event);
      return typeof cell === "string" ? cell : wallText(cell);
    }),
  );
  const isNarrowed =
    !ids && (Boolean(selection.search) || eventFilterNames.some((name) => selection[name] !== undefined));
  const table = { columns: withShares(columns.map((column) => [eventHeadings[column], rooms[column]])), rows };
  return ok(sheetOf(desk, "事件清单", asked.name, { total: order.length, more: false, isNarrowed }, table));
}

/** LS-8: the tasks that the list shows, in its order; CF-3 masked for everyone. */
export function tasksOnPaper(desk: Desk, { name, ...asked }: ParsedOf<"paper.tasks">): Answer<"paper.tasks"> {
  const rows: TaskRow[] = [];
  let total = 0;
  let more = false;
  let cursor: string | undefined;
  do {
    const page = listTasks(desk, { ...asked, limit: 100, ...(cursor === undefined ? {} : { cursor }) });
    if (!page.ok) return page;
    rows.push(...page.value.rows);
    ({ total, more } = page.value);
    cursor = page.value.next ?? undefined;
  } while (cursor !== undefined && rows.length < paperMost);
  const { offsetMin } = desk.tables.roster;
  const when = (at: number | null) => (at === null ? "" : wallText(onTheWall(at, offsetMin)));
  const now = desk.ports.now();
  const columns = withShares([
    ["等级", 5],
    ["时限", 8],
    ["单位", 18],
    ["分工", 6],
    ["进度", 8],
    ["事件", 28],
    ["编号", 13],
    ["下达", 11],
    ["到期", 11],
  ]);
  const lines = rows.map(({ task, event, clock, dueAt }) => [
    levelNames[event.level].zh,
    clockWord(clock, now, isTaskGivenUp(event, task)),
    task.party.name,
    taskRoleNames[task.role].zh,
    taskStateNames[task.state].zh,
    event.confidential ? maskWord : event.title,
    event.number,
    when(task.givenAt),
    when(dueAt),
  ]);
  const isNarrowed = asked.party !== undefined;
  return ok(sheetOf(desk, "任务清单", name, { total, more, isNarrowed }, { columns, rows: lines }));
}

import ExcelJS from "exceljs";
import { type DutyRole, dutyRoles, roleNames } from "#shared/domain/roster/roster.ts";
import { forXml } from "#shared/lib/text.ts";
import { minuteMs } from "#shared/lib/time.ts";

/** One shift as it stands: who holds each place for most of it, and what else is to be said. */
export interface StandingShift {
  readonly on: string;
  readonly shift: string;
  readonly name: string;
  readonly startMin: number;
  readonly lengthMin: number;
  /** By role, in the order of their places; `null`: nobody. */
  readonly places: readonly { readonly role: DutyRole; readonly name: string | null; readonly required: boolean }[];
  /** Who stands in for a part of the shift, who is missing. */
  readonly remarks: readonly string[];
}

export interface StandingMonth {
  readonly title: string;
  readonly days: readonly { readonly on: string; readonly name: string; readonly shifts: readonly StandingShift[] }[];
  /** Who plans and prints, under the sheet. */
  readonly foot: string;
}

const weekdays = ["日", "一", "二", "三", "四", "五", "六"];
export const weekdayOf = (on: string): string => weekdays[new Date(`${on}T00:00:00Z`).getUTCDay()] ?? "";
const dayText = (on: string): string => `${Number(on.slice(5, 7))}月${Number(on.slice(8))}日`;
const clock = (minute: number): string => new Date((minute % 1440) * minuteMs).toISOString().slice(11, 16);
const hoursOf = ({ startMin, lengthMin }: StandingShift): string => `${clock(startMin)}-${clock(startMin + lengthMin)}`;
const line = { style: "thin" as const };
const frame = { top: line, left: line, bottom: line, right: line };
const grey = { type: "pattern" as const, pattern: "solid" as const, fgColor: { argb: "FFEDEDED" } };

interface Column {
  readonly shift: StandingShift;
  readonly role: DutyRole;
  readonly index: number;
}

/** Columns that the month needs: places that are required or held on some day. */
function columnsOf(month: StandingMonth): Column[] {
  const columns = new Map<string, Column>();
  for (const { shifts } of month.days)
    for (const shift of shifts)
      for (const [index, { role, name, required }] of placed(shift))
        if (required || name !== null) columns.set(`${shift.shift}/${role}/${index}`, { shift, role, index });
  return [...columns.values()].sort(
    (a, b) =>
      a.shift.startMin - b.shift.startMin || dutyRoles.indexOf(a.role) - dutyRoles.indexOf(b.role) || a.index - b.index,
  );
}

/** Places of a shift with their number within the role. */
function placed({ places }: StandingShift): [number, StandingShift["places"][number]][] {
  const seen = new Map<DutyRole, number>();
  return places.map((place) => {
    const index = seen.get(place.role) ?? 0;
    seen.set(place.role, index + 1);
    return [index, place];
  });
}

const pageOf = (book: ExcelJS.Workbook, name: string, landscape: boolean): ExcelJS.Worksheet =>
  book.addWorksheet(name, {
    pageSetup: {
      paperSize: 9,
      orientation: landscape ? "landscape" : "portrait",
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 1,
    },
  });

function title(page: ExcelJS.Worksheet, text: string, width: number): void {
  page.mergeCells(1, 1, 1, width);
  const cell = page.getCell(1, 1);
  cell.value = forXml(text);
  cell.font = { bold: true, size: 16 };
  cell.alignment = { horizontal: "center", vertical: "middle" };
  page.getRow(1).height = 30;
}

function boxed(cell: ExcelJS.Cell, value: string, head = false): void {
  cell.value = forXml(value);
  cell.border = frame;
  cell.alignment = { horizontal: "center", vertical: "middle", wrapText: true };
  if (!head) return;
  cell.font = { bold: true };
  cell.fill = grey;
}

function foot(page: ExcelJS.Worksheet, row: number, width: number, texts: readonly string[]): void {
  for (const [index, text] of texts.filter(Boolean).entries()) {
    page.mergeCells(row + index, 1, row + index, width);
    page.getCell(row + index, 1).value = forXml(text);
    page.getCell(row + index, 1).alignment = { wrapText: true, vertical: "top" };
  }
}

const legendOf = (month: StandingMonth): string => {
  const shifts = new Map(month.days.flatMap(({ shifts }) => shifts).map((shift) => [shift.shift, shift]));
  return `班次说明：${[...shifts.values()].map((shift) => `${shift.name} ${hoursOf(shift)}`).join("；")}`;
};

/** RO-40: the month with a row for each day: title, a row of shifts over a row of roles, weekdays, remarks, legend. */
export async function writeDays(month: StandingMonth): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const columns = columnsOf(month);
  const width = columns.length + 3;
  const page = pageOf(book, "值班表", columns.length > 8);
  title(page, month.title, width);
  for (const [col, text] of [
    [1, "日期"],
    [2, "星期"],
    [width, "备注"],
  ] as const) {
    boxed(page.getCell(2, col), text, true);
    boxed(page.getCell(3, col), text, true);
    page.mergeCells(2, col, 3, col);
  }
  for (const [at, { shift, role, index }] of columns.entries()) {
    const alone = columns.filter((one) => one.shift.shift === shift.shift && one.role === role).length === 1;
    boxed(page.getCell(2, at + 3), `${shift.name}（${hoursOf(shift)}）`, true);
    boxed(page.getCell(3, at + 3), `${roleNames[role].zh}${alone ? "" : index + 1}`, true);
  }
  for (let from = 0; from < columns.length; ) {
    let to = from;
    while (columns[to + 1]?.shift.shift === columns[from]?.shift.shift) to++;
    if (to > from) page.mergeCells(2, from + 3, 2, to + 3);
    from = to + 1;
  }
  for (const [row, { on, name, shifts }] of month.days.entries()) {
    boxed(page.getCell(row + 4, 1), dayText(on));
    boxed(page.getCell(row + 4, 2), weekdayOf(on));
    for (const [at, column] of columns.entries()) {
      const shift = shifts.find((one) => one.shift === column.shift.shift);
      const place = shift && placed(shift).find(([index, one]) => one.role === column.role && index === column.index);
      boxed(page.getCell(row + 4, at + 3), place?.[1].name ?? "");
    }
    boxed(page.getCell(row + 4, width), [name, ...shifts.flatMap(({ remarks }) => remarks)].filter(Boolean).join("；"));
  }
  page.getColumn(1).width = 10;
  page.getColumn(2).width = 6;
  for (let at = 0; at < columns.length; at++) page.getColumn(at + 3).width = 10;
  page.getColumn(width).width = 26;
  foot(page, month.days.length + 4, width, [legendOf(month), month.foot]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

const signs: Readonly<Record<DutyRole, string>> = {
  leader_on_duty: "带",
  shift_leader: "长",
  main_operator: "主",
  deputy_operator: "副",
  standby: "备",
};

/** RO-40: persons × days: a row of days over a row of weekdays, a code in each cell (白主), their legend below. */
export async function writePeople(month: StandingMonth): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const width = month.days.length + 1;
  const page = pageOf(book, "人员班次", true);
  title(page, month.title, width);
  boxed(page.getCell(2, 1), "姓名", true);
  boxed(page.getCell(3, 1), "姓名", true);
  page.mergeCells(2, 1, 3, 1);
  const codes = new Map<string, Map<string, string[]>>();
  const meanings = new Map<string, string>();
  for (const { on, shifts } of month.days)
    for (const shift of shifts)
      for (const { role, name } of shift.places) {
        if (name === null) continue;
        const code = `${shift.name.replace(/班$/, "")}${signs[role]}`;
        meanings.set(code, `${code}=${shift.name}${roleNames[role].zh}`);
        const own = codes.get(name) ?? new Map<string, string[]>();
        codes.set(name, own.set(on, [...(own.get(on) ?? []), code]));
      }
  for (const [at, { on }] of month.days.entries()) {
    boxed(page.getCell(2, at + 2), String(Number(on.slice(8))), true);
    boxed(page.getCell(3, at + 2), weekdayOf(on), true);
    page.getColumn(at + 2).width = 5;
  }
  for (const [row, [name, own]] of [...codes].entries()) {
    boxed(page.getCell(row + 4, 1), name);
    for (const [at, { on }] of month.days.entries())
      boxed(page.getCell(row + 4, at + 2), (own.get(on) ?? []).join("、"));
  }
  page.getColumn(1).width = 10;
  foot(page, codes.size + 4, width, [`图例：${[...meanings.values()].join("，")}`, legendOf(month), month.foot]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

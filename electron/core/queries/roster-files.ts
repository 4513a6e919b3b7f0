import ExcelJS from "exceljs";
import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import type { ParsedOf } from "#shared/contract.ts";
import type { Piece } from "#shared/domain/roster/layers.ts";
import { requiredOf } from "#shared/domain/roster/patterns.ts";
import { roleNames, rulesOn, shiftsOn, slotKey } from "#shared/domain/roster/roster.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { forXml } from "#shared/lib/text.ts";
import { dayMs, dayOf, daysOfMonth, minuteMs, onTheWall } from "#shared/lib/time.ts";
import { layerNames } from "#shared/op/kinds/layer.ts";
import type { Answer, Desk } from "../desk.ts";
import { type StandingMonth, type StandingShift, writeDays, writePeople } from "../sheets/write-roster.ts";
import { rosterBetween } from "../store/layers.ts";
import { reportGaps } from "./gaps.ts";
import { officersById } from "./people.ts";
import { monthSpan, standsOf } from "./roster.ts";

const monthWords = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`;
const clockOf = (at: number, offsetMin: number): string => onTheWall(at, offsetMin).toISOString().slice(11, 16);

/** RO-40: the month as an Excel file: as it stands now, after all layers. */
export async function monthSheet(
  desk: Desk,
  { month, layout }: ParsedOf<"roster.excel">,
): Promise<Answer<"roster.excel">> {
  const standing = standingMonth(desk, month);
  const bytes = await (layout === "people" ? writePeople(standing) : writeDays(standing));
  return ok({ fileName: `${standing.title}.xlsx`, base64: bytes.toString("base64") });
}

function standingMonth(desk: Desk, month: string): StandingMonth {
  const rules = desk.tables.roster;
  const { fromAt, toAt } = monthSpan(month, rules.offsetMin);
  const roster = rosterBetween(desk.db, rules, fromAt, toAt + dayMs);
  const officers = officersById(desk.db);
  const nameOf = (id: string) => officers.get(id)?.name ?? id;
  const days = daysOfMonth(month).map((on) => {
    const named = desk.tables.holidays.days[on];
    return {
      on,
      name: named ? named.name : "",
      shifts: shiftsOn(rules, on).map((span): StandingShift => {
        const shift = rulesOn(rules, on).shifts.find(({ code }) => code === span.shift);
        const stands = [...standsOf(roster, span)];
        const remarks = stands.flatMap(({ slot, pieces }) => {
          if (pieces.every(({ through }) => through === "plan")) return [];
          const words = (piece: Piece) =>
            [
              pieces.length > 1 &&
                `${clockOf(piece.fromAt, rules.offsetMin)}-${clockOf(piece.toAt, rules.offsetMin)} ${piece.officerId === null ? "无人" : nameOf(piece.officerId)}`,
              piece.through !== "plan" && layerNames[piece.through].zh,
            ]
              .filter(Boolean)
              .join(" ");
          const before = roster.plan(slot);
          const planned = before === undefined ? "" : `（原排${nameOf(before)}）`;
          return [`${span.name.zh}${roleNames[slot.role].zh} ${pieces.map(words).join("、")}${planned}`];
        });
        const places = stands.map(({ slot, pieces }) => {
          const held = [...pieces].sort((a, b) => b.toAt - b.fromAt - (a.toAt - a.fromAt))[0];
          const required = slot.index < requiredOf(rulesOn(rules, on), span.shift, slot.role);
          const officerId = held?.officerId ?? null;
          return { role: slot.role, name: officerId === null ? null : nameOf(officerId), required };
        });
        return {
          on,
          shift: span.shift,
          name: span.name.zh,
          startMin: shift?.startMin ?? 0,
          lengthMin: shift?.lengthMin ?? 0,
          places,
          remarks,
        };
      }),
    };
  });
  const now = desk.ports.now();
  const made = `${dayOf(now, rules.offsetMin)} ${clockOf(now, rules.offsetMin)}`;
  return {
    title: `${desk.street.name}治理中心${monthWords(month)}值班表`,
    days,
    foot: `制表：${desk.deskName} ${desk.session.officer?.name ?? ""} ${made}`,
  };
}

/**
 * RO-40: the month as an iCalendar file (RFC 5545), in instants: right across midnight and in every zone. The UID of a
 * place stays the same when somebody else stands in it, so a calendar that reads the file again changes the entry.
 */
export function monthCalendar(
  desk: Desk,
  { month, officerId }: ParsedOf<"roster.calendar">,
): Answer<"roster.calendar"> {
  const rules = desk.tables.roster;
  const officers = officersById(desk.db);
  const nameOf = (id: string) => officers.get(id)?.name ?? id;
  if (officerId !== undefined && !officers.has(officerId))
    return fail(deskError("roster.unknown_officer", undefined, "officerId"));
  const { fromAt, toAt } = monthSpan(month, rules.offsetMin);
  const roster = rosterBetween(desk.db, rules, fromAt, toAt + dayMs);
  const whose = officerId === undefined ? "" : nameOf(officerId);
  const calendar = ical({
    name: `${monthWords(month)}值班${whose === "" ? "" : ` ${whose}`}`,
    prodId: { company: "zhishou", product: "roster", language: "ZH" },
    method: ICalCalendarMethod.PUBLISH,
  });
  const stamp = new Date(desk.ports.now());
  for (const on of daysOfMonth(month))
    for (const span of shiftsOn(rules, on))
      for (const { slot, pieces } of standsOf(roster, span))
        for (const piece of pieces) {
          if (piece.officerId === null || (officerId !== undefined && piece.officerId !== officerId)) continue;
          const part = piece.fromAt === span.startAt ? "" : `/${(piece.fromAt - span.startAt) / minuteMs}`;
          const before = roster.plan(slot);
          const why =
            piece.through === "plan"
              ? ""
              : `${layerNames[piece.through].zh}${before && before !== piece.officerId ? `，原排 ${nameOf(before)}` : ""}`;
          calendar.createEvent({
            id: `${slotKey(slot)}${part}@${desk.street.code}.zhishou`.replaceAll("/", "."),
            stamp,
            start: new Date(piece.fromAt),
            end: new Date(piece.toAt),
            summary: `${span.name.zh} ${roleNames[slot.role].zh}${officerId === undefined ? ` ${nameOf(piece.officerId)}` : ""}`,
            location: `${desk.street.name}治理中心`,
            status: ICalEventStatus.CONFIRMED,
            ...(why === "" ? {} : { description: why }),
          });
        }
  const base64 = Buffer.from(calendar.toString(), "utf8").toString("base64");
  return ok({ fileName: `${monthWords(month)}值班${whose}.ics`, base64 });
}

/** The report of gaps as an Excel file. */
export async function gapsFile(desk: Desk, input: ParsedOf<"roster.gapsFile">): Promise<Answer<"roster.gapsFile">> {
  const report = reportGaps(desk, input);
  if (!report.ok) return report;
  const { offsetMin } = desk.tables.roster;
  const text = (at: number) => `${dayOf(at, offsetMin)} ${clockOf(at, offsetMin)}`;
  const book = new ExcelJS.Workbook();
  const page = book.addWorksheet("断档报告");
  page.columns = [12, 10, 10, 18, 18, 8, 8, 18, 24].map((width) => ({ width }));
  page.addRow([`${desk.street.name}治理中心断档报告 ${text(report.value.fromAt)} 至 ${text(report.value.toAt)}`]);
  page.mergeCells("A1:I1");
  page.addRow(["值班日", "班次", "岗位", "从", "到", "分钟", "缺人", "何时得知", "原因"]).font = { bold: true };
  for (const gap of report.value.gaps) {
    const shift = rulesOn(desk.tables.roster, gap.on).shifts.find(({ code }) => code === gap.shift);
    page.addRow([
      gap.on,
      forXml(shift?.name.zh ?? "无班次"),
      roleNames[gap.role].zh,
      text(gap.fromAt),
      text(gap.toAt),
      (gap.toAt - gap.fromAt) / minuteMs,
      gap.missing,
      gap.knownAt === null ? "尚未排班" : text(gap.knownAt),
      forXml(
        [gap.leave === null ? "" : `请假：${gap.leave}`, gap.accepted === null ? "" : `已接受：${gap.accepted}`]
          .filter(Boolean)
          .join("；"),
      ),
    ]);
  }
  const bytes = Buffer.from(await book.xlsx.writeBuffer());
  return ok({ fileName: `断档报告${dayOf(desk.ports.now(), offsetMin)}.xlsx`, base64: bytes.toString("base64") });
}

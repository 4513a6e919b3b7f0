import { dateText, durationText, dutyDayText, timeText } from "#renderer/text/format.ts";
import { type Say, say } from "#renderer/text/text.ts";
import type { GapView, LayerView, PieceView, RestView } from "#shared/contract.ts";
import { usualLimits } from "#shared/domain/roster/generate/request.ts";
import { type DutyRole, type RosterRules, roleNames, rulesOn } from "#shared/domain/roster/roster.ts";
import type { Cell } from "./month-grid.ts";

export interface Words {
  readonly t: Say;
  readonly rules: RosterRules;
  readonly nameOf: (officerId: string) => string;
}

/** A place in words: `1月3日 周日 夜班 主班`. */
export function slotText(slot: string, rules: RosterRules): string {
  const [on = "", code, role = "main_operator"] = slot.split("/");
  const shift = rules.shifts.find((one) => one.code === code);
  return `${dutyDayText(on)} ${shift ? say(shift.name) : (code ?? "")} ${say(roleNames[role as DutyRole])}`;
}

const stretchText = (fromAt: number, toAt: number): string => {
  const [from, to] = [dateText(fromAt), dateText(toAt)];
  return from.slice(0, -5) === to.slice(0, -5) ? `${from}–${timeText(toAt)}` : `${from} – ${to}`;
};

/** What is asked for, in a line. */
export function askedText({ entry, replaces }: LayerView, { t, rules, nameOf }: Words): string {
  if (entry.kind === "leave")
    return t("roster.layer.leave.line", { name: nameOf(entry.officerId), when: stretchText(entry.fromAt, entry.toAt) });
  if (entry.kind === "swap")
    return t("roster.layer.swap.line", {
      one: slotText(entry.slot, rules),
      name: nameOf(entry.officerId),
      other: slotText(entry.otherSlot, rules),
      otherName: nameOf(entry.otherId),
    });
  return t(replaces ? "roster.layer.cover.for.line" : "roster.layer.cover.line", {
    name: nameOf(entry.officerId),
    held: nameOf(replaces ?? ""),
    place: slotText(entry.slot, rules),
    from: timeText(entry.fromAt),
    to: timeText(entry.toAt),
  });
}

/** How far it has come: who asked, who agreed, who approved, and what it waits for. */
export function courseText({ entry, waitsFor, stale }: LayerView, { t, nameOf }: Words): string[] {
  const hand = (key: string, one: { by: string; at: number } | null) =>
    one ? [t(`roster.layer.by.${key}`, { name: nameOf(one.by), at: dateText(one.at) })] : [];
  const isOpen = entry.state === "asked" || entry.state === "agreed";
  return [
    ...hand("asked", entry.asked),
    ...(entry.agreed && (entry.agreed.by !== entry.asked.by || entry.agreed.at !== entry.asked.at)
      ? hand("agreed", entry.agreed)
      : []),
    ...hand("approved", entry.approved),
    ...(entry.refused
      ? [
          t("roster.layer.by.refused", {
            name: nameOf(entry.refused.by),
            at: dateText(entry.refused.at),
            why: entry.refusal,
          }),
        ]
      : []),
    ...hand(entry.state === "withdrawn" ? "withdrawn" : "ended", entry.ended),
    ...(waitsFor
      ? [t("roster.layer.waits", { name: nameOf(waitsFor) })]
      : isOpen
        ? [t("roster.layer.waits_approval")]
        : []),
    ...(stale ? [t(isOpen ? "roster.layer.stale.open" : "roster.layer.stale")] : []),
  ];
}

/** RO-42: whose rest would be how short. */
export function restText({ officerId, offAt, onAt }: RestView, { t, nameOf }: Words): string {
  const gaps = { name: nameOf(officerId), off: dateText(offAt), on: dateText(onAt) };
  if (onAt === offAt) return t("roster.rest.none", gaps);
  return t("roster.rest.short", { ...gaps, rest: durationText(onAt - offAt), least: usualLimits.restMin / 60 });
}

const gapsMost = 6;

/** RO-45: what a leave would leave empty. */
export function emptiedText(gaps: readonly GapView[], { t, rules }: Words): string {
  const placeOf = ({ on, shift, role, fromAt, toAt }: GapView) =>
    `${slotText(`${on}/${shift}/${role}`, rulesOn(rules, on))} ${timeText(fromAt)}–${timeText(toAt)}`;
  const places = gaps.slice(0, gapsMost).map(placeOf).join(t("roster.list_mark"));
  return t(gaps.length > gapsMost ? "roster.leave.empties.more" : "roster.leave.empties", {
    places,
    count: gaps.length,
  });
}

/** One stretch of a place in words, for a title. */
export function pieceText(piece: PieceView, { t, nameOf }: Words): string {
  const who = piece.officerId === null ? t("roster.gap.short") : nameOf(piece.officerId);
  const why = piece.through === "plan" ? "" : t(`roster.layer.${piece.through}`);
  return `${timeText(piece.fromAt)}–${timeText(piece.toAt)} ${who}${why === "" ? "" : ` ${why}`}`;
}

/** RO-44: what is said of a place beside the name that stands there: `夜班主班 替班（原排岳小川）`. */
export function remarkOf(cell: Pick<Cell, "on" | "shift" | "role" | "name" | "pieces">, words: Words): string[] {
  const { pieces, name } = cell;
  const [first] = pieces;
  if (!first) return [];
  const { t, rules } = words;
  const shift = rulesOn(rules, cell.on).shifts.find(({ code }) => code === cell.shift);
  const how =
    pieces.length > 1
      ? pieces.map((piece) => pieceText(piece, words)).join(t("roster.list_mark"))
      : t(`roster.layer.${first.through}`);
  const place = t("roster.remark.place", {
    shift: shift ? say(shift.name) : cell.shift,
    role: say(roleNames[cell.role]),
  });
  return [t(name === "" ? "roster.remark" : "roster.remark.planned", { place, how, name })];
}

/** Who stands in a place for most of its time, and through what. */
export function mainPiece(pieces: readonly PieceView[]): PieceView | undefined {
  return [...pieces].sort(
    (a, b) => Number(a.officerId === null) - Number(b.officerId === null) || b.toAt - b.fromAt - (a.toAt - a.fromAt),
  )[0];
}

/** `2026-11-25 08:30` as an instant of the desk's zone, or `undefined`. */
export function instantOfWords(text: string, offsetMin: number): number | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})\s+(\d{1,2})[:\uff1a](\d{2})$/.exec(text.trim());
  if (!match) return undefined;
  const [, year, month, day, hour, minute] = match.map(Number) as [number, number, number, number, number, number];
  if (month > 12 || day > 31 || hour > 24 || minute > 59) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute - offsetMin);
}

export const wordsOfInstant = (at: number, offsetMin: number): string =>
  new Date(at + offsetMin * 60_000).toISOString().slice(0, 16).replace("T", " ");

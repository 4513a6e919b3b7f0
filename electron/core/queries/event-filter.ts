import type { EventSelection, EventView } from "#shared/contract.ts";
import { type EventState, eventStates, isOpen as isOpenState, levels } from "#shared/domain/duty-event/event.ts";
import { shiftsBetween } from "#shared/domain/roster/roster.ts";
import { addDays, dayOf, instantOf } from "#shared/lib/time.ts";
import type { Desk } from "../desk.ts";
import { knownRows } from "../session/seal.ts";
import { partiesText } from "../store/event-index.ts";
import { among, isEnded, isOpen, type Part, part } from "../store/where.ts";
import { soonMs } from "./events.ts";
import { readLook } from "./look.ts";

const flag = (column: string, wanted: boolean | undefined): Part[] =>
  wanted === undefined ? [] : [part(`${column} = ?`, wanted ? 1 : 0)];

/** It is for others to act: handed out and not yet answered. */
const waitingFor: readonly EventState[] = ["assigned", "handling", "whistled"];
export const isWaitingFor = ({ state }: { readonly state: EventState }): boolean => waitingFor.includes(state);
const stagesOf = (states: readonly EventState[]): number[] => states.map((state) => eventStates.indexOf(state));

/** The open ones are few, and of the ended ones an index has the states: which of the two it is, is said beside them. */
function statesParts(states: readonly EventState[]): Part[] {
  const halves = new Set(states.map(isOpenState));
  return [...(halves.size === 1 ? [halves.has(true) ? isOpen : isEnded] : []), ...among("stage", stagesOf(states))];
}

/** A stretch of time up to now: few rows, found by when they were reported. */
export const isRange = ({ text }: Part): boolean => text === "reported_at >= ?";
const none = part("0");

/** Views whose members come and go without a change of an event: by the clock, by what the district says. */
const moving: readonly EventView[] = ["late", "due_soon", "unconfirmed"];
export const movesByItself = ({ view }: Pick<EventSelection, "view">): boolean => moving.includes(view);

/** Events with an op in this state, by the index that holds no others: however many are confirmed. */
const unsettled = (state: "waiting" | "refused"): string =>
  `SELECT entity_id FROM op INDEXED BY op_${state} WHERE state = '${state}' AND entity = 'event'`;

function viewParts(desk: Desk, view: EventView): Part[] {
  const now = desk.ports.now();
  const { offsetMin } = desk.tables.roster;
  switch (view) {
    case "open":
      return [isOpen];
    case "mine":
      return [
        isOpen,
        part("+id IN (SELECT event_id FROM event_hand WHERE officer_id = ?)", desk.session.officer?.id ?? ""),
      ];
    case "board": {
      const { board } = readLook(desk);
      return [isOpen, board === null ? none : part("board = ?", board)];
    }
    case "late":
      return [isOpen, part("due_at < ?", now)];
    case "due_soon":
      return [isOpen, part("due_at >= ? AND due_at < ?", now, now + soonMs)];
    case "to_acknowledge":
      return [isOpen, ...among("stage", stagesOf(["assigned"]))];
    case "waiting":
      return [isOpen, ...among("stage", stagesOf(waitingFor))];
    case "unconfirmed":
      return [part(`id IN (${unsettled("waiting")} UNION ALL ${unsettled("refused")})`)];
    case "shift": {
      const current = shiftsBetween(desk.tables.roster, now, now + 1).at(-1);
      return [current ? part("reported_at >= ?", current.startAt) : none];
    }
    case "today":
      return [part("reported_at >= ?", instantOf(dayOf(now, offsetMin), 0, offsetMin))];
    case "closed":
      return [isEnded];
    case "all":
      return [];
  }
}

/** A day and the letter of a desk, or 区 of the district: `1114-A001` as a list shows it, or as far as it was typed. */
const shortNumber = /^((?:0\d|1[0-2])[0-3]\d)-(?:(?:[a-z]+|区)\d*)?$/iu;

/** A number as a list shows it, without its year, or its beginning, is the whole number of its newest day. */
export function wholeNumber({ ports, tables }: Pick<Desk, "ports" | "tables">, typed: string): string {
  const number = typed.trim().normalize("NFKC");
  const day = shortNumber.exec(number)?.[1];
  if (day === undefined) return typed;
  const today = dayOf(ports.now(), tables.roster.offsetMin);
  const year = Number(today.slice(0, 4)) - (day > today.slice(5).replace("-", "") ? 1 : 0);
  return `${year}${number}`;
}
export const withWholeNumber = <S extends EventSelection>(desk: Desk, asked: S): S =>
  asked.search === undefined ? asked : { ...asked, search: wholeNumber(desk, asked.search) };

/**
 * The beginning of a whole number, in what is asked of the index of words: its day. Nearly every number has a word that begins like
 * the rest, so that is compared with the numbers of the day.
 */
const numberStart = /^(\d{8})-(?:[a-z]+\d{0,2}|区\d{0,2})?$/iu;
export const soughtWords = (search: string): string => numberStart.exec(search)?.[1] ?? search;
export const startsOf = (search: string): Part[] =>
  numberStart.test(search) ? [part("substr(number, 1, ?) = ?", search.length, search.toUpperCase())] : [];

const numbered = (search: string): Part => part("instr(upper(number), upper(?)) > 0", search.trim());
const eitherOf = (one: Part, other: Part): Part =>
  part(`(${one.text} OR ${other.text})`, ...one.values, ...other.values);

/** The WHERE of a selection but for its words. */
export function partsOf(desk: Desk, asked: EventSelection): Part[] {
  const { offsetMin } = desk.tables.roster;
  const today = dayOf(desk.ports.now(), offsetMin);
  const known = knownRows(desk);
  return [
    ...viewParts(desk, asked.view),
    ...statesParts(asked.states ?? []),
    ...among(
      "level",
      asked.levels?.map((level) => levels.indexOf(level)),
    ),
    ...among("category", asked.categories),
    ...among("board", asked.boards),
    ...among("source", asked.sources),
    ...among("community", asked.communities),
    ...among("grid", asked.grids),
    ...(asked.party ? [part("instr(parties, ?) > 0", partiesText([asked.party]))] : []),
    ...(asked.days ? [part("reported_at >= ?", instantOf(addDays(today, 1 - asked.days), 0, offsetMin))] : []),
    ...(asked.fromAt === undefined ? [] : [part("reported_at >= ?", asked.fromAt)]),
    ...(asked.untilAt === undefined ? [] : [part("reported_at < ?", asked.untilAt)]),
    ...flag("confidential", asked.confidential),
    // CF-1: nobody learns by searching what an event says that is sealed to them; its number is no word of it.
    ...(asked.search === undefined ? [] : [eitherOf(known, numbered(asked.search)), ...startsOf(asked.search)]),
    ...flag("sample", asked.sample),
    ...flag("whistled", asked.whistled),
    // CF-1: its line does not tell it of an event that is sealed, so neither does what is left by the filter.
    ...(asked.relapse === undefined
      ? []
      : [part(`(relapse = 1 AND ${known.text}) = ?`, ...known.values, asked.relapse ? 1 : 0)]),
  ];
}

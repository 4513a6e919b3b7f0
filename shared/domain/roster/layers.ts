import { groupBy } from "#shared/lib/group-by.ts";
import type { LayerEntry, LayerKind, Leave, Relief, StandIn, Swap } from "./layer-entry.ts";
import { countsUntil, layerOrder } from "./layer-entry.ts";
import { type PatternRules, requiredOf } from "./patterns.ts";
import {
  type CoverageGap,
  coverageGaps,
  type DutyRole,
  dutyRoles,
  onDutyAt,
  type RosterRules,
  requiredPlaces,
  rulesOn,
  type ShiftSpan,
  type Slot,
  type SlotReader,
  shiftsBetween,
  slotKey,
} from "./roster.ts";

type Rules = RosterRules | PatternRules;

/** A stretch of a slot in the hands of one person, or of nobody. The pieces of a slot cover its shift without a hole. */
export interface Piece {
  readonly fromAt: number;
  readonly toAt: number;
  readonly officerId: string | null;
  /** The layer that decided it, and the entry. */
  readonly through: "plan" | LayerKind;
  readonly entryId: string | null;
}

/** One layer's answer for a slot: the calculator that every layer is. */
export type Stand = (slot: Slot, span: ShiftSpan) => readonly Piece[];

/** Plan: one piece, the whole shift. */
export const planLayer =
  (read: SlotReader): Stand =>
  (slot, { startAt, endAt }) => [
    { fromAt: startAt, toAt: endAt, officerId: read(slot) ?? null, through: "plan", entryId: null },
  ];

interface Holder {
  readonly officerId: string | undefined;
  readonly entryId: string | null;
}

/** RO-14: swaps exchange two whole slots in the order of their approval; one whose slots changed hands meanwhile does nothing. */
export function readSwaps(
  read: SlotReader,
  swaps: readonly Swap[],
): { held: ReadonlyMap<string, Holder>; stale: Swap[] } {
  const held = new Map<string, Holder>();
  const stale: Swap[] = [];
  const holderOf = (key: string) => (held.has(key) ? held.get(key)?.officerId : read(slotOf(key)));
  for (const swap of swaps) {
    if (holderOf(swap.slot) === swap.officerId && holderOf(swap.otherSlot) === swap.otherId) {
      held.set(swap.slot, { officerId: swap.otherId, entryId: swap.id });
      held.set(swap.otherSlot, { officerId: swap.officerId, entryId: swap.id });
    } else stale.push(swap);
  }
  return { held, stale };
}

const swapLayer =
  (below: Stand, held: ReadonlyMap<string, Holder>): Stand =>
  (slot, span) => {
    const holder = held.size > 0 ? held.get(slotKey(slot)) : undefined;
    if (!holder) return below(slot, span);
    const { startAt: fromAt, endAt: toAt } = span;
    return [{ fromAt, toAt, officerId: holder.officerId ?? null, through: "swap", entryId: holder.entryId }];
  };

/** RO-15: who is on leave leaves every slot that the layers below gave them, for the time of the leave. */
const leaveLayer = (below: Stand, leaves: readonly Leave[]): Stand => {
  const byOfficer = groupBy(leaves, ({ officerId }) => officerId);
  return (slot, span) =>
    below(slot, span).flatMap((held) =>
      (byOfficer.get(held.officerId ?? "") ?? []).reduce<readonly Piece[]>(
        (pieces, entry) =>
          pieces.flatMap((piece) =>
            piece.through === "leave"
              ? [piece]
              : cut(piece, entry.fromAt, Math.min(entry.toAt, countsUntil(entry)), {
                  officerId: null,
                  through: "leave",
                  entryId: entry.id,
                }),
          ),
        [held],
      ),
    );
};

/** RO-16: a stand-in or relief stands in its slot for its time, whoever stood there below, even where nobody did. */
const coverLayer = (below: Stand, covers: readonly (StandIn | Relief)[]): Stand => {
  const bySlot = groupBy(covers, ({ slot }) => slot);
  return (slot, span) => {
    const here = bySlot.size > 0 ? bySlot.get(slotKey(slot)) : undefined;
    if (!here) return below(slot, span);
    const pieces = here.reduce<readonly Piece[]>(
      (pieces, entry) => {
        const until = Math.min(entry.toAt, countsUntil(entry));
        const hands = { officerId: entry.officerId, through: entry.kind, entryId: entry.id };
        return pieces.flatMap((piece) => cut(piece, entry.fromAt, until, hands));
      },
      below(slot, span),
    );
    return joined(pieces);
  };
};

/** What one entry put over several pieces is one stretch. */
function joined(pieces: readonly Piece[]): Piece[] {
  const whole: Piece[] = [];
  for (const piece of pieces) {
    const last = whole.at(-1);
    if (last && last.entryId !== null && last.entryId === piece.entryId)
      whole[whole.length - 1] = { ...last, toAt: piece.toAt };
    else whole.push(piece);
  }
  return whole;
}

/** The parts of a piece, with `[fromAt, toAt)` put in other hands. */
function cut(
  piece: Piece,
  fromAt: number,
  toAt: number,
  hands: Pick<Piece, "officerId" | "through" | "entryId">,
): Piece[] {
  const from = Math.max(piece.fromAt, fromAt);
  const to = Math.min(piece.toAt, toAt);
  if (from >= to) return [piece];
  return [
    ...(piece.fromAt < from ? [{ ...piece, toAt: from }] : []),
    { fromAt: from, toAt: to, ...hands },
    ...(to < piece.toAt ? [{ ...piece, fromAt: to }] : []),
  ];
}

export interface LayeredRoster {
  readonly rules: Rules;
  readonly plan: SlotReader;
  readonly stand: Stand;
  /** Who holds a place by plan and swaps: whom a leave takes out of it, and a stand-in or relief replaces. */
  readonly held: Stand;
  /** Approved swaps that do nothing, because a slot was held by somebody else when its turn came. */
  readonly stale: readonly Swap[];
}

/** Plan → swap → leave → stand-in → emergency relief, each layer over the ones before it. */
export function layRoster(rules: Rules, read: SlotReader, entries: readonly LayerEntry[]): LayeredRoster {
  const counting = entries.filter((entry) => countsUntil(entry) > 0).sort(layerOrder);
  const of = <K extends LayerKind>(kind: K) =>
    counting.filter((entry): entry is Extract<LayerEntry, { kind: K }> => entry.kind === kind);
  const { held, stale } = readSwaps(read, of("swap"));
  const swapped = swapLayer(planLayer(read), held);
  const stand = coverLayer(coverLayer(leaveLayer(swapped, of("leave")), of("stand_in")), of("relief"));
  return { rules, plan: read, stand, held: swapped, stale };
}

/** Places of a role in one shift: what the shift or the pattern asks for, one at least, two for standby. */
export function placesIn(rules: Rules, { on, shift }: Pick<Slot, "on" | "shift">, role: DutyRole): number {
  const here = rulesOn(rules, on);
  return Math.max(requiredOf(here, shift, role), requiredPlaces(here, role));
}

/** Who was planned, whatever was laid over it. */
export const planned = ({ plan }: LayeredRoster, slot: Slot): string | undefined => plan(slot);

export interface LayeredDuty {
  readonly role: DutyRole;
  readonly index: number;
  readonly officerId: string;
  readonly through: Piece["through"];
  readonly entryId: string | null;
}

/** RO-17: who is on duty at an instant, after all layers; the shift is RO-3's. */
export function whoAt(roster: LayeredRoster, at: number): { span: ShiftSpan; people: LayeredDuty[] } | undefined {
  const span = onDutyAt(roster.rules, () => undefined, at)?.span;
  return span && { span, people: peopleAt(roster, span, at) };
}

/** People of one shift at an instant, by role in the order of `dutyRoles`. */
export function peopleAt({ rules, stand }: LayeredRoster, span: ShiftSpan, at: number): LayeredDuty[] {
  return dutyRoles.flatMap((role) =>
    Array.from({ length: placesIn(rules, span, role) }, (_, index) => {
      const piece = stand(slotIn(span, role, index), span).find(({ fromAt, toAt }) => fromAt <= at && at < toAt);
      return piece?.officerId
        ? [{ role, index, officerId: piece.officerId, through: piece.through, entryId: piece.entryId }]
        : [];
    }).flat(),
  );
}

export interface LayeredGap extends CoverageGap {
  /** Leaves that opened it; empty: the plan has nobody there. */
  readonly leaves: readonly string[];
}

/** RO-18: every stretch of `[fromAt, toAt)` in which a shift lacks a required role after all layers, to the minute. */
export function layeredGaps(roster: LayeredRoster, fromAt: number, toAt: number): LayeredGap[] {
  const rules = roster.rules;
  // With every slot filled only the minutes that no shift covers are left (RO-5).
  const gaps: LayeredGap[] = coverageGaps(rules, () => "filled", fromAt, toAt).map((gap) => ({ ...gap, leaves: [] }));
  for (const span of shiftsBetween(rules, fromAt, toAt)) {
    for (const role of dutyRoles) gaps.push(...roleGaps(roster, span, role, fromAt, toAt));
  }
  return gaps.sort((a, b) => a.fromAt - b.fromAt || dutyRoles.indexOf(a.role) - dutyRoles.indexOf(b.role));
}

function roleGaps(roster: LayeredRoster, span: ShiftSpan, role: DutyRole, fromAt: number, toAt: number): LayeredGap[] {
  const needed = requiredOf(rulesOn(roster.rules, span.on), span.shift, role);
  const stands = Array.from({ length: needed }, (_, index) => roster.stand(slotIn(span, role, index), span));
  const from = Math.max(fromAt, span.startAt);
  const to = Math.min(toAt, span.endAt);
  const edges = [...new Set([from, to, ...stands.flat().flatMap((piece) => [piece.fromAt, piece.toAt])])]
    .filter((edge) => from <= edge && edge <= to)
    .sort((a, b) => a - b);
  const gaps: LayeredGap[] = [];
  for (const [i, edge] of edges.entries()) {
    const until = edges[i + 1];
    if (until === undefined) break;
    const empty = stands.flatMap((pieces) =>
      pieces.filter((piece) => piece.fromAt <= edge && edge < piece.toAt && piece.officerId === null),
    );
    if (empty.length === 0) continue;
    const leaves = empty.flatMap(({ through, entryId }) => (through === "leave" && entryId ? [entryId] : []));
    const last = gaps.at(-1);
    if (last && last.toAt === edge && last.missing === empty.length && last.leaves.join() === leaves.join())
      gaps[gaps.length - 1] = { ...last, toAt: until };
    else gaps.push({ fromAt: edge, toAt: until, on: span.on, shift: span.shift, role, missing: empty.length, leaves });
  }
  return gaps;
}

export interface DoubleDuty {
  readonly officerId: string;
  readonly fromAt: number;
  readonly toAt: number;
  readonly slots: readonly [string, string];
}

interface Stretch {
  readonly slot: Slot;
  readonly key: string;
  readonly fromAt: number;
  toAt: number;
}

/** Where each person stands, stretch by stretch; two pieces of one slot in the same hands are one, whatever layers made them. */
function stretches(roster: LayeredRoster, fromAt: number, toAt: number): ReadonlyMap<string, readonly Stretch[]> {
  const held = new Map<string, Stretch[]>();
  for (const span of shiftsBetween(roster.rules, fromAt, toAt)) {
    for (const role of dutyRoles) {
      for (let index = 0; index < placesIn(roster.rules, span, role); index++) {
        const slot = slotIn(span, role, index);
        const key = slotKey(slot);
        for (const piece of roster.stand(slot, span)) {
          if (piece.officerId === null) continue;
          const list = held.get(piece.officerId) ?? [];
          held.set(piece.officerId, list);
          const last = list.at(-1);
          if (last?.key === key && last.toAt === piece.fromAt) last.toAt = piece.toAt;
          else list.push({ slot, key, fromAt: piece.fromAt, toAt: piece.toAt });
        }
      }
    }
  }
  return held;
}

/** RO-19: every stretch in which one person stands in two slots at once: a stand-in in their own shift, a swap into it. */
export function doubleDuties(roster: LayeredRoster, fromAt: number, toAt: number): DoubleDuty[] {
  const doubles: DoubleDuty[] = [];
  for (const [officerId, list] of stretches(roster, fromAt, toAt)) {
    for (const [i, a] of list.entries()) {
      for (const b of list.slice(i + 1)) {
        const from = Math.max(a.fromAt, b.fromAt, fromAt);
        const to = Math.min(a.toAt, b.toAt, toAt);
        if (from < to) doubles.push({ officerId, fromAt: from, toAt: to, slots: [a.key, b.key] });
      }
    }
  }
  return doubles.sort((a, b) => a.fromAt - b.fromAt || (a.officerId < b.officerId ? -1 : 1));
}

/** Between two shifts of one person less time than the limit: off duty at one instant, on again at the other. */
export interface ShortRest {
  readonly officerId: string;
  readonly offAt: number;
  readonly onAt: number;
}

/** RO-42: every rest around `[fromAt, toAt)` that is shorter than the limit. Another place in the same shift is no rest. */
export function shortRests(roster: LayeredRoster, fromAt: number, toAt: number, restMs: number): ShortRest[] {
  const rests: ShortRest[] = [];
  for (const [officerId, list] of stretches(roster, fromAt - restMs, toAt + restMs)) {
    const inOrder = [...list].sort((a, b) => a.fromAt - b.fromAt);
    for (const [i, after] of inOrder.entries()) {
      const before = inOrder[i - 1];
      if (!before || (before.slot.on === after.slot.on && before.slot.shift === after.slot.shift)) continue;
      const rest = after.fromAt - before.toAt;
      if (0 <= rest && rest < restMs) rests.push({ officerId, offAt: before.toAt, onAt: after.fromAt });
    }
  }
  return rests.sort((a, b) => a.offAt - b.offAt || (a.officerId < b.officerId ? -1 : 1));
}

const slotIn = ({ on, shift }: ShiftSpan, role: DutyRole, index: number): Slot => ({ on, shift, role, index });

/** The slot of a key that `slotPattern` has let through. */
export function slotOf(key: string): Slot {
  const [on = "", shift = "", role = "", index = ""] = key.split("/");
  return { on, shift, role: role as DutyRole, index: Number(index) };
}

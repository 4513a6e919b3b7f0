import { yearsWithoutNotice } from "../patterns.ts";
import { Balance } from "./balance.ts";
import { Board } from "./board.ts";
import { explainChoice, explainGap } from "./explain.ts";
import { Filler } from "./fill.ts";
import type { FairnessRow, PlanAnswer, PlanRequest, Tally } from "./request.ts";

/**
 * Fills the days asked for: every place in order of time with whom it costs least, others stepping aside where nobody is
 * free; then it evens out; then it explains. RO-24: a pure function, the same request gives the same roster, in whatever
 * order people, leaves and wishes are named.
 */
export function generateRoster(request: PlanRequest): PlanAnswer {
  const board = new Board(request);
  const balance = new Balance(board);
  const inside = board.places.filter((place) => place.inside);
  const movable = inside.filter((place) => !place.fixed);
  const pinnedAgainst = inside
    .filter((place) => place.fixed && board.holder[place.no] !== -1)
    .map((place) => ({
      slot: place.key,
      officerId: request.fixed[place.key] ?? "",
      hindrances: board.hindrancesOf(board.holder[place.no] ?? -1, place, true),
    }))
    .filter((one) => one.hindrances.length > 0);
  const filler = new Filler(board, balance);
  // A wish to stand somewhere is easiest to keep while the roster is empty.
  const wished = movable.filter((place) =>
    board.fit[place.no]?.some(({ person }) => balance.wishCostOf(place, person) < 0),
  );
  const empty = filler.fill([...wished, ...movable.filter((place) => !wished.includes(place))]);
  balance.improve(movable);
  // What was evened out may have made room.
  const still = filler.fill(empty);
  const filled = inside.filter((place) => !still.includes(place));
  return {
    slots: Object.fromEntries(
      filled.map((place) => [
        place.key,
        board.people[board.holder[place.no] ?? -1]?.id ?? request.fixed[place.key] ?? "",
      ]),
    ),
    choices: filled.map((place) => explainChoice(board, balance, place)),
    gaps: still.map((place) => explainGap(board, place)),
    fairness: fairnessOf(board),
    tally: Object.fromEntries(board.people.map(({ id }, person) => [id, board.tallyOf(person)])),
    wishes: request.wishes.map((wish) => {
      const stands = inside.some(
        (place) =>
          place.on === wish.on &&
          (wish.shift === undefined || place.shift === wish.shift) &&
          board.people[board.holder[place.no] ?? -1]?.id === wish.officerId,
      );
      return { wish, kept: stands === (wish.want === "on") };
    }),
    pinnedAgainst,
    yearsWithoutNotice: yearsWithoutNotice(request.holidays, request.fromOn, request.toOn),
  };
}

/** RO-22: how far apart equals are, separately for nights, weekends and holidays. */
function fairnessOf(board: Board): FairnessRow[] {
  const groups = new Map<string, number[]>();
  for (const [person, { grade, pool, group, maxNightsPerMonth }] of board.people.entries()) {
    const shares = (["nights", "weekends", "holidays"] as const).map((kind) => board.shareOf(person, kind).toFixed(1));
    const key = [grade, pool, group ?? "-", maxNightsPerMonth ?? "-", ...shares].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), person]);
  }
  return [...groups.values()].map((members) => {
    const tallies = members.map((person) => board.tallyOf(person));
    const spread = (kind: keyof Tally) => {
      const counts = tallies.map((tally) => tally[kind]);
      return Math.max(...counts) - Math.min(...counts);
    };
    return {
      officerIds: members.map((person) => board.people[person]?.id ?? ""),
      spread: {
        shifts: spread("shifts"),
        nights: spread("nights"),
        weekends: spread("weekends"),
        holidays: spread("holidays"),
      },
    };
  });
}

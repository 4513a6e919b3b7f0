import type { Balance } from "./balance.ts";
import { counted } from "./balance.ts";
import type { Board, Place } from "./board.ts";
import { type Choice, type Hindrance, hindrances, type PlanGap, type Reason } from "./request.ts";

/** RO-23: the fewest hindrances that together hold back everybody, and how many each holds back; ties by their order. */
export function smallestReasons(held: readonly (readonly Hindrance[])[]): Reason[] {
  for (let size = 1; size <= hindrances.length; size++) {
    let best: readonly Hindrance[] | undefined;
    for (let mask = 1; mask < 1 << hindrances.length; mask++) {
      const set = hindrances.filter((_, bit) => mask & (1 << bit));
      if (set.length !== size || !held.every((one) => one.some((hindrance) => set.includes(hindrance)))) continue;
      best = set;
      break;
    }
    if (!best) continue;
    const set = best;
    // Each person is counted once, under the first hindrance of the set that holds them.
    const firsts = held.map((one) => set.find((hindrance) => one.includes(hindrance)));
    return set.map((code) => ({ code, params: { people: firsts.filter((first) => first === code).length } }));
  }
  return [];
}

export function explainGap(board: Board, place: Place): PlanGap {
  const fit = board.fit[place.no] ?? [];
  const held = fit.map(({ person }) => board.hindrancesOf(person, place, true));
  return {
    slot: place.key,
    eligible: fit.length,
    reasons: fit.length === 0 ? [{ code: "nobody_holds_role", params: { role: place.role } }] : smallestReasons(held),
    people: Object.fromEntries(fit.map(({ person }, index) => [board.people[person]?.id ?? "", held[index] ?? []])),
  };
}

/** Why this person stands here, told of the finished roster: who else could, who could not and why, and what speaks for them. */
export function explainChoice(board: Board, balance: Balance, place: Place): Choice {
  const person = board.holder[place.no] ?? -1;
  const officerId = board.people[person]?.id ?? "";
  if (place.fixed) return { slot: place.key, officerId, reasons: [{ code: "fixed", params: {} }] };
  const fit = board.fit[place.no] ?? [];
  const rank = fit.find((one) => one.person === person)?.rank ?? 0;
  const could = fit.filter((one) => one.person !== person && board.free(one.person, place));
  const reasons: Reason[] = [];
  const peers = could.filter((one) => one.rank <= rank);
  if (balance.wishCostOf(place, person) < 0) reasons.push({ code: "wished", params: {} });
  if (could.length === 0) reasons.push({ code: "only_one", params: { eligible: fit.length } });
  else if (peers.length === 0) reasons.push({ code: "preferred", params: { others: could.length } });
  else reasons.push(comparedWith(balance, place, person, peers));
  const barred = fit.filter((one) => one.person !== person && !could.includes(one));
  const firsts = barred.map((one) => board.hindrancesOf(one.person, place, false)[0]);
  for (const code of hindrances) {
    const people = firsts.filter((first) => first === code).length;
    if (people > 0) reasons.push({ code, params: { people } });
  }
  return { slot: place.key, officerId, reasons };
}

/** Counts without this place, so that "fewest" is said of what was there before it. */
function comparedWith(
  balance: Balance,
  place: Place,
  person: number,
  peers: readonly { readonly person: number }[],
): Reason {
  for (const [kind, code] of [
    ["holidays", "fewest_holidays"],
    ["nights", "fewest_nights"],
    ["weekends", "fewest_weekends"],
    ["shifts", "fewest_shifts"],
  ] as const) {
    if (!counted(place, kind)) continue;
    const own = balance.countOf(person, kind) - 1;
    const next = Math.min(...peers.map((peer) => balance.countOf(peer.person, kind)));
    if (own <= next) return { code, params: { count: own, next } };
  }
  return { code: "evens_out", params: { others: peers.length } };
}

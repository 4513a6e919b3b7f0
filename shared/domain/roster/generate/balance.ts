import type { Board, Place } from "./board.ts";
import type { Tally } from "./request.ts";

/**
 * What a roster costs. Squares of what each has done make evenness the cheapest; the weights keep the order: first choice
 * of role before fairness, nights and holidays before wishes, wishes before weekends and plain numbers. A wish costs less
 * than the smallest unfair night (2 x 1000), so no wish can make one.
 */
const weight: Readonly<Record<keyof Tally, number>> = { nights: 1000, holidays: 1000, weekends: 120, shifts: 60 };
const rankCost = 6000;
const wishCost = 600;
const kinds = ["shifts", "nights", "weekends", "holidays"] as const;

/** Turns of the search, so that it ends by count and not by a clock. */
const mostRounds = 40;

export class Balance {
  private readonly board: Board;
  private readonly counts: Record<keyof Tally, number[]>;
  private readonly shares: Record<keyof Tally, number[]>;
  private readonly off: ReadonlySet<string>;
  private readonly on: ReadonlySet<string>;
  private readonly tie: number[];

  constructor(board: Board) {
    const { request, people } = board;
    this.board = board;
    const start = people.map((_, person) => board.tallyOf(person));
    // What is carried in is capped at two beyond the lowest, so that a newcomer does not get every night of a month.
    const carried = (kind: keyof Tally) => {
      const before = people.map(({ id }) => request.before[id]?.[kind] ?? 0);
      const lowest = Math.min(...before, Number.POSITIVE_INFINITY);
      return before.map((count) => Math.min(count - lowest, 2));
    };
    const of = (kind: keyof Tally) => {
      const before = carried(kind);
      return start.map((tally, person) => tally[kind] + (before[person] ?? 0));
    };
    this.counts = { shifts: of("shifts"), nights: of("nights"), weekends: of("weekends"), holidays: of("holidays") };
    const share = (kind: keyof Tally) => people.map((_, person) => board.shareOf(person, kind));
    this.shares = {
      shifts: share("shifts"),
      nights: share("nights"),
      weekends: share("weekends"),
      holidays: share("holidays"),
    };
    const wishes = (want: string) =>
      new Set(
        request.wishes.filter((wish) => wish.want === want).map((w) => `${w.officerId} ${w.on} ${w.shift ?? ""}`),
      );
    this.off = wishes("off");
    this.on = wishes("on");
    this.tie = people.map((_, person) => mix(request.seed, person));
  }

  countOf(person: number, kind: keyof Tally): number {
    return this.counts[kind][person] ?? 0;
  }

  put(place: Place, person: number): void {
    this.board.put(place, person);
    this.add(place, person, 1);
  }

  take(place: Place): number {
    const person = this.board.take(place);
    this.add(place, person, -1);
    return person;
  }

  private add(place: Place, person: number, by: number): void {
    for (const kind of kinds) {
      const counts = this.counts[kind];
      if (counts[person] !== undefined && counted(place, kind)) counts[person] += by;
    }
  }

  /** What it costs to add the place to a person as things stand. */
  costOf(place: Place, person: number, rank: number): number {
    let cost = rank * rankCost + this.wishCostOf(place, person);
    for (const kind of kinds) {
      if (counted(place, kind))
        cost += (weight[kind] * (2 * this.countOf(person, kind) + 1)) / (this.shares[kind][person] ?? 1);
    }
    return cost;
  }

  wishCostOf(place: Place, person: number): number {
    const id = this.board.people[person]?.id;
    const asked = (wishes: ReadonlySet<string>) =>
      wishes.size > 0 && (wishes.has(`${id} ${place.on} `) || wishes.has(`${id} ${place.on} ${place.shift}`));
    return (asked(this.off) ? wishCost : 0) - (asked(this.on) ? wishCost : 0);
  }

  /** Those who may stand in a place now, cheapest first; ties by the seed. */
  ordered(place: Place): { person: number; rank: number }[] {
    return (this.board.fit[place.no] ?? [])
      .map((one) => ({ ...one, cost: this.costOf(place, one.person, one.rank) }))
      .sort((a, b) => a.cost - b.cost || (this.tie[a.person] ?? 0) - (this.tie[b.person] ?? 0) || a.person - b.person);
  }

  private rankOf(place: Place, person: number): number {
    return this.board.fit[place.no]?.find((one) => one.person === person)?.rank ?? -1;
  }

  /** RO-22: hands places on, exchanges them, and passes them along three, as long as the roster gets better. */
  improve(movable: readonly Place[]): void {
    for (let round = 0; round < mostRounds; round++) {
      let better = false;
      for (const place of movable) if (this.handOn(place)) better = true;
      for (const place of movable) if (this.exchange(place, movable)) better = true;
      if (!better && !this.passAlong(movable)) return;
    }
  }

  private handOn(place: Place): boolean {
    const from = this.board.holder[place.no] ?? -1;
    if (from < 0) return false;
    this.take(place);
    const now = this.costOf(place, from, this.rankOf(place, from));
    for (const { person, rank } of this.board.fit[place.no] ?? []) {
      if (person === from || this.costOf(place, person, rank) >= now - 1e-6) continue;
      if (!this.board.free(person, place)) continue;
      this.put(place, person);
      return true;
    }
    this.put(place, from);
    return false;
  }

  /** Two places change hands. Only what one of them gains can pay for it, so pairs of like places are passed over. */
  private exchange(a: Place, movable: readonly Place[]): boolean {
    for (const b of movable) {
      if (b.no <= a.no) continue;
      const [x, y] = [this.board.holder[a.no] ?? -1, this.board.holder[b.no] ?? -1];
      if (x < 0 || y < 0 || x === y) continue;
      const [rankXb, rankYa] = [this.rankOf(b, x), this.rankOf(a, y)];
      if (rankXb < 0 || rankYa < 0) continue;
      const now = this.pairCost(a, x, b, y);
      if (this.gain(a, b, x, y) >= -1e-6 && now === this.pairCost(a, y, b, x)) continue;
      this.take(a);
      this.take(b);
      const before = this.costOf(a, x, this.rankOf(a, x)) + this.costOf(b, y, this.rankOf(b, y));
      const after = this.costOf(a, y, rankYa) + this.costOf(b, x, rankXb);
      if (after < before - 1e-6 && this.board.free(y, a) && this.board.free(x, b)) {
        this.put(a, y);
        this.put(b, x);
        return true;
      }
      this.put(a, x);
      this.put(b, y);
    }
    return false;
  }

  private pairCost(a: Place, x: number, b: Place, y: number): number {
    const rank = this.rankOf(a, x) + this.rankOf(b, y);
    return rank * rankCost + this.wishCostOf(a, x) + this.wishCostOf(b, y);
  }

  /** Quick look at what the counts of an exchange give; exact costs follow only when it may pay. */
  private gain(a: Place, b: Place, x: number, y: number): number {
    let gain = 0;
    for (const kind of kinds) {
      const by = Number(counted(b, kind)) - Number(counted(a, kind));
      if (by === 0) continue;
      const [cx, cy] = [this.countOf(x, kind), this.countOf(y, kind)];
      const [sx, sy] = [this.shares[kind][x] ?? 1, this.shares[kind][y] ?? 1];
      gain += weight[kind] * (((cx + by) ** 2 - cx ** 2) / sx + ((cy - by) ** 2 - cy ** 2) / sy);
    }
    return gain;
  }

  /** X gives a place to Z, who gives one of the same worth to Y: for pairs that cannot deal directly. */
  private passAlong(movable: readonly Place[]): boolean {
    for (const a of movable) {
      const x = this.board.holder[a.no] ?? -1;
      if (x < 0) continue;
      for (const { person: z, rank: rankZa } of this.board.fit[a.no] ?? []) {
        if (z === x) continue;
        for (const b of this.board.held[z]?.slice() ?? []) {
          if (b.fixed || !b.inside || b.night !== a.night || b.holiday !== a.holiday || b.no === a.no) continue;
          for (const { person: y, rank: rankYb } of this.board.fit[b.no] ?? []) {
            if (y === x || y === z || !this.worse(a, x, y)) continue;
            const ranks = rankZa + rankYb - this.rankOf(a, x) - this.rankOf(b, z);
            if (ranks > 0) continue;
            this.take(a);
            this.take(b);
            const before = this.costOf(a, x, this.rankOf(a, x)) + this.costOf(b, z, this.rankOf(b, z));
            const after = this.costOf(a, z, rankZa) + this.costOf(b, y, rankYb);
            if (after < before - 1e-6 && this.board.free(z, a) && this.board.free(y, b)) {
              this.put(a, z);
              this.put(b, y);
              return true;
            }
            this.put(a, x);
            this.put(b, z);
          }
        }
      }
    }
    return false;
  }

  private worse(place: Place, x: number, y: number): boolean {
    return (["nights", "holidays"] as const).some(
      (kind) =>
        counted(place, kind) &&
        this.countOf(x, kind) / (this.shares[kind][x] ?? 1) > this.countOf(y, kind) / (this.shares[kind][y] ?? 1) + 1,
    );
  }
}

export function counted(place: Place, kind: keyof Tally): boolean {
  if (kind === "nights") return place.night;
  if (kind === "weekends") return place.weekend;
  return kind === "holidays" ? place.holiday : true;
}

/** A number that looks drawn and is not. */
function mix(seed: number, value: number): number {
  let mixed = Math.imul((seed ^ (value * 0x9e3779b1)) | 0, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

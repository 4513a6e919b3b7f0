import type { Balance } from "./balance.ts";
import type { Board, Place } from "./board.ts";

/** Steps that all rearranging of one plan may take: it ends by count, so it ends alike everywhere. */
const mostSteps = 60_000;
const deepest = 4;

/** Fills places in order of time; where nobody is free, others step aside. Returns the places that stay empty. */
export class Filler {
  private readonly board: Board;
  private readonly balance: Balance;
  private steps = mostSteps;

  constructor(board: Board, balance: Balance) {
    this.board = board;
    this.balance = balance;
  }

  fill(places: readonly Place[]): Place[] {
    return places.filter((place) => !this.put(place) && !this.makeRoom(place, deepest, new Set([place.no])));
  }

  private put(place: Place): boolean {
    for (const { person } of this.balance.ordered(place)) {
      if (!this.board.free(person, place)) continue;
      this.balance.put(place, person);
      return true;
    }
    return false;
  }

  /** RO-21: somebody takes the place if one of theirs can go to another, who may in turn give one away. */
  private makeRoom(place: Place, depth: number, seen: Set<number>): boolean {
    if (depth === 0) return false;
    for (const { person } of this.balance.ordered(place)) {
      if (this.board.onLeave(person, place)) continue;
      for (const given of this.nearest(person, place)) {
        if (given.fixed || !given.inside || seen.has(given.no)) continue;
        if (this.steps-- <= 0) return false;
        this.balance.take(given);
        if (this.board.free(person, place)) {
          this.balance.put(place, person);
          seen.add(given.no);
          if (this.put(given) || this.makeRoom(given, depth - 1, seen)) return true;
          seen.delete(given.no);
          this.balance.take(place);
        }
        this.balance.put(given, person);
      }
    }
    return false;
  }

  /** What a person holds, nearest in time first: that is what keeps them from the place. */
  private nearest(person: number, place: Place): Place[] {
    return [...(this.board.held[person] ?? [])].sort(
      (a, b) => Math.abs(a.startAt - place.startAt) - Math.abs(b.startAt - place.startAt) || a.no - b.no,
    );
  }
}

/** How a list that does not fit is turned: how many rows stay, how many turn at a time, and in how many pages. */
export interface Turning {
  readonly stay: number;
  readonly turn: number;
  readonly pages: number;
}

/** [D] How long a page stands. */
export const turnMs = 12_000;
/** So many stay when nothing presses: the list does not jump as a whole. */
const leastStay = 3;
/** So much of the room is left to the others, however much presses; two rows at least. */
const turnedPart = 1 / 4;

/** WL-3: `room` rows fit; of `total` the first `pressing` must be seen all the time, as far as they leave a quarter of it to the others. */
export function turningOf(total: number, pressing: number, room: number): Turning {
  if (total <= room) return { stay: total, turn: 0, pages: 1 };
  // One row's room goes to the line that says which page it is.
  const lines = Math.max(1, room - 1);
  const turn = Math.max(Math.min(2, lines), Math.ceil(lines * turnedPart), lines - Math.max(pressing, leastStay));
  const stay = lines - turn;
  return { stay, turn, pages: Math.ceil((total - stay) / turn) };
}

/** Which page stands, by the clock: two walls in one room turn together. */
export const pageAt = ({ pages }: Turning, now: number): number => Math.floor(now / turnMs) % pages;

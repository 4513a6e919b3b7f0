import type { Grade } from "#shared/domain/officer/officer.ts";

/** Who acts and when; the clock and the officer are told, never asked for. `at`: ms. */
export interface Act {
  readonly at: number;
  readonly by: string;
  readonly grade: Grade;
}

import { z } from "zod";
import type { Act } from "#shared/domain/act.ts";
import type { LogKind } from "#shared/domain/duty-log/duty-log.ts";
import type { SlotChange } from "#shared/domain/roster/month.ts";
import type { DeskError } from "#shared/errors.ts";
import { lazily } from "#shared/lib/lazily.ts";
import type { Result } from "#shared/lib/result.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import type { EntityKind } from "../op.ts";

/** What a kind leaves in the duty log. `eventId` ties it to the timeline of an event. */
export interface LogLine {
  readonly kind: LogKind;
  readonly text: Bilingual;
  readonly eventId: string | null;
  /** The action for entries of events, else empty. */
  readonly action: string;
  /** RO-36: places of the roster that changed hands. */
  readonly changes?: readonly SlotChange[];
}

/** A machine that acts by itself: the desk (`by: "desk"`), or the district (`by: "district"`, on its own device). */
export type Hand = "desk" | "district";

export interface OpKindRow<Body, State> {
  readonly v: number;
  /** OP-5: only this machine makes it; without, an officer does. */
  readonly hand?: Hand;
  readonly body: z.ZodType<Body>;
  readonly entity: EntityKind;
  readonly state: z.ZodType<State>;
  readonly entityId: (body: Body) => string;
  readonly apply: (present: State | undefined, body: Body, act: Act) => Result<State, DeskError>;
  readonly log: (body: Body, after: State, before: State | undefined) => LogLine;
}

export const id = z.string().min(1).max(64);

/** A row as it is written down: its schemas are made when the first op of its kind is read. */
export interface OpKindGiven<Body, State> extends Omit<OpKindRow<Body, State>, "body" | "state"> {
  readonly body: () => z.ZodType<Body>;
  readonly state: () => z.ZodType<State>;
}

export const row = <Body, State>({ body, state, ...kind }: OpKindGiven<Body, State>): OpKindRow<Body, State> => {
  const [carried, kept] = [lazily(body), lazily(state)];
  return {
    ...kind,
    get body() {
      return carried();
    },
    get state() {
      return kept();
    },
  };
};

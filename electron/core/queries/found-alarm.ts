import type { Alarm } from "#shared/contract.ts";

/** An alarm as it is found; what it does not say is blank. */
export type FoundAlarm = Pick<Alarm, "kind" | "level" | "keys" | "sinceAt"> & Partial<Alarm>;

/** What one acknowledgement can name, and what a flood shows. */
export const mostAlarmKeys = 200;

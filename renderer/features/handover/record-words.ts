import { useDesk } from "#renderer/bridge/use-desk.ts";
import { say } from "#renderer/text/text.ts";
import { faultStateNames } from "#shared/domain/asset/fault.ts";
import { eventActions, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import { instructionKinds } from "#shared/domain/handover/record.ts";
import { reportKinds } from "#shared/domain/handover/reports.ts";
import { hazardGradeNames } from "#shared/domain/hazard/hazard.ts";
import type { Bilingual } from "#shared/lib/text.ts";

/** A record carries its fixed words in Chinese, as they go to paper; on screen they speak the language of the page. */
const saidAs = (words: string, known: readonly Bilingual[]): string => {
  const found = known.find(({ zh }) => zh === words);
  return found ? say(found) : words;
};

export const stepWord = (next: string): string =>
  saidAs(
    next,
    eventActions.map((action) => transitionOf(action).label),
  );

const marks = [instructionKinds, reportKinds, hazardGradeNames, faultStateNames].flatMap((names) =>
  Object.values<Bilingual>(names),
);
export const markWord = (mark: string): string => saidAs(mark, marks);

/** Name of a shift; one that the roster no longer knows stays as it was written. */
export function useShiftWord(): (name: string) => string {
  const shifts = useDesk("system.tables", {}).data?.roster.shifts;
  return (name) => saidAs(name, shifts?.map((shift) => shift.name) ?? []);
}

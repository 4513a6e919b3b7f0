import type { FaultAction } from "#shared/domain/asset/fault.ts";
import type { HazardAction } from "#shared/domain/hazard/hazard.ts";
import type { Grade } from "#shared/domain/officer/officer.ts";
import type { StepGiven } from "#shared/domain/step.ts";
import { dayOf, hourMs } from "#shared/lib/time.ts";
import { endOfDay, hazardNumber } from "../commands/hazards.ts";
import { placeAt } from "../queries/cover.ts";
import { standingAsset } from "../store/asset-entities.ts";
import type { Happening, Stage } from "./play.ts";

interface Step<Action> {
  readonly action: Action;
  readonly hoursAfter: number;
  readonly by: Exclude<Grade, "admin">;
  readonly given: StepGiven;
}

/** Faults and hazards of a sample street as scripts: the finding, and each step with the hours after it. */
export interface UpkeepFile {
  readonly faults: readonly {
    readonly assetId: string;
    readonly hoursBeforeNow: number;
    readonly text: string;
    readonly steps: readonly Step<FaultAction>[];
  }[];
  readonly hazards: readonly {
    readonly title: string;
    readonly text: string;
    readonly grade: "general" | "major";
    readonly assetId: string;
    readonly place: string;
    readonly party: string;
    readonly hoursBeforeNow: number;
    /** Last day for rectifying, counted from today; never before the finding. */
    readonly dueInDays: number;
    readonly steps: readonly Step<HazardAction>[];
  }[];
}

export function upkeepHappenings(stage: Stage, file: UpkeepFile): Happening[] {
  const later = (at: number, step: Step<unknown>) => Math.min(stage.now, at + Math.round(step.hoursAfter * hourMs));
  const faults = file.faults.flatMap(({ assetId, hoursBeforeNow, text, steps }): Happening[] => {
    const at = stage.now - hoursBeforeNow * hourMs;
    const faultId = stage.newId();
    const { facts } = assetOf(stage, assetId);
    const place = placeAt(stage, { lng: facts.lng, lat: facts.lat }, facts.name);
    const given = { assetId, assetKind: facts.kind, assetName: facts.name, place, text, sample: true };
    return [
      { at, record: () => stage.put("fault.report", { faultId, given }, stage.onDuty("operator", at), at) },
      ...steps.map((step): Happening => {
        const then = later(at, step);
        const body = { faultId, action: step.action, given: step.given };
        return { at: then, record: () => stage.put("fault.act", body, stage.onDuty(step.by, then), then) };
      }),
    ];
  });
  const hazards = file.hazards.flatMap((one): Happening[] => {
    const at = stage.now - one.hoursBeforeNow * hourMs;
    const hazardId = stage.newId();
    const { facts } = assetOf(stage, one.assetId);
    const place = placeAt(stage, { lng: facts.lng, lat: facts.lat }, one.place);
    const dueOn = dayOf(stage.now + one.dueInDays * 24 * hourMs, stage.tables.roster.offsetMin);
    const report = () => {
      const { title, text, grade, assetId, party } = one;
      const dueAt = endOfDay(stage, dueOn);
      const given = { number: hazardNumber(stage, at), title, text, grade, assetId, party, place, dueAt, sample: true };
      stage.put("hazard.report", { hazardId, given }, stage.onDuty("operator", at), at);
    };
    return [
      { at, record: report },
      ...one.steps.map((step): Happening => {
        const then = later(at, step);
        const body = { hazardId, action: step.action, given: step.given };
        return { at: then, record: () => stage.put("hazard.act", body, stage.onDuty(step.by, then), then) };
      }),
    ];
  });
  return [...faults, ...hazards];
}

function assetOf(stage: Stage, id: string) {
  const asset = standingAsset(stage.db, id);
  if (!asset) throw new Error(`the sample has no asset ${id}`);
  return asset;
}

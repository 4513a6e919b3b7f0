import { z } from "zod";
import type { Act } from "#shared/domain/act.ts";
import type { Grade } from "#shared/domain/officer/officer.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { anchorOf, type Geometry } from "#shared/lib/geo.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { fieldValuesSchema } from "./kinds.ts";

export const assetStatuses = ["ok", "fault", "offline"] as const;

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).readonly();
/** More corners than this are a drawing of another kind: an overlay, an import. */
export const mostCorners = 2000;
const corners = (z.array(position) as z.ZodArray<typeof position>).max(mostCorners);

/** A line or an area, WGS 84; longitude first. */
export const shapeSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("LineString"), coordinates: corners.min(2) }),
  z.strictObject({ type: z.literal("Polygon"), coordinates: z.array(corners.min(4)).min(1).max(20) }),
]);
export type Shape = z.infer<typeof shapeSchema>;

/** An asset as a person registers it. `geometry`: for lines and areas; a point has only its place. */
export const assetFactsSchema = z.strictObject({
  kind: z.string().min(1).max(40),
  name: z.string().trim().min(1).max(120),
  /** WGS 84, degrees; of a line or an area the point at which it is pinned. */
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  geometry: shapeSchema.nullable(),
  grid: z.string().max(120),
  fields: fieldValuesSchema,
  sample: z.boolean(),
});
export type AssetFacts = z.infer<typeof assetFactsSchema>;

/** An asset that a person entered or changed here; `facts` null: taken away. `was`: what stood before the first change. */
export const keptAssetSchema = z.strictObject({
  id: z.string().min(1).max(64),
  facts: assetFactsSchema.nullable(),
  was: assetFactsSchema.nullable(),
});
export type KeptAsset = z.infer<typeof keptAssetSchema>;

export const assetHands: readonly Grade[] = ["shift_leader", "leader", "admin", "operator"];

const same = (a: AssetFacts | null, b: AssetFacts | null): boolean => canonical(a) === canonical(b);

/** The same text for the same facts, in whatever order a program wrote their keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "";
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${key}:${canonical(inner)}`).join()}}`;
}

/**
 * AS-2, AS-3: an asset is entered, changed or taken away as the officer saw it. `was`: what they saw (null: nothing was
 * there); where somebody changed it meanwhile, nothing is overwritten. An end that never heard of the asset believes `was`.
 */
export function judgeAsset(
  present: KeptAsset | undefined,
  change: { readonly id: string; readonly was: AssetFacts | null; readonly facts: AssetFacts | null },
  act: Act,
): Result<KeptAsset, DeskError> {
  if (!assetHands.includes(act.grade)) return fail(deskError("session.not_allowed"));
  if (present && !same(present.facts, change.was)) return fail(deskError("asset.changed"));
  if (!present && !change.facts && !change.was) return fail(deskError("asset.unknown"));
  const { facts } = change;
  if (facts?.geometry && !anchorOf(facts.geometry as Geometry)) return fail(deskError("input.invalid", {}, "geometry"));
  return ok({ id: change.id, facts, was: present ? present.was : change.was });
}

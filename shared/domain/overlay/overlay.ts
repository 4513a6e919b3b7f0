import { z } from "zod";
import type { Act } from "#shared/domain/act.ts";
import { mostCorners, shapeSchema } from "#shared/domain/asset/asset.ts";
import { pointSchema } from "#shared/domain/duty-event/point.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { cornersHold, overlayPictureSchema } from "./picture.ts";

/** What a mark of a battle map means: own force and way, danger, what is protected. Told by dash and word, not by colour alone. */
export const markMeanings = ["force", "danger", "protect"] as const;
export const meaningNames: Readonly<Record<(typeof markMeanings)[number], Bilingual>> = {
  force: { zh: "力量与路线", en: "Forces and ways" },
  danger: { zh: "危险", en: "Danger" },
  protect: { zh: "保护目标", en: "Protected" },
};

/** One mark of a battle map. `geometry`: a point, a line or an area, WGS 84. */
export const overlayMarkSchema = z.strictObject({
  label: z.string().trim().max(40),
  meaning: z.enum(markMeanings),
  point: pointSchema.nullable(),
  shape: shapeSchema.nullable(),
});
export type OverlayMark = z.infer<typeof overlayMarkSchema>;

/** More than this does not travel to the others: an op must stay small. */
export const mostMarks = 200;

/** A battle map (作战图): what is drawn over the map for one operation, with its version, its day and who made it. */
export const overlaySchema = z.strictObject({
  id: z.string().min(1).max(64),
  name: z.string().trim().min(1).max(60),
  note: z.string().trim().max(500),
  /** Grows by one with every saving. */
  version: z.number().int().positive(),
  author: z.string().max(40),
  savedAt: z.number().int().nonnegative(),
  marks: z.array(overlayMarkSchema).max(mostMarks),
  /** A picture under the marks; battle maps of before have none. */
  picture: overlayPictureSchema.nullable().default(null),
  /** Taken off the map; what was drawn stays readable. */
  removed: z.boolean(),
});
export type Overlay = z.infer<typeof overlaySchema>;

export const overlayBodySchema = overlaySchema.omit({ savedAt: true });
export type OverlayBody = z.infer<typeof overlayBodySchema>;

/**
 * OV-1: every saving is the next version; whoever drew on an older one is told and overwrites nothing.
 * OV-2: a battle map has marks of one geometry each and no more corners than travel in one op.
 * OV-3: a picture lies between four corners that hold it.
 */
export function judgeOverlay(present: Overlay | undefined, body: OverlayBody, act: Act): Result<Overlay, DeskError> {
  if (body.version !== (present?.version ?? 0) + 1) return fail(deskError("overlay.changed"));
  if (body.marks.some(({ point, shape }) => (point === null) === (shape === null)))
    return fail(deskError("input.invalid", undefined, "marks"));
  if (cornersIn(body.marks) > mostCorners) return fail(deskError("overlay.large", { most: mostCorners }));
  if (body.picture && !cornersHold(body.picture.corners)) return fail(deskError("overlay.corners"));
  return ok({ ...body, savedAt: act.at });
}

export const cornersIn = (marks: readonly OverlayMark[]): number =>
  marks.reduce((sum, { shape }) => {
    if (!shape) return sum + 1;
    return sum + (shape.type === "LineString" ? shape.coordinates.length : shape.coordinates.flat().length);
  }, 0);

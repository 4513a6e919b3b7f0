import { z } from "zod";
import { pointSchema } from "#shared/domain/duty-event/point.ts";

/** [D] Bounds of a picture on a battle map: a photograph of a drone, a scanned plan. */
export const pictureLimits = { bytes: 16 * 2 ** 20, pixels: 60_000_000 } as const;

/**
 * A picture laid on the ground (a photo, a plan). The op names it by the SHA-256 of its bytes; the bytes lie on the desks that have them.
 * `corners`: where its top left, top right, bottom right and bottom left lie, WGS 84. `opacity`: percent.
 * `takenOn`: the day it shows, as its officer says; empty: unknown.
 */
export const overlayPictureSchema = z.strictObject({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  width: z.number().int().min(1).max(100_000),
  height: z.number().int().min(1).max(100_000),
  corners: z.tuple([pointSchema, pointSchema, pointSchema, pointSchema]),
  opacity: z.number().int().min(10).max(100),
  takenOn: z.union([z.literal(""), z.iso.date()]),
});
export type OverlayPicture = z.infer<typeof overlayPictureSchema>;
export type Corners = OverlayPicture["corners"];

/** [D] A picture wider than this is no picture of a place, degrees (some 100 km). */
const widestDegrees = 1;

/** Whether a picture can be stretched between four corners: an area that bends one way all around, not turned inside out. */
export function cornersHold(corners: Corners): boolean {
  const [first] = corners;
  const turns = corners.map((one, i) => {
    const [next, after] = [corners[(i + 1) % 4] ?? first, corners[(i + 2) % 4] ?? first];
    return (next.lng - one.lng) * (after.lat - next.lat) - (next.lat - one.lat) * (after.lng - next.lng);
  });
  const spread = (values: number[]) => Math.max(...values) - Math.min(...values);
  const [wide, high] = [spread(corners.map(({ lng }) => lng)), spread(corners.map(({ lat }) => lat))];
  // A square metre or so; a mirrored picture bends the same way on one side only by mistake, and a mistake is shown at once.
  const bent = turns.every((turn) => turn > 1e-11) || turns.every((turn) => turn < -1e-11);
  return bent && wide <= widestDegrees && high <= widestDegrees;
}

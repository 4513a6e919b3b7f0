import { z } from "zod";

/** WGS 84, degrees. */
export const pointSchema = z.strictObject({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) });

import { z } from "zod";
import { basemapPresetSchema } from "#shared/contract.ts";
import { readJson } from "../tables.ts";

const fileSchema = z.object({ presets: z.array(basemapPresetSchema) });

/** [D] Online basemaps that a desk can add by name. */
export const readPresets = (resourcesDir: string): z.infer<typeof basemapPresetSchema>[] =>
  fileSchema.parse(readJson<unknown>(resourcesDir, "defaults", "basemaps.json")).presets;

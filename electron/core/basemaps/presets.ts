import { z } from "zod";
import { basemapPresetSchema } from "#shared/contract.ts";
import { readJson } from "../tables.ts";

const fileSchema = z.object({ label: z.string(), rows: z.array(basemapPresetSchema) });

/** [D] Online basemaps that a desk can add by name; a district replaces the file. */
export function readPresets(resourcesDir: string): z.infer<typeof fileSchema> {
  const { label, presets } = readJson<{ label: string; presets: unknown }>(resourcesDir, "defaults", "basemaps.json");
  return fileSchema.parse({ label, rows: presets });
}

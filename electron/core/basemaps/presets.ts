import { z } from "zod";
import { bilingual } from "#shared/contract/call.ts";
import { basemapPresetSchema } from "#shared/contract.ts";
import { readJson } from "../tables.ts";

const fileSchema = z.object({ label: bilingual, rows: z.array(basemapPresetSchema) });

/** [D] Online basemaps that a desk can add by name; a district replaces the file. */
export function readPresets(resourcesDir: string): z.infer<typeof fileSchema> {
  const { label, presets } = readJson<{ label: unknown; presets: unknown }>(resourcesDir, "defaults", "basemaps.json");
  return fileSchema.parse({ label, rows: presets });
}

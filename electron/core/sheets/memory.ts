import type { Db } from "../store/database.ts";
import { readMeta, writeMeta } from "../store/meta.ts";
import { noMapping, type SheetMapping, sheetMappingSchema, withAnswers } from "./mapping.ts";

/** Rosters and staff lists have words of their own. */
export type Memory = "sheetMapping" | "staffMapping";

const mostRemembered = 2000;

/** RO-26: answers of earlier imports. */
export function rememberedMapping(db: Db, memory: Memory): SheetMapping {
  const kept = readMeta(db, memory);
  return (kept === null ? undefined : sheetMappingSchema.safeParse(JSON.parse(kept)).data) ?? noMapping;
}

/** RO-26: keeps answers for the next import. The month of a sheet is of this sheet alone: the next one is of another month. */
export function rememberAnswers(db: Db, memory: Memory, answers: Readonly<Record<string, string>>): void {
  const lasting = Object.entries(answers).filter(([id]) => !id.startsWith("month:"));
  if (lasting.length === 0) return;
  const { answers: all } = withAnswers(rememberedMapping(db, memory), Object.fromEntries(lasting));
  const newest = Object.fromEntries(Object.entries(all).slice(-mostRemembered));
  writeMeta(db, memory, JSON.stringify({ v: 1, answers: newest }));
}

import { z } from "zod";

const both = z.object({ zh: z.string(), en: z.string() });
const option = z.object({ code: z.string(), name: both });

/** One field of a kind of asset, as the district's table gives it. Form, popup, import check and export are drawn from it. */
export const assetFieldSchema = z.object({
  code: z.string(),
  name: both,
  /** `stages`: percent done of each option. `date`: a day. `choice`: the code of an option. */
  type: z.enum(["text", "number", "yes_no", "choice", "date", "phone", "stages"]),
  unit: both.optional(),
  required: z.boolean().optional(),
  /** Bounds of a number, and how many decimals it may have. */
  min: z.number().optional(),
  max: z.number().optional(),
  decimals: z.number().int().min(0).max(6).optional(),
  /** A text must match it; longest text otherwise is `max`. */
  pattern: z.string().optional(),
  options: z.array(option).optional(),
});
export type AssetField = z.infer<typeof assetFieldSchema>;

export const geometryKinds = ["point", "line", "area"] as const;

/** A kind of asset: one row of the district's table and one svg. */
export const assetKindSchema = z.object({
  code: z.string(),
  name: both,
  geometry: z.enum(geometryKinds),
  group: z.string(),
  icon: z.string(),
  /** How a line or the edge of an area is drawn: px, and dashes as in SVG. */
  stroke: z.object({ width: z.number().positive(), dash: z.string() }).optional(),
  /** Code of the number that the legend adds up, such as the length of fire roads. */
  total: z.string().optional(),
  fields: z.array(assetFieldSchema),
});
export type AssetKind = z.infer<typeof assetKindSchema>;

export const fieldValueSchema = z.union([
  z.string().max(500),
  z.number(),
  z.boolean(),
  z.record(z.string().max(40), z.number()),
]);
export type FieldValue = z.infer<typeof fieldValueSchema>;

/** What is registered of an asset, by the codes of its kind's fields; what nobody said is not there. */
export const fieldValuesSchema = z
  .record(z.string().max(40), fieldValueSchema)
  .refine((values) => Object.keys(values).length <= 60);
export type FieldValues = Readonly<Record<string, FieldValue>>;

export interface FieldProblem {
  readonly field: string;
  readonly problem: "missing" | "type" | "small" | "large" | "decimals" | "option" | "form" | "unknown";
}

const longestText = 500;
const phoneForm = /^[+\d][\d\s()\-\u8f6c]{2,28}$/u;

/** AS-1: what is wrong with the fields of an asset by the row of its kind; empty: nothing. */
export function checkFields(kind: Pick<AssetKind, "fields">, values: FieldValues): FieldProblem[] {
  const known = new Set(kind.fields.map(({ code }) => code));
  const unknown = Object.keys(values).filter((code) => !known.has(code));
  return [
    ...kind.fields.flatMap((field): FieldProblem[] => {
      const value = values[field.code];
      const problem = value === undefined ? (field.required ? "missing" : undefined) : problemOf(field, value);
      return problem ? [{ field: field.code, problem }] : [];
    }),
    ...unknown.map((field) => ({ field, problem: "unknown" as const })),
  ];
}

function problemOf(field: AssetField, value: FieldValue): FieldProblem["problem"] | undefined {
  switch (field.type) {
    case "number":
      return typeof value === "number" ? numberProblem(field, value) : "type";
    case "yes_no":
      return typeof value === "boolean" ? undefined : "type";
    case "stages": {
      if (typeof value !== "object") return "type";
      const known = field.options?.map(({ code }) => code) ?? [];
      if (Object.keys(value).some((code) => !known.includes(code))) return "option";
      return Object.values(value).some((done) => !(done >= 0 && done <= 100)) ? "large" : undefined;
    }
    default:
      return typeof value === "string" ? textProblem(field, value) : "type";
  }
}

function numberProblem(field: AssetField, value: number): FieldProblem["problem"] | undefined {
  if (!Number.isFinite(value)) return "type";
  if (field.min !== undefined && value < field.min) return "small";
  if (field.max !== undefined && value > field.max) return "large";
  if (field.decimals === undefined) return undefined;
  const scaled = value * 10 ** field.decimals;
  return Math.abs(scaled - Math.round(scaled)) > 1e-6 ? "decimals" : undefined;
}

function textProblem(field: AssetField, value: string): FieldProblem["problem"] | undefined {
  if (value.trim() === "") return field.required ? "missing" : undefined;
  if (value.length > Math.min(field.max ?? longestText, longestText)) return "large";
  if (field.type === "choice") return field.options?.some(({ code }) => code === value) ? undefined : "option";
  if (field.type === "date") return isDay(value) ? undefined : "form";
  if (field.type === "phone") return phoneForm.test(value.trim()) ? undefined : "form";
  return field.pattern && !new RegExp(field.pattern, "u").test(value.trim()) ? "form" : undefined;
}

function isDay(value: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

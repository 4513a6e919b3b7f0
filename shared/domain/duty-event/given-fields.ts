import { z } from "zod";
import { chosenLinkKinds } from "./bond.ts";
import { boards, levels } from "./event.ts";
import { intoSchema, measuresSchema, otherSchema, partsSchema, partySchema, pointsSchema } from "./given-parts.ts";
import { longestMin } from "./hours-kind.ts";
import type { Field } from "./transitions.ts";
import { disputeSides } from "./whistle.ts";

function typeOf(field: Field): z.ZodType {
  const text = z
    .string()
    .trim()
    .max(field.max ?? 200);
  switch (field.name) {
    case "board":
      return z.enum(boards);
    case "level":
      return z.enum(levels);
    case "lead":
      return partySchema;
    case "coHandlers":
      return z.array(partySchema).max(20);
    case "limitMin":
      return z.number().int().positive();
    case "pauseMin":
    case "moreMin":
      return z.number().int().min(1).max(longestMin);
    case "side":
      return z.enum(disputeSides);
    case "scores":
      return pointsSchema;
    case "into":
      return intoSchema;
    case "other":
      return otherSchema;
    case "linkKind":
      return z.enum(chosenLinkKinds);
    case "parts":
      return partsSchema;
    case "measures":
      return measuresSchema;
    case "confidential":
      return z.literal(true);
    case "whistleKind":
    case "category":
      return z.string().min(1).max(40);
    default:
      return field.required ? text.min(1) : text;
  }
}

/** The check of what the fields of a row take: of a form, and with its limits of the op which it becomes. */
export const fieldsSchema = (fields: readonly Field[]) =>
  z.strictObject(
    Object.fromEntries(
      fields.map((field) => [field.name, field.required ? typeOf(field) : typeOf(field).optional()] as const),
    ),
  );

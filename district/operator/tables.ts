import { z } from "zod";
import { type TableSet, tableSetSchema } from "#shared/domain/table/edition.ts";
import { tableNames } from "#shared/domain/table/tables.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { Context } from "../context.ts";
import { actAsDistrict } from "./act.ts";

export const tableSchema = z.strictObject({
  table: z.enum(tableNames),
  rows: z.array(z.unknown()).max(1000),
  note: z.string().max(200).default(""),
});

/** TB-1: sets a rule table of a street. Errors: `input.invalid` with the place of the first wrong cell, the rule's. */
export async function setTable(
  context: Context,
  street: string,
  input: z.output<typeof tableSchema>,
): Promise<Result<{ no: number }, DeskError>> {
  const body = tableSetSchema.safeParse({ ...input, was: null });
  if (!body.success) return fail(deskError("input.invalid", undefined, body.error.issues[0]?.path.join(".")));
  const done = await actAsDistrict(context, street, "table.district", body.data satisfies TableSet);
  if (!done.ok) return done;
  await context.audit("rules_set", null, `${street} ${input.table}`);
  return ok({ no: done.value.no });
}

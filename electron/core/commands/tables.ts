import type { ParsedOf } from "#shared/contract.ts";
import { readTable } from "#shared/domain/table/check.ts";
import { tableDigest } from "#shared/domain/table/edition.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { type Answer, act, type Desk } from "../desk.ts";
import { contextOf } from "../queries/tables.ts";
import { rowsOfTable } from "../store/tables.ts";

/** TB-1, TB-3. Errors: `table.wrong` with the first cell and how many more, `table.same`, those of the op. */
export function publishTable(
  desk: Desk,
  { table, cells, was, note }: ParsedOf<"table.publish">,
): Answer<"table.publish"> {
  const { rows, problems } = readTable(table, cells, contextOf(desk));
  const grave = problems.filter((one) => one.grave);
  const [first] = grave;
  if (first)
    return fail(
      deskError("table.wrong", { count: grave.length, row: (first.row ?? -1) + 1 }, first.column ?? undefined),
    );
  const present = rowsOfTable(desk.db, desk.defaults, table);
  if (was !== tableDigest(present)) return fail(deskError("table.changed"));
  if (was === tableDigest(rows)) return fail(deskError("table.same"));
  const done = act(desk, "table.set", { table, rows, was, note });
  return done.ok ? ok({ edition: done.value.state.head.edition }) : done;
}

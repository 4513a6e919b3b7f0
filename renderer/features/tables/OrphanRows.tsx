import { useAct } from "#renderer/bridge/use-desk.ts";
import { Button } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import { type TableName, tableKinds } from "#shared/domain/table/tables.ts";
import type { DeskError } from "#shared/errors.ts";
import { type Cells, withoutDeleted } from "./edits.ts";

/** Rows of a table that name a category which was taken out. */
export interface Orphans {
  readonly table: TableName;
  readonly count: number;
}

/** TB-11: how many rows of this table name a category that was taken out; once there are none, in which table to go on. */
export function OrphanRows(props: {
  readonly table: TableName;
  readonly own: number;
  readonly others: readonly Orphans[];
  /** As they are at the moment of asking. */
  readonly rows: () => Cells;
  readonly cleaned: (rest: ReturnType<typeof withoutDeleted>) => void;
  readonly failed: (error: DeskError) => void;
  readonly goTo: (table: TableName) => void;
}) {
  const t = useText();
  const { table, own, others, rows, cleaned, failed, goTo } = props;
  const { act: checkNow } = useAct("table.check");
  /** Proposed as edits; nothing counts before it is published. */
  const clean = async (): Promise<void> => {
    const looked = rows();
    const outcome = await checkNow({ table, cells: looked.map((row) => [...row]) });
    if (!outcome.ok) return failed(outcome.error);
    if (rows() !== looked) return clean();
    const spots = outcome.value.problems.filter(({ problem }) => problem === "deleted_ref");
    if (spots.length > 0) cleaned(withoutDeleted(table, looked, spots));
  };
  const [next] = others;
  if (own > 0)
    return (
      <p className="tables-stale tables-choices">
        {t("tables.orphans", { count: own })}
        <Button hotkey={hotkeys.rules.orphans} keyLabel={t("tables.orphans.clean")} onPress={() => void clean()}>
          {t("tables.orphans.clean")}
        </Button>
      </p>
    );
  if (!next) return null;
  const named = others.map((one) =>
    t("tables.orphans.of", { table: say(tableKinds[one.table].name), count: one.count }),
  );
  return (
    <p className="tables-stale tables-choices">
      {t("tables.orphans.elsewhere", { tables: named.join(t("tables.between")) })}
      <Button hotkey={hotkeys.rules.orphans} keyLabel={t("tables.orphans.next")} onPress={() => goTo(next.table)}>
        {t("tables.orphans.go", { table: say(tableKinds[next.table].name) })}
      </Button>
    </p>
  );
}

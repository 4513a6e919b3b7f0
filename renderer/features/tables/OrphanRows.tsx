import { Button } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import { type TableName, tableKinds } from "#shared/domain/table/tables.ts";

/** Rows of a table that name a category which was taken out. */
export interface Orphans {
  readonly table: TableName;
  readonly count: number;
}

/** TB-11: how many rows of this table name a category that was taken out; once there are none, in which table to go on. */
export function OrphanRows(props: {
  readonly own: number;
  readonly others: readonly Orphans[];
  readonly clean: () => void;
  readonly goTo: (table: TableName) => void;
}) {
  const t = useText();
  const { own, others, clean, goTo } = props;
  const [next] = others;
  if (own > 0)
    return (
      <p className="tables-stale tables-choices">
        {t("tables.orphans", { count: own })}
        <Button hotkey={hotkeys.rules.orphans} keyLabel={t("tables.orphans.clean")} onPress={clean}>
          {t("tables.orphans.clean")}
        </Button>
      </p>
    );
  if (!next) return null;
  const named = others.map(({ table, count }) => t("tables.orphans.of", { table: say(tableKinds[table].name), count }));
  return (
    <p className="tables-stale tables-choices">
      {t("tables.orphans.elsewhere", { tables: named.join(t("tables.between")) })}
      <Button hotkey={hotkeys.rules.orphans} keyLabel={t("tables.orphans.next")} onPress={() => goTo(next.table)}>
        {t("tables.orphans.go", { table: say(tableKinds[next.table].name) })}
      </Button>
    </p>
  );
}

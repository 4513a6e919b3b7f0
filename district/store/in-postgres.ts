/** Raises in PostgreSQL what RAISE(ABORT, …) raises in SQLite. */
export const refuseChange = `
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;`;

const guard = /CREATE TRIGGER (\w+) BEFORE (UPDATE|DELETE) ON (\w+) BEGIN SELECT RAISE\(ABORT, ('[^']*')\); END;/g;

/**
 * A migration in the words of PostgreSQL. They are written in what both understand but for three things: a whole number has
 * 64 bits, a table has no kind, and a table that only grows is guarded by a function (against TRUNCATE too).
 */
export const inPostgres = (sql: string): string =>
  sql
    .replaceAll(/\bINTEGER\b/g, "BIGINT")
    .replaceAll(/\) STRICT(, WITHOUT ROWID)?;/g, ");")
    .replaceAll(guard, (_all, name, change, table, words) => {
      const also = change === "DELETE" ? " OR TRUNCATE" : "";
      return `CREATE TRIGGER ${name} BEFORE ${change}${also} ON ${table} EXECUTE FUNCTION refuse_change(${words});`;
    });

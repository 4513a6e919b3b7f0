import Sqlite from "better-sqlite3";

/**
 * The control of `district-kill.test.ts`, loaded into a district before its own code: what an op changed is written a moment
 * after the transaction that gave the op its number.
 */
const { prepare } = Sqlite.prototype;
Sqlite.prototype.prepare = function (this: Sqlite.Database, text: string) {
  const statement = prepare.call(this, text);
  if (!/^insert into "entity"/i.test(text)) return statement;
  const run = statement.run.bind(statement) as (...values: unknown[]) => Sqlite.RunResult;
  statement.run = ((...values: unknown[]) => {
    setTimeout(() => this.open && run(...values), 300);
    return { changes: 1, lastInsertRowid: 0 };
  }) as typeof statement.run;
  return statement;
} as typeof prepare;

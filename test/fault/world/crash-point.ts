import type Sqlite from "better-sqlite3";

/** The process is gone at this very statement. */
export class Killed extends Error {
  constructor() {
    super("killed");
  }
}

/** Counts the statements of a database, and kills its process at the one that was chosen, or at every later one. */
export interface CrashPoint {
  /** Dies at the n-th statement from now. */
  arm(statements: number): void;
  /** From now on nothing reaches the database any more. */
  die(): void;
  readonly dead: boolean;
}

/**
 * Puts a crash point under a connection. A kill inside a transaction leaves what a killed process leaves: nothing of it;
 * the suite of real kills (`crash.test.ts`) shows that this is so.
 */
export function layCrashPoint(db: Sqlite.Database, onDeath: () => void): CrashPoint {
  let left = Number.POSITIVE_INFINITY;
  let dead = false;
  const die = () => {
    if (dead) return;
    dead = true;
    onDeath();
  };
  const pass = () => {
    if (!dead && --left <= 0) die();
    if (dead) throw new Killed();
  };
  const prepare = db.prepare.bind(db) as (text: string) => Sqlite.Statement;
  db.prepare = ((text: string) => {
    if (dead) throw new Killed();
    const statement = prepare(text);
    for (const name of ["run", "get", "all"] as const) {
      const real = statement[name].bind(statement) as (...values: unknown[]) => unknown;
      Object.defineProperty(statement, name, {
        value: (...values: unknown[]) => {
          pass();
          return real(...values);
        },
      });
    }
    return statement;
  }) as typeof db.prepare;
  return {
    arm(statements) {
      left = statements;
    },
    die,
    get dead() {
      return dead;
    },
  };
}

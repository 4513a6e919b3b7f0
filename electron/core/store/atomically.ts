import type { Result } from "#shared/lib/result.ts";
import type { Db } from "./database.ts";

class Undo<E> extends Error {
  readonly failure: E;
  constructor(failure: E) {
    super("undo");
    this.failure = failure;
  }
}

/** Runs work in one transaction; a failure that it answers undoes what it wrote before. */
export function atomically<T, E>(db: Db, work: () => Result<T, E>): Result<T, E> {
  try {
    return db.transaction(() => {
      const done = work();
      if (!done.ok) throw new Undo(done.error);
      return done;
    })();
  } catch (error) {
    if (error instanceof Undo) return { ok: false, error: error.failure as E };
    throw error;
  }
}

import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, type Result } from "#shared/lib/result.ts";
import { type Db, readFailure, transact } from "./database.ts";

class Undo extends Error {
  readonly failure: DeskError;
  constructor(failure: DeskError) {
    super("undo");
    this.failure = failure;
  }
}

/** Runs work in one transaction; a failure that it answers undoes what it wrote before, and so does a full disk. */
export function atomically<T>(db: Db, work: () => Result<T, DeskError>): Result<T, DeskError> {
  try {
    return transact(db, () => {
      const done = work();
      if (!done.ok) throw new Undo(done.error);
      return done;
    });
  } catch (error) {
    if (error instanceof Undo) return fail(error.failure);
    if (readFailure(error) === "profile.disk_full") return fail(deskError("profile.disk_full"));
    throw error;
  }
}

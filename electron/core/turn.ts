import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";

/** Lets the core hear what has come meanwhile, before work that is done in portions goes on. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const answersUnderWay = new WeakMap<object, number>();

/** Whether an answer is being found in portions: what nobody waits for lets it come to its end first. */
export const isAnswering = (db: object): boolean => (answersUnderWay.get(db) ?? 0) > 0;

/** An answer that is found in portions, each `yield` the end of one: a person's next step waits for one portion only. Fails when the desk was closed meanwhile. */
export async function inPortions<T>(
  { db }: { readonly db: { readonly open: boolean } },
  portions: Generator<void, T>,
): Promise<Result<T, DeskError>> {
  const count = (more: number) => answersUnderWay.set(db, (answersUnderWay.get(db) ?? 0) + more);
  count(1);
  try {
    for (let portion = portions.next(); ; portion = portions.next()) {
      if (portion.done) return ok(portion.value);
      await turn();
      if (!db.open) return fail(deskError("core.lost"));
    }
  } finally {
    count(-1);
  }
}

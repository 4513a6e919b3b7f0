import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";

/** Lets the core hear what has come meanwhile, before work that is done in portions goes on. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An answer that is found in portions, each `yield` the end of one: a person's next step waits for one portion only. Fails when the desk was closed meanwhile. */
export async function inPortions<T>(
  { db }: { readonly db: { readonly open: boolean } },
  portions: Generator<void, T>,
): Promise<Result<T, DeskError>> {
  for (let portion = portions.next(); ; portion = portions.next()) {
    if (portion.done) return ok(portion.value);
    await turn();
    if (!db.open) return fail(deskError("core.lost"));
  }
}

import type { ParsedOf } from "#shared/contract.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { newId } from "../desk.ts";
import type { CorePorts } from "../ports.ts";
import { createSecret, writeSecret } from "../session/secret.ts";
import { record } from "../store/commit.ts";
import type { Db } from "../store/database.ts";
import { writeMeta } from "../store/meta.ts";
import { readDivision } from "../tables.ts";

/** Turns a new profile into the desk of a street with its first officers: all in one transaction. */
export async function setUpDesk(
  ports: CorePorts,
  db: Db,
  input: ParsedOf<"setup.desk">,
): Promise<Result<Record<string, never>, DeskError>> {
  if (!readDivision(ports.resourcesDir).streets.some(({ code }) => code === input.street))
    return fail(deskError("setup.unknown_street", undefined, "street"));
  if (!input.officers.some(({ grade }) => grade === "admin" || grade === "leader"))
    return fail(deskError("input.invalid", undefined, "officers"));
  const people = await Promise.all(
    input.officers.map(async ({ pin, ...person }) => ({ person, ...(await createSecret(pin, ports.randomBytes)) })),
  );
  const at = ports.now();
  return db.transaction(() => {
    writeMeta(db, "street", input.street);
    writeMeta(db, "deskName", input.deskName);
    writeMeta(db, "since", String(at));
    for (const { person, secret, publicKey } of people) {
      const id = newId(ports);
      const body = { ...person, id, pool: "full_time" as const, post: "", active: true, publicKey };
      const done = record(db, "officer.put", body, {
        by: "setup",
        at,
        street: input.street,
        newId: () => newId(ports),
      });
      if (!done.ok) throw new Error(`set-up refused its own officer: ${done.error.id}`);
      writeSecret(db, id, secret);
    }
    return ok({});
  })();
}

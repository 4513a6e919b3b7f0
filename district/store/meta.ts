import type { Db, Store } from "./open.ts";

export interface Identity {
  readonly serverId: string;
  readonly epoch: string;
  readonly name: string;
}

/** Name and streets of a district, in the form of `resources/districts`. */
export interface Divisions {
  readonly district: { readonly name: string };
  readonly streets: readonly { readonly code: string; readonly name: string }[];
}

/** Whether no district was ever started on this store. */
export const isNew = async ({ db }: Store): Promise<boolean> => (await metaOf(db, "serverId")) === undefined;

/** Reads who this district is; the first time it is made up and written down. Streets that are new are added. */
export function readIdentity(store: Store, divisions: Divisions, makeId: () => string): Promise<Identity> {
  return store.write(async (db) => {
    const made = [
      { key: "serverId", value: makeId() },
      { key: "epoch", value: makeId() },
      { key: "name", value: `${divisions.district.name}治理中心` },
    ];
    await db
      .insertInto("meta")
      .values(made)
      .onConflict((on) => on.doNothing())
      .execute();
    const streets = divisions.streets.map(({ code, name }) => ({ code, name }));
    if (streets.length > 0)
      await db
        .insertInto("street")
        .values(streets)
        .onConflict((on) => on.doNothing())
        .execute();
    const read = async (key: string) => (await metaOf(db, key)) ?? "";
    return { serverId: await read("serverId"), epoch: await read("epoch"), name: await read("name") };
  });
}

/** PR-6: the data came back from a backup, so numbers may be given a second time: a new epoch says so to every desk. */
export async function startEpoch({ db }: Store, epoch: string): Promise<void> {
  await db.updateTable("meta").set({ value: epoch }).where("key", "=", "epoch").execute();
}

export interface Street {
  readonly code: string;
  readonly name: string;
}
export const streetsOf = (db: Db): Promise<Street[]> =>
  db.selectFrom("street").select(["code", "name"]).orderBy("code").execute();
export const streetOf = (db: Db, code: string): Promise<Street | undefined> =>
  db.selectFrom("street").select(["code", "name"]).where("code", "=", code).executeTakeFirst();

async function metaOf(db: Db, key: string): Promise<string | undefined> {
  return (await db.selectFrom("meta").select("value").where("key", "=", key).executeTakeFirst())?.value;
}

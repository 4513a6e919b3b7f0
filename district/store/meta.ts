import type { Db } from "./open.ts";

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

/** Reads who this district is; the first time it is made up and written down. Streets that are new are added. */
export function readIdentity(db: Db, divisions: Divisions, makeId: () => string): Identity {
  const put = db.prepare("INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)");
  const addStreet = db.prepare("INSERT OR IGNORE INTO street (code, name) VALUES (?, ?)");
  db.transaction(() => {
    put.run("serverId", makeId());
    put.run("epoch", makeId());
    put.run("name", `${divisions.district.name}治理中心`);
    for (const street of divisions.streets) addStreet.run(street.code, street.name);
  }).immediate();
  return { serverId: meta(db, "serverId"), epoch: meta(db, "epoch"), name: meta(db, "name") };
}

/** PR-6: the data came back from a backup, so numbers may be given a second time: a new epoch says so to every desk. */
export function startEpoch(db: Db, epoch: string): void {
  db.prepare("UPDATE meta SET value = ? WHERE key = 'epoch'").run(epoch);
}

export interface Street {
  readonly code: string;
  readonly name: string;
}
export const streetsOf = (db: Db): Street[] =>
  db.prepare("SELECT code, name FROM street ORDER BY code").all() as Street[];
export const streetOf = (db: Db, code: string): Street | undefined =>
  db.prepare("SELECT code, name FROM street WHERE code = ?").get(code) as Street | undefined;

function meta(db: Db, key: string): string {
  return (db.prepare("SELECT value FROM meta WHERE key = ?").get(key) as { value: string }).value;
}

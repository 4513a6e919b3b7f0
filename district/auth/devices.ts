import type { Selectable } from "kysely";
import { districtDevice } from "#shared/op/op.ts";
import { readNextSeq } from "../ledger/known.ts";
import type { Db } from "../store/open.ts";
import type { Tables } from "../store/tables.ts";

export interface Device {
  readonly id: string;
  readonly street: string;
  readonly letter: string;
  readonly name: string;
  /** Raw Ed25519 key, base64. */
  readonly publicKey: string;
  readonly sample: boolean;
  readonly revoked: boolean;
  /** The number that the next op of this desk must have (PR-8). */
  readonly nextSeq: number;
}

const read = (row: Selectable<Tables["device"]> | undefined): Device | undefined =>
  row && {
    id: row.id,
    street: row.street,
    letter: row.letter,
    name: row.name,
    publicKey: row.public_key,
    sample: row.sample === 1,
    revoked: row.revoked_at !== null,
    nextSeq: row.next_seq,
  };

export const deviceOf = async (db: Db, id: string): Promise<Device | undefined> =>
  read(await db.selectFrom("device").selectAll().where("id", "=", id).executeTakeFirst());

export const deviceOfKey = async (db: Db, publicKey: string): Promise<Device | undefined> =>
  read(await db.selectFrom("device").selectAll().where("public_key", "=", publicKey).executeTakeFirst());

/** Within a transaction that holds the street: its desks are lettered one after the other. */
export async function addDevice(
  db: Db,
  device: Pick<Device, "id" | "street" | "name" | "publicKey" | "sample">,
  at: number,
): Promise<Device> {
  const { count } = await db
    .selectFrom("device")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("street", "=", device.street)
    .where("id", "<>", districtDevice(device.street))
    .executeTakeFirstOrThrow();
  const letter = letterOf(count);
  const { id, street, name, publicKey: public_key, sample } = device;
  const row = { id, street, letter, name, public_key, sample: sample ? 1 : 0, enrolled_at: at };
  await db.insertInto("device").values(row).execute();
  return { ...device, letter, revoked: false, nextSeq: 1 };
}

/**
 * The next running number of the district's own device in a street; the device is made with the first one. It has no key and
 * counts as revoked: nobody can sign as the district.
 */
export async function districtSeq(db: Db, street: string, at: number): Promise<number> {
  const id = districtDevice(street);
  await db
    .insertInto("device")
    .values({ id, street, letter: "区", name: "区中心", public_key: id, sample: 0, enrolled_at: at, revoked_at: at })
    .onConflict((on) => on.doNothing())
    .execute();
  return readNextSeq(db, id);
}

export async function revokeDevice(db: Db, id: string, at: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("device")
    .set({ revoked_at: at })
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** A…Z, AA, AB… by order of enrolment in the street. */
export function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

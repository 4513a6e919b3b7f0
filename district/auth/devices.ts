import { districtDevice } from "#shared/op/op.ts";
import type { Db } from "../store/open.ts";

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

interface Row {
  id: string;
  street: string;
  letter: string;
  name: string;
  public_key: string;
  sample: number;
  revoked_at: number | null;
  next_seq: number;
}

const read = (row: Row | undefined): Device | undefined =>
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

export const deviceOf = (db: Db, id: string): Device | undefined =>
  read(db.prepare("SELECT * FROM device WHERE id = ?").get(id) as Row | undefined);

export const deviceOfKey = (db: Db, publicKey: string): Device | undefined =>
  read(db.prepare("SELECT * FROM device WHERE public_key = ?").get(publicKey) as Row | undefined);

export function addDevice(
  db: Db,
  device: Pick<Device, "id" | "street" | "name" | "publicKey" | "sample">,
  at: number,
): Device {
  const { count } = db
    .prepare("SELECT count(*) AS count FROM device WHERE street = ? AND id <> ?")
    .get(device.street, districtDevice(device.street)) as { count: number };
  const letter = letterOf(count);
  db.prepare(
    "INSERT INTO device (id, street, letter, name, public_key, sample, enrolled_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
  ).run(device.id, device.street, letter, device.name, device.publicKey, device.sample ? 1 : 0, at);
  return { ...device, letter, revoked: false, nextSeq: 1 };
}

/**
 * The next running number of the district's own device in a street; the device is made with the first one. It has no key and
 * counts as revoked: nobody can sign as the district.
 */
export function districtSeq(db: Db, street: string, at: number): number {
  const id = districtDevice(street);
  db.prepare(
    `INSERT OR IGNORE INTO device (id, street, letter, name, public_key, sample, enrolled_at, revoked_at)
     VALUES (?, ?, '区', '区中心', ?, 0, ?, ?)`,
  ).run(id, street, id, at, at);
  return (db.prepare("SELECT next_seq FROM device WHERE id = ?").get(id) as { next_seq: number }).next_seq;
}

export const revokeDevice = (db: Db, id: string, at: number): boolean =>
  db.prepare("UPDATE device SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL").run(at, id).changes === 1;

/** A…Z, AA, AB… by order of enrolment in the street. */
export function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

import { districtDevice } from "#shared/op/op.ts";
import type { Store } from "../store/open.ts";

/** A desk asks at least this often while its link stands: after that it is no longer called online. */
const onlineMs = 60_000;

export interface Contact {
  readonly seenAt: number;
  /** Up to which number of the ledger it said that it holds its street. */
  readonly holdsNo: number;
}

/** When each desk was last heard, in memory; written down now and then, not with each request. */
export interface Contacts {
  heard(device: string, at: number, holdsNo?: number): void;
  write(): Promise<void>;
  /** PR-26: every street with its desks, the latest known of each. */
  overview(at: number): Promise<StreetStanding[]>;
}

export interface StreetStanding {
  readonly code: string;
  readonly name: string;
  readonly online: boolean;
  readonly lastContactAt: number | null;
  readonly openWhistles: number;
  /** The newest op of the street in the ledger, 0: none. A desk that holds as much holds all. */
  readonly lastNo: number;
  readonly desks: readonly {
    readonly letter: string;
    readonly name: string;
    readonly online: boolean;
    readonly lastContactAt: number | null;
    readonly holdsNo: number;
    readonly revoked: boolean;
  }[];
}

export function openContacts(store: Store): Contacts {
  const latest = new Map<string, Contact>();
  const unwritten = new Set<string>();
  return {
    heard(device, at, holdsNo = 0) {
      latest.set(device, { seenAt: at, holdsNo: Math.max(holdsNo, latest.get(device)?.holdsNo ?? 0) });
      unwritten.add(device);
    },
    async write() {
      const devices = [...unwritten];
      if (devices.length === 0) return;
      unwritten.clear();
      await store.write(async (db) => {
        for (const id of devices.toSorted()) {
          const { seenAt, holdsNo } = latest.get(id) as Contact;
          await db
            .updateTable("device")
            .set({ seen_at: seenAt, ...(holdsNo > 0 ? { holds_no: holdsNo } : {}) })
            .where("id", "=", id)
            .execute();
        }
      });
    },
    async overview(at) {
      const { db } = store;
      const streets = await db
        .selectFrom("street")
        .select((eb) => [
          "code",
          "name",
          eb
            .selectFrom("ledger")
            .select("ledger.no")
            .whereRef("ledger.street", "=", "street.code")
            .orderBy("ledger.no", "desc")
            .limit(1)
            .as("lastNo"),
        ])
        .orderBy("code")
        .execute();
      const devices = await db.selectFrom("device").selectAll().orderBy("enrolled_at").orderBy("id").execute();
      const whistles = await db
        .selectFrom("event_index")
        .select((eb) => ["street", eb.fn.countAll<number>().as("count")])
        .where("state", "=", "whistled")
        .groupBy("street")
        .execute();
      return streets.map(({ code, name, lastNo }) => {
        const desks = devices
          .filter((device) => device.street === code && device.id !== districtDevice(code))
          .map((device) => {
            const now = latest.get(device.id);
            const lastContactAt = now?.seenAt ?? device.seen_at;
            const revoked = device.revoked_at !== null;
            return {
              letter: device.letter,
              name: device.name,
              online: !revoked && lastContactAt !== null && at - lastContactAt <= onlineMs,
              lastContactAt,
              holdsNo: Math.max(now?.holdsNo ?? 0, device.holds_no),
              revoked,
            };
          });
        const heard = desks.flatMap(({ lastContactAt }) => lastContactAt ?? []);
        return {
          code,
          name,
          online: desks.some(({ online }) => online),
          lastContactAt: heard.length > 0 ? Math.max(...heard) : null,
          openWhistles: whistles.find(({ street }) => street === code)?.count ?? 0,
          lastNo: lastNo ?? 0,
          desks,
        };
      });
    },
  };
}

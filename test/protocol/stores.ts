import { randomBytes } from "node:crypto";
import pg from "pg";

/** Which store the suite runs on: `npm test` runs it on SQLite, and on PostgreSQL too where `DATABASE_URL` names a server. */
export const onPostgres = process.env.ZHISHOU_STORE === "postgres";

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A database of its own on the server of `DATABASE_URL`; nothing that was there before is touched. `undefined`: a file will do. */
export async function makeDatabase(): Promise<TestDatabase | undefined> {
  if (!onPostgres) return undefined;
  const server = process.env.ZHISHOU_TEST_DATABASE_URL ?? "";
  const name = `zhishou_test_${randomBytes(8).toString("hex")}`;
  const ask = async (text: string) => {
    const client = new pg.Client({ connectionString: server });
    client.on("error", () => {});
    await client.connect();
    await client.query(text).finally(() => client.end());
  };
  await ask(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = name;
  return { url: url.href, drop: () => ask(`DROP DATABASE ${name} WITH (FORCE)`) };
}

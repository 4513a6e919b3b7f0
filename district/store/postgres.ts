import { createHash } from "node:crypto";
import pg from "pg";
import { inPostgres, refuseChange } from "./in-postgres.ts";
import { migrations, NewerStore } from "./migrations/index.ts";

/** Connections of one district: its pushes hold one each for some milliseconds. */
const mostConnections = 12;
const connectLimitMs = 5_000;
/** Longest of one statement: a district that hangs on a lock says so instead of hanging with it. */
const statementLimitMs = 15_000;
/** Texts worth being kept ready by a connection, and how many of them. */
const mostReadyChars = 4_000;
const mostReady = 200;

/** Whole numbers of 64 bits as numbers. Throws where one would lose a digit. */
function wholeOf(text: string): number {
  const whole = Number(text);
  if (!Number.isSafeInteger(whole)) throw new Error(`${text} is more than a number holds`);
  return whole;
}
const types = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === pg.types.builtins.INT8 ? wholeOf : (pg.types.getTypeParser(oid, format as "text") as never),
};

/** PostgreSQL has no NUL in a text. Nobody writes one but to break something: it is kept as the sign that stands for it. */
const noNul = (value: unknown) => (typeof value === "string" ? value.replaceAll("\u0000", "\u2400") : value);

/** Statements that come again are parsed once a connection. */
class ReadyClient extends pg.Client {
  readonly #names = new Map<string, string>();
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of pg are not those of one function.
  override query(asked: any, values?: any, done?: any): any {
    if (typeof asked !== "string" || !Array.isArray(values)) return super.query(asked, values, done);
    const clean = values.map(noNul);
    const name = this.#nameOf(asked);
    return name === undefined
      ? super.query(asked, clean, done)
      : super.query({ name, text: asked, values: clean }, done);
  }
  #nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || text.length > mostReadyChars || this.#names.size >= mostReady) return known;
    const name = createHash("sha256").update(text).digest("base64url").slice(0, 24);
    this.#names.set(text, name);
    return name;
  }
}

/**
 * Connects to the district's database and brings it up to date. Throws when what is answered "committed" would not be on
 * disk: a setting of the server, the database or the role may say `synchronous_commit = off`.
 */
export async function openPostgres(url: string, log: (line: string) => void): Promise<pg.Pool> {
  const pool = new pg.Pool({
    connectionString: url,
    Client: ReadyClient as never,
    max: mostConnections,
    connectionTimeoutMillis: connectLimitMs,
    statement_timeout: statementLimitMs,
    idle_in_transaction_session_timeout: statementLimitMs,
    application_name: "zhishou-district",
    options: "-c synchronous_commit=on -c client_min_messages=warning",
    types,
  });
  // A connection that breaks is no reason to end: whoever asks something over it is told, and the next is a new one.
  pool.on("error", (error) => log(`PostgreSQL: ${error.message}`));
  pool.on("connect", (client) => void client.on("error", () => {}));
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ synchronous_commit: string }>("SHOW synchronous_commit");
    const real = rows[0]?.synchronous_commit;
    if (real !== "on" && real !== "remote_apply")
      throw new Error(`PostgreSQL runs with synchronous_commit = ${real}, not on`);
    await migrate(client);
    client.release();
  } catch (error) {
    client.release(true);
    await pool.end();
    throw error;
  }
  return pool;
}

async function migrate(client: pg.PoolClient): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(
      "CREATE TABLE IF NOT EXISTS store_version (one BIGINT PRIMARY KEY CHECK (one = 1), no BIGINT NOT NULL)",
    );
    await client.query("INSERT INTO store_version VALUES (1, 0) ON CONFLICT DO NOTHING");
    // The row is the lock: two that start at once bring it up to date one after the other.
    const { rows } = await client.query<{ no: number }>("SELECT no FROM store_version FOR UPDATE");
    const version = rows[0]?.no ?? 0;
    if (version > migrations.length) throw new NewerStore(version);
    if (version === 0) await client.query(refuseChange);
    for (const { sql, postgres = "" } of migrations.slice(version)) await client.query(inPostgres(sql) + postgres);
    if (version < migrations.length) await client.query("UPDATE store_version SET no = $1", [migrations.length]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

import type { Server } from "node:https";
import type { FastifyInstance } from "fastify";
import { type AttachmentBounds, attachmentBoundsSchema } from "#shared/domain/attachment/bounds.ts";
import { dayMs, hourMs, minuteMs } from "#shared/lib/time.ts";
import { showCode } from "#shared/protocol/code.ts";
import defaults from "../resources/defaults/attachments.json" with { type: "json" };
import { openContents } from "./attachments/contents.ts";
import { openUploads } from "./attachments/uploads.ts";
import { caPartOf, fingerprintOf, readCa, readServerCert } from "./auth/ca.ts";
import { countTries, makeCode } from "./auth/codes.ts";
import { readReceiptKey } from "./auth/receipt-key.ts";
import { openNonces } from "./auth/signature.ts";
import type { Context } from "./context.ts";
import { checkServer, keepPort, type Listener, lastPort, lockDataDir, openDataDir, storeFile } from "./data-dir.ts";
import { buildApp } from "./http/app.ts";
import { openBell } from "./ledger/bell.ts";
import { openGate } from "./ledger/gate.ts";
import { readNextSeq } from "./ledger/known.ts";
import { openHead, openPull } from "./ledger/pull.ts";
import { openPush } from "./ledger/push.ts";
import { openWitness } from "./ledger/witness.ts";
import { openContacts } from "./operator/contacts.ts";
import { readToken } from "./operator/token.ts";
import { buildPage } from "./page/page.ts";
import { openAudit } from "./store/audit.ts";
import { type Divisions, isNew, readIdentity, type Street, startEpoch, streetOf, streetsOf } from "./store/meta.ts";
import { openStore, type Place, type Store } from "./store/open.ts";

export interface DistrictOptions {
  readonly dataDir: string;
  /** Where the ledger is, if not in a file of the folder: the address of a PostgreSQL database. */
  readonly databaseUrl?: string | undefined;
  /** 0: the port it had before if that is free, else any. */
  readonly port: number;
  /** Where the operator's page listens; 0 as for `port`. Without, there is no page. */
  readonly pagePort?: number | undefined;
  readonly divisions: Divisions;
  readonly allowSample: boolean;
  readonly restored: boolean;
  /** What a street may keep here; without, the default of the product. */
  readonly attachments?: AttachmentBounds["district"];
  readonly now: () => number;
  readonly monotonic: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly log: (line: string) => void;
}

export interface District {
  readonly url: string;
  /** Of the operator's page; `null`: it has none. */
  readonly pageUrl: string | null;
  readonly serverId: string;
  readonly epoch: string;
  /** SHA-256 of the CA certificate, hex. */
  readonly fingerprint: string;
  readonly isNew: boolean;
  readonly streets: readonly Street[];
  /** A fresh one-time code of a street, as people read it; `undefined`: no such street. */
  makeCode(street: string): Promise<string | undefined>;
  /** Answers what is being asked, then closes everything. */
  close(): Promise<void>;
}

/** Starts a district centre on loopback. Throws when the folder or the port cannot be used. */
export async function startDistrict(options: DistrictOptions): Promise<District> {
  const { dataDir } = options;
  openDataDir(dataDir);
  const unlock = lockDataDir(dataDir);
  let store: Store | undefined;
  try {
    store = await openStore(placeOf(options), options.log);
    return await startOver(options, store, unlock);
  } catch (error) {
    await store?.close();
    unlock();
    throw error;
  }
}

async function startOver(options: DistrictOptions, store: Store, unlock: () => void): Promise<District> {
  const { dataDir, now } = options;
  const fresh = await isNew(store);
  if (fresh) checkServer(dataDir, null);
  const ca = await readCa(dataDir, now);
  const audit = openAudit(store.db, now);
  if (options.restored) {
    await startEpoch(store, idOf(options.randomBytes));
    await audit("epoch", null, "restored");
  }
  const identity = await readIdentity(store, options.divisions, () => idOf(options.randomBytes));
  checkServer(dataDir, identity.serverId);
  const bounds = options.attachments ?? attachmentBoundsSchema.parse(defaults).district;
  const randomId = () => idOf(options.randomBytes);
  const contents = openContents({ db: store.db, dataDir, bounds, now, audit });
  const uploads = openUploads({ dataDir, contents, bounds, randomId });
  const bell = openBell();
  const contacts = openContacts(store);
  const gate = openGate();
  const context: Context = {
    store,
    identity,
    ca,
    allowSample: options.allowSample,
    operatorToken: readToken(dataDir, options.randomBytes),
    now,
    monotonic: options.monotonic,
    randomId,
    head: openHead(store),
    push: openPush(store, audit),
    pull: openPull(store),
    witness: openWitness(store, identity, readReceiptKey(dataDir), audit),
    contacts,
    contents,
    uploads,
    bell,
    gate,
    nextSeq: (device) => readNextSeq(store.db, device),
    nonces: openNonces(),
    tries: countTries(options.monotonic),
    audit,
    log: options.log,
  };
  const app = buildApp(context, await readServerCert(dataDir, ca, now));
  const page = options.pagePort === undefined ? null : buildPage(context);
  const renew = setInterval(async () => {
    const tls = await readServerCert(dataDir, ca, now);
    (app.server as unknown as Server).setSecureContext({ ...tls, minVersion: "TLSv1.2" });
  }, dayMs).unref();

  const sweep = () => uploads.sweep().catch((error: unknown) => options.log(`uploads not swept: ${String(error)}`));
  await sweep();
  const sweeping = setInterval(sweep, hourMs).unref();
  const keep = () =>
    contacts.write().catch((error: unknown) => options.log(`last contacts not written: ${String(error)}`));
  const keeping = setInterval(keep, minuteMs).unref();

  /** Answers what is being asked, and hears no more. */
  async function hush() {
    clearInterval(renew);
    clearInterval(sweeping);
    clearInterval(keeping);
    bell.close();
    gate.close();
    await Promise.all([app.close(), page?.close()]);
    await keep();
  }

  try {
    const port = await listen(app, options.port, dataDir, "port");
    const pagePort = page && (await listen(page, options.pagePort ?? 0, dataDir, "page-port"));
    await audit("started", null, `port ${port}, ${store.kind}`);
    // Made slowly on purpose (it is a key derivation): at the first code, not at each start.
    let caPart: string | undefined;
    return {
      url: `https://127.0.0.1:${port}`,
      pageUrl: pagePort === null ? null : `http://127.0.0.1:${pagePort}/`,
      serverId: identity.serverId,
      epoch: identity.epoch,
      fingerprint: fingerprintOf(ca.cert),
      isNew: fresh,
      streets: await streetsOf(store.db),
      makeCode(street) {
        caPart ??= caPartOf(ca.cert);
        return freshCode(store, street, caPart, options);
      },
      async close() {
        await hush();
        await audit("stopped", null, "").catch((error: unknown) => options.log(`not written: ${String(error)}`));
        await store.close();
        unlock();
      },
    };
  } catch (error) {
    await hush();
    throw error;
  }
}

/** The ledger is in a file of the folder, unless a database is named. */
export const placeOf = ({ dataDir, databaseUrl }: Pick<DistrictOptions, "dataDir" | "databaseUrl">): Place =>
  databaseUrl ? { url: databaseUrl } : { file: storeFile(dataDir) };

async function listen(app: FastifyInstance, asked: number, dataDir: string, of: Listener): Promise<number> {
  const bind = (port: number) => app.listen({ host: "127.0.0.1", port });
  const before = asked === 0 ? lastPort(dataDir, of) : asked;
  try {
    await bind(before);
  } catch (error) {
    if (asked !== 0 || before === 0) throw error;
    await bind(0);
  }
  const address = app.server.address();
  const port = typeof address === "object" && address ? address.port : asked;
  keepPort(dataDir, port, of);
  return port;
}

/** Makes one code in the store of a running or stopped district. */
export async function makeCodeIn(options: DistrictOptions, street: string): Promise<string | undefined> {
  openDataDir(options.dataDir);
  const ca = await readCa(options.dataDir, options.now);
  const store = await openStore(placeOf(options));
  try {
    await readIdentity(store, options.divisions, () => idOf(options.randomBytes));
    return await freshCode(store, street, caPartOf(ca.cert), options);
  } finally {
    await store.close();
  }
}

function freshCode(
  store: Store,
  street: string,
  caPart: string,
  { now, randomBytes }: DistrictOptions,
): Promise<string | undefined> {
  return store.write(async (db) => {
    if (!(await streetOf(db, street))) return undefined;
    const code = await makeCode(db, street, now(), randomBytes);
    await openAudit(db, now)("code_made", null, street);
    return showCode(code, caPart);
  });
}

const idOf = (randomBytes: (length: number) => Uint8Array): string => Buffer.from(randomBytes(16)).toString("hex");

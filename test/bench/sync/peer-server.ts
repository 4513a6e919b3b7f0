/**
 * The other end of the peers, in a process of its own: what CouchDB answers to PouchDB's replication (over a PouchDB that keeps
 * the documents on disk), and a push and a pull for RxDB (in memory). Prints its port.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { loadPeer } from "#test/bench/peers.ts";

// biome-ignore lint/suspicious/noExplicitAny: the peers' types are not installed with the product
type Any = any;

const [, , folder = ""] = process.argv;
const { default: PouchDB } = await loadPeer<Any>("pouchdb");
const db = new PouchDB(join(folder, "server"));
const rows: Any[] = [];

const read = async (request: IncomingMessage): Promise<Any> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return text ? JSON.parse(text) : {};
};

async function couch(request: IncomingMessage, url: URL): Promise<unknown> {
  const name = decodeURIComponent(url.pathname.replace(/^\/db\/?/, ""));
  const query = Object.fromEntries(url.searchParams);
  if (name === "") return db.info();
  if (name.startsWith("_local/")) {
    if (request.method === "PUT") return db.put({ ...(await read(request)), _id: name });
    return db.get(name);
  }
  if (name === "_revs_diff") return db.revsDiff(await read(request));
  if (name === "_bulk_docs") return db.bulkDocs((await read(request)).docs, { new_edits: false });
  if (name === "_changes")
    return db.changes({ since: Number(query.since ?? 0), limit: Number(query.limit ?? 100), style: query.style });
  if (name === "_bulk_get") return db.bulkGet({ ...(await read(request)), revs: true, latest: true });
  throw Object.assign(new Error(name), { status: 404 });
}

async function rx(request: IncomingMessage, url: URL): Promise<unknown> {
  if (url.pathname === "/rx/push") {
    for (const { newDocumentState } of (await read(request)).rows) {
      if (!rows.some(({ id }) => id === newDocumentState.id)) rows.push(newDocumentState);
    }
    return [];
  }
  const after = Number(url.searchParams.get("after"));
  const documents = rows.slice(after, after + Number(url.searchParams.get("limit")));
  return { documents, checkpoint: { after: after + documents.length } };
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? "/", "http://peer");
  try {
    const body = await (url.pathname.startsWith("/rx/") ? rx(request, url) : couch(request, url));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  } catch (thrown) {
    const error = thrown as Any;
    response
      .writeHead(error.status ?? 500, { "content-type": "application/json" })
      .end(JSON.stringify({ error: error.name, reason: error.message }));
  }
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(import.meta.dirname, "peers/package.json"));

/** Where a peer lies, as `npm run bench` fetched it. */
export const peerFolder = (name: string): string => join(import.meta.dirname, "peers/node_modules", name);

/** Loads a peer. Not an import statement: the product, its types and its checks never need the peers to be there. */
export const loadPeer = <T>(name: string): Promise<T> =>
  import(pathToFileURL(require.resolve(name)).href) as Promise<T>;

/** Version of a peer as installed, for the report. */
export const peerVersion = (name: string): string =>
  (JSON.parse(readFileSync(join(peerFolder(name), "package.json"), "utf8")) as { version: string }).version;

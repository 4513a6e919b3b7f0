import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { peerFolder } from "../peers.ts";
import { openProfile } from "./profile.ts";

const page = `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/leaflet.css">
<link rel="stylesheet" href="/markercluster.css"><style>body{margin:0}#map{width:1280px;height:800px}</style><div id="map"></div>
<script src="/leaflet.js"></script><script src="/markercluster.js"></script><script src="/measure.js"></script><script src="/peer.js"></script>`;

const here = (file: string) => join(import.meta.dirname, "pages", file);
const files: Readonly<Record<string, () => string>> = {
  "/leaflet.js": () => join(peerFolder("leaflet"), "dist/leaflet.js"),
  "/leaflet.css": () => join(peerFolder("leaflet"), "dist/leaflet.css"),
  "/markercluster.js": () => join(peerFolder("leaflet.markercluster"), "dist/leaflet.markercluster.js"),
  "/markercluster.css": () => join(peerFolder("leaflet.markercluster"), "dist/MarkerCluster.css"),
  "/supercluster.js": () => join(peerFolder("supercluster"), "dist/supercluster.min.js"),
  "/supercluster-worker.js": () => here("supercluster-worker.js"),
  "/measure.js": () => here("measure.js"),
  "/peer.js": () => here("peer.js"),
};

/** Twelve bytes for each asset of a desk: lng, lat, status. What a page that indexes by itself has to be given. */
function pointsOf(profile: string): Buffer {
  const db = openProfile(profile);
  const count = db.prepare("SELECT count(*) FROM asset").pluck().get() as number;
  const points = Buffer.alloc(count * 12);
  let at = 0;
  for (const [lng, lat, status] of db.prepare("SELECT lng, lat, status FROM asset").raw().iterate() as Iterable<
    [number, number, string]
  >) {
    points.writeFloatLE(lng, at);
    points.writeFloatLE(lat, at + 4);
    points[at + 8] = status === "ok" ? 0 : status === "fault" ? 1 : 2;
    at += 12;
  }
  db.close();
  return points;
}

export interface PeerServer {
  /** Address of the page of one design. */
  address(design: string): string;
  /** The rows were read and packed in so many ms: part of what a page that indexes by itself waits for. */
  readonly readMs: number;
  close(): void;
}

/** Serves the peers' pages and the same assets that the desk of `profile` has; without one, no assets. */
export async function servePeers(profile?: string): Promise<PeerServer> {
  const from = performance.now();
  const points = profile ? pointsOf(profile) : Buffer.alloc(0);
  const readMs = performance.now() - from;
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    if (path === "/points") response.end(points);
    else if (path === "/") response.setHeader("content-type", "text/html").end(page);
    else {
      const file = files[path];
      if (!file) response.writeHead(404).end();
      else
        response
          .setHeader("content-type", path.endsWith(".css") ? "text/css" : "text/javascript")
          .end(readFileSync(file()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: (design) => `http://127.0.0.1:${port}/?design=${design}`,
    readMs,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

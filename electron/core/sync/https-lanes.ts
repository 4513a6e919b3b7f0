import type * as undici from "undici";

/** Longest wait for a connection, TLS included. */
const connectMs = 4_000;
/** How long a connection at rest is kept: a little less than the district keeps it. */
const restMs = 50_000;

export interface Trust {
  /** Origin of the district. */
  readonly url: string;
  /** PEM of the one CA that is trusted; `null` only to ask who is there, before anything is told (see `enrol.ts`). */
  readonly ca: string | null;
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
  /** The desk has started; what nobody waits for may begin. */
  readonly started?: Promise<void> | undefined;
}

/** HTTP's code is large, and a start has a screen to fill first: it is read before the first connection. */
let code: typeof undici | undefined;

/**
 * Connections to one origin, one request on each at a time. A connection whose request was given up is never used again:
 * what still comes over it can reach nobody.
 */
export interface Lanes {
  /** Resolves when connections can be made. */
  ready(): Promise<void>;
  /** To be called when `ready` has resolved. */
  take(): undici.Client;
  /** The answer is whole: the connection may carry the next request. */
  giveBack(lane: undici.Client): void;
  drop(lane: undici.Client): void;
  close(): Promise<void>;
}

/** `connected` is told how long each connection took. */
export function openLanes({ url, ca, monotonic, started }: Trust, connected: (tookMs: number) => void): Lanes {
  const trust = ca === null ? { rejectUnauthorized: false } : { ca, rejectUnauthorized: true };
  let connector: undici.buildConnector.connector | undefined;
  const connect: undici.buildConnector.connector = (options, told) => {
    const startedAt = monotonic();
    connector?.(options, (...outcome) => {
      if (outcome[0] === null) connected(monotonic() - startedAt);
      told(...outcome);
    });
  };
  const idle: undici.Client[] = [];
  const all = new Set<undici.Client>();
  let closed = false;

  return {
    async ready() {
      if (connector) return;
      await started;
      code ??= await import("undici");
      // One connector for all: TLS sessions are resumed from lane to lane.
      connector ??= code.buildConnector({ ...trust, minVersion: "TLSv1.2", timeout: connectMs });
    },
    take() {
      const rested = idle.pop();
      if (rested) return rested;
      if (!code) throw new Error("A lane was taken before lanes were ready.");
      const lane = new code.Client(url, {
        connect,
        pipelining: 1,
        keepAliveTimeout: restMs,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      all.add(lane);
      return lane;
    },
    giveBack(lane) {
      if (!closed && !lane.destroyed) idle.push(lane);
    },
    drop(lane) {
      all.delete(lane);
      void lane.destroy();
    },
    async close() {
      closed = true;
      await Promise.all([...all].map((lane) => lane.destroy()));
    },
  };
}

import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";
import { drawer } from "#test/seed.ts";

/** A link between a desk and the district, played by a TCP proxy on loopback. */
export interface LinkKind {
  readonly name: string;
  readonly rttMs: number;
  /** Bytes per second each way; infinite: loopback as it is. */
  readonly bytesPerSecond: number;
  /** Bytes of a connection, both ways, after which it is reset. */
  readonly resetAfter?: readonly [least: number, most: number];
  /** Share of requests whose connection is reset while they are under way: of each hundred or so exactly one, at a drawn place. */
  readonly resetRequests?: number;
  /** Share of connections that stop answering without a word. */
  readonly silent?: number;
  /** Up and down by turns, from the first byte on. */
  readonly turns?: { readonly upMs: number; readonly downMs: number };
}

export const kbit = (count: number): number => (count * 1_000) / 8;
export const links = {
  perfect: { name: "perfect", rttMs: 0, bytesPerSecond: Number.POSITIVE_INFINITY },
  "3g": { name: "3g", rttMs: 300, bytesPerSecond: kbit(1_000) },
  bad: { name: "bad", rttMs: 600, bytesPerSecond: kbit(256), resetAfter: [64_000, 200_000], silent: 0.1 },
  wan: { name: "wan", rttMs: 200, bytesPerSecond: kbit(4_000), resetRequests: 0.01 },
  outage: { name: "outage", rttMs: 300, bytesPerSecond: kbit(1_000), turns: { upMs: 5_000, downMs: 15_000 } },
} as const satisfies Record<string, LinkKind>;

export interface Proxy {
  readonly port: number;
  /** Bytes carried towards the district, and back. */
  readonly carried: { up: number; down: number };
  /** Connections that were reset. */
  readonly broken: { count: number };
  /** For each return of the link: how long until the first byte of the desk was on its way. */
  readonly firstByteMs: number[];
  /** Begins the turns of an outage. */
  begin(): void;
  close(): Promise<void>;
}

const segmentBytes = 1_400;
/** What waits in the proxy for each connection and way before the sender has to wait. */
const bufferBytes = 32_000;

/** One way of the link: everything that goes this way shares its bandwidth, in the order in which it came. */
function openWay(link: LinkKind) {
  let freeAt = 0;
  return {
    /** When the last byte of a segment that is put in now will be at the other end. */
    arrivesAt(bytes: number, notBefore: number): number {
      const now = Math.max(performance.now(), notBefore);
      freeAt = Math.max(now, freeAt) + (bytes / link.bytesPerSecond) * 1_000;
      return freeAt + link.rttMs / 2;
    },
  };
}

/** Says for each request whether it is the one of its row that is drawn, so that no run goes without and none has too many. */
function openLots(share: number, draw: () => number): () => boolean {
  const row = share > 0 ? Math.round(1 / share) : 0;
  let left = 0;
  let lot = 0;
  return () => {
    if (row === 0) return false;
    if (left === 0) {
      left = row;
      lot = 1 + Math.floor(draw() * row);
    }
    return left-- === lot;
  };
}

export async function openProxy(link: LinkKind, targetPort: number, seed: number): Promise<Proxy> {
  const draw = drawer(seed);
  const isReset = openLots(link.resetRequests ?? 0, drawer(seed + 1));
  const up = openWay(link);
  const down = openWay(link);
  const carried = { up: 0, down: 0 };
  const firstByteMs: number[] = [];
  const broken = { count: 0 };
  const sockets = new Set<Socket>();
  let isUp = true;
  /** Connections of a former up-window are dead: nobody tells either end. */
  let window = 0;
  let returnedAt: number | null = null;
  let turning: ReturnType<typeof setTimeout> | undefined;

  function carry(from: Socket, to: Socket, way: "up" | "down", of: Connection): void {
    const line = way === "up" ? up : down;
    let queued = 0;
    from.on("data", (data: Buffer) => {
      if (!isUp || of.window !== window || of.isSilent) return;
      if (way === "up" && returnedAt !== null) {
        firstByteMs.push(performance.now() - returnedAt);
        returnedAt = null;
      }
      for (let at = 0; at < data.length; at += segmentBytes) {
        const part = data.subarray(at, at + segmentBytes);
        queued += part.length;
        carried[way] += part.length;
        const due = line.arrivesAt(part.length, of.openAt);
        const give = () => {
          queued -= part.length;
          if (queued < bufferBytes) from.resume();
          if (isUp && of.window === window && !of.isSilent && !to.destroyed) to.write(part);
        };
        const waitMs = due - performance.now();
        if (link.rttMs === 0) give();
        else setTimeout(give, waitMs);
      }
      // What goes up after something came down is another request.
      const isNew = way === "up" && of.last !== "up";
      of.last = way;
      if (isNew && isReset()) setTimeout(of.reset, draw() * 2 * link.rttMs);
      of.carried += data.length;
      if (of.carried > of.silentAfter) of.isSilent = true;
      if (of.carried > of.resetAfter) of.reset();
      if (queued > bufferBytes) from.pause();
    });
    from.on("error", () => {});
    from.on("close", () => {
      // What is still on its way arrives before the end does.
      setTimeout(() => to.destroy(), link.rttMs / 2);
    });
  }

  interface Connection {
    readonly window: number;
    readonly openAt: number;
    readonly resetAfter: number;
    readonly silentAfter: number;
    carried: number;
    last: "up" | "down";
    isSilent: boolean;
    reset(): void;
  }

  const server = createServer({ allowHalfOpen: false }, (desk) => {
    const district = connect(targetPort, "127.0.0.1");
    for (const socket of [desk, district]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    }
    const [least, most] = link.resetAfter ?? [0, 0];
    const isSilent = draw() < (link.silent ?? 0);
    const of: Connection = {
      window,
      // The handshake of TCP, which loopback does not know.
      openAt: performance.now() + link.rttMs,
      resetAfter: link.resetAfter ? least + draw() * (most - least) : Number.POSITIVE_INFINITY,
      silentAfter: isSilent ? draw() * 64_000 : Number.POSITIVE_INFINITY,
      carried: 0,
      last: "down",
      isSilent: false,
      reset() {
        broken.count++;
        desk.resetAndDestroy();
        district.resetAndDestroy();
      },
    };
    carry(desk, district, "up", of);
    carry(district, desk, "down", of);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    port: (server.address() as AddressInfo).port,
    carried,
    broken,
    firstByteMs,
    begin() {
      if (!link.turns) return;
      const { upMs, downMs } = link.turns;
      const fall = () => {
        isUp = false;
        turning = setTimeout(rise, downMs);
      };
      const rise = () => {
        isUp = true;
        window++;
        returnedAt = performance.now();
        turning = setTimeout(fall, upMs);
      };
      turning = setTimeout(fall, upMs);
    },
    async close() {
      clearTimeout(turning);
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

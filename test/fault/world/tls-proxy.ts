import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { Dice } from "./dice.ts";

/** A TCP proxy between a desk and the real district that breaks connections as its dice say, until it heals. */
export interface FaultProxy {
  readonly port: number;
  /** Connections that were broken. */
  readonly broken: number;
  /** Bytes that desks have sent through it. */
  readonly sent: number;
  /** From now on everything gets through; what was broken is gone. */
  heal(): void;
  close(): Promise<void>;
}

type Fault = "reset" | "silence" | "cut" | "none";

/** `reach`: bytes that a connection carries before it is broken off, both ways together; without, as short as for ops. */
export async function openFaultProxy(
  target: number,
  dice: Dice,
  reach?: readonly [number, number],
): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  let healed = false;
  let broken = 0;
  let sent = 0;

  const server = createServer((desk) => {
    const district = connect(target, "127.0.0.1");
    for (const socket of [desk, district]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.once("close", () => sockets.delete(socket));
    }
    const fault: Fault = healed
      ? "none"
      : reach
        ? "reset"
        : dice.pick(["reset", "cut", "cut", "cut", "cut", "cut", "silence", "none"] as const);
    // A handshake is about two thousand bytes each way: some break in it, some with the first answer, some later.
    let left = reach ? dice.between(...reach) : dice.between(500, 9_000);
    let answersLeft = dice.between(1_500, 3_500);
    const delayMs = healed || reach ? 0 : dice.pick([0, 0, 20, 80]);
    let silent = false;
    const carry = (from: Socket, to: Socket, isAnswer: boolean) => {
      from.on("data", (data: Buffer) => {
        if (silent) return;
        if (!isAnswer) sent += data.length;
        left -= data.length;
        if (isAnswer) answersLeft -= data.length;
        if (!healed && fault === "cut" && answersLeft <= 0) {
          broken++;
          // The district has done what it was asked; its answer ends in the middle.
          to.write(data.subarray(0, data.length >> 1), end);
          return;
        }
        if (!healed && left <= 0 && (fault === "reset" || fault === "silence")) {
          broken++;
          if (fault === "reset") end();
          else silent = true;
          return;
        }
        setTimeout(() => {
          if (!to.destroyed) to.write(data);
        }, delayMs);
      });
      from.on("close", () => setTimeout(() => to.destroy(), delayMs));
    };
    const end = () => {
      desk.resetAndDestroy();
      district.resetAndDestroy();
    };
    carry(desk, district, false);
    carry(district, desk, true);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get broken() {
      return broken;
    },
    get sent() {
      return sent;
    },
    heal() {
      healed = true;
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

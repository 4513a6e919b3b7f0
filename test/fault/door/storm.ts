import { once } from "node:events";
import { connect, createSecureContext, type TLSSocket } from "node:tls";
import { openDice } from "../world/dice.ts";
import type { Attack, Attacker } from "./attacks.ts";
import { openAttacks } from "./attacks.ts";

export interface Door {
  readonly port: number;
  /** PEM. */
  readonly ca: string;
}

export interface Told {
  sent: number;
  /** Answers by their status. */
  readonly statuses: Record<string, number>;
  /** Attacks that were answered with a 5xx, by kind and as they were sent. */
  readonly broken: { readonly name: string; readonly status: number; readonly bytes: string }[];
  /** Connections that said nothing and were not closed in time. */
  hung: number;
}

/** Requests on one connection before the one that ends it. */
const together = 16;
const sideBySide = 8;
/** A connection on which nothing comes any more: what was promised and not sent waits for the district's own limit. */
const silenceMs = 1_000;
const statusLine = /HTTP\/1\.1 (\d{3}) /g;

/** Plays `count` malformed requests from `seed` on, over raw TLS sockets. */
export async function storm(door: Door, attackers: readonly Attacker[], seed: number, count: number): Promise<Told> {
  const told: Told = { sent: 0, statuses: {}, broken: [], hung: 0 };
  const draw = openAttacks(`127.0.0.1:${door.port}`, attackers, Date.now);
  let next = 0;
  const secureContext = createSecureContext({ ca: door.ca });
  let session: Buffer | undefined;

  async function open(): Promise<TLSSocket> {
    const socket = connect({ host: "127.0.0.1", port: door.port, secureContext, ...(session ? { session } : {}) });
    socket.on("error", () => {});
    socket.once("session", (given) => {
      session = given;
    });
    await Promise.race([once(socket, "secureConnect"), once(socket, "close")]);
    return socket;
  }

  /** Answers how many of them were read: those behind one after which the district closed the connection were not. */
  async function play(batch: readonly Attack[]): Promise<number> {
    const socket = await open();
    // What ends the connection goes when the others have their answers: a parser that gives up throws those away.
    const whole = batch.filter(({ ends }) => !ends);
    let ender = batch.find(({ ends }) => ends);
    const sendEnder = ({ bytes }: Attack) => {
      ender = undefined;
      // It may have promised more than it sent.
      socket.end(bytes);
    };
    let answers = "";
    let quiet: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<void>((resolve) => {
      const rest = () => {
        clearTimeout(quiet);
        quiet = setTimeout(() => {
          if (answers === "") told.hung++;
          resolve();
        }, silenceMs);
      };
      socket.on("data", (data: Buffer) => {
        answers += data.toString("latin1");
        rest();
        if ((answers.match(statusLine)?.length ?? 0) < whole.length) return;
        if (ender) sendEnder(ender);
        else if (!batch.some(({ ends }) => ends)) resolve();
      });
      socket.once("close", () => resolve());
      rest();
    });
    for (const { bytes } of whole) socket.write(bytes);
    if (whole.length === 0 && ender) sendEnder(ender);
    await over;
    clearTimeout(quiet);
    socket.destroy();
    const statuses = [...answers.matchAll(statusLine)]
      .map(([, status]) => Number(status))
      .filter((status) => status >= 200);
    for (const [index, status] of statuses.entries()) {
      told.statuses[status] = (told.statuses[status] ?? 0) + 1;
      const attack = batch[Math.min(index, batch.length - 1)];
      if (status >= 500)
        told.broken.push({
          name: attack?.name ?? "",
          status,
          bytes: attack?.bytes.toString("latin1").slice(0, 2_000) ?? "",
        });
    }
    return Math.min(batch.length, statuses.length + 1);
  }

  async function worker(): Promise<void> {
    let batch: Attack[] = [];
    while (next < count || batch.length > 0) {
      while (batch.length < together && next < count && !batch.at(-1)?.ends)
        batch.push(draw(openDice(seed + next++, "door")));
      const read = await play(batch);
      told.sent += read;
      batch = batch.slice(read);
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, worker));
  return told;
}

import { contextBridge, ipcRenderer } from "electron";
import type { Notice, Outcome } from "#core/ports.ts";
import { deskError } from "#shared/errors.ts";
import { fail } from "#shared/lib/result.ts";
import { everyTopic, type PageCall, pdfChannel, portChannel, type ToPage, wallChannel } from "../host/messages.ts";

/** The only thing a page can reach: the calls of `shared/contract.ts`, and the news that something changed. */
export interface DeskBridge {
  /** Answers as the core has sent it: `asSent` in `host/messages.ts`. */
  call(name: string, input: unknown): Promise<Outcome | string>;
  /** Returns the function that ends the subscription. */
  onNotice(listener: (notice: Notice) => void): () => void;
  /** The page as it prints, as PDF, base64; `null`: it could not. */
  printToPdf(): Promise<string | null>;
  /** Opens the wall display, or brings it forward. */
  openWall(): Promise<void>;
  readonly shell: "electron";
}

/** The part of the browser's MessagePort used here; this room knows no DOM. */
interface PagePort {
  onmessage: ((event: { data: ToPage }) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

/** The core went away while it was working on a call: nobody knows whether it was done. The page asks again for the state. */
const coreLost: Outcome = fail(deskError("core.lost"));

let port: PagePort | undefined;
let wasLost = false;
let lastId = 0;
const pending = new Map<number, (outcome: Outcome | string) => void>();
const unsent: PageCall[] = [];
const listeners = new Set<(notice: Notice) => void>();

function tell(notice: Notice): void {
  for (const listener of listeners) listener(notice);
}

function receive(message: ToPage): void {
  if ("notice" in message) tell(message.notice);
  else {
    pending.get(message.id)?.(message.outcome);
    pending.delete(message.id);
  }
}

/** Main answers with a port to the core, and again with a fresh one after the core had to be started anew. */
ipcRenderer.on(portChannel, (event) => {
  const isFirst = port === undefined;
  port?.close();
  port = event.ports[0] as PagePort | undefined;
  if (!isFirst) loseTaken();
  if (!port) return;
  port.onmessage = ({ data }) => receive(data);
  for (const call of unsent.splice(0)) port.postMessage(call);
  if (wasLost) tell({ topics: everyTopic });
  wasLost = false;
});

/** Answers the calls the lost core had taken; calls not yet sent wait for the next core. */
function loseTaken(): void {
  wasLost = true;
  const waiting = new Set(unsent.map((call) => call.id));
  for (const [id, answer] of [...pending]) {
    if (waiting.has(id)) continue;
    pending.delete(id);
    answer(coreLost);
  }
}

const desk: DeskBridge = {
  call: (name, input) =>
    new Promise((resolve) => {
      const call: PageCall = { id: ++lastId, name, input };
      pending.set(call.id, resolve);
      if (port) port.postMessage(call);
      else unsent.push(call);
    }),
  onNotice: (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  printToPdf: () => ipcRenderer.invoke(pdfChannel) as Promise<string | null>,
  openWall: () => ipcRenderer.invoke(wallChannel) as Promise<void>,
  shell: "electron",
};

contextBridge.exposeInMainWorld("desk", desk);
ipcRenderer.send(portChannel);

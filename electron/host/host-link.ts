import type { FromCore, ToCore } from "./messages.ts";
import { type Port, type PortMain, portOf } from "./port.ts";

/** The core process's side of its connection to main. */
export interface HostLink {
  send(message: FromCore): void;
  onMessage(listener: (message: ToCore) => void): void;
  onConnect(listener: (port: Port) => void): void;
  /** Main is gone or has let go: nobody can be served any more. */
  onLost(listener: () => void): void;
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { data: ToCore; ports: PortMain[] }) => void): void;
}

/** Finds out what started this process: Electron's utility process, or a plain Node forked by main. */
export function hostLink(): HostLink {
  const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
  if (parentPort) return utilityLink(parentPort);
  if (process.send) return forkLink();
  throw new Error("The core process is started by the shell.");
}

function utilityLink(parentPort: ParentPort): HostLink {
  const messageListeners: ((message: ToCore) => void)[] = [];
  const connectListeners: ((port: Port) => void)[] = [];
  parentPort.on("message", ({ data, ports }) => {
    const port = ports[0];
    if (data.kind === "connect" && port) for (const listener of connectListeners) listener(portOf(port));
    else for (const listener of messageListeners) listener(data);
  });
  return {
    send: (message) => parentPort.postMessage(message),
    onMessage: (listener) => messageListeners.push(listener),
    onConnect: (listener) => connectListeners.push(listener),
    // Chromium ends a utility process together with the browser process.
    onLost: () => {},
  };
}

function forkLink(): HostLink {
  const messageListeners: ((message: ToCore) => void)[] = [];
  const connectListeners: ((port: Port) => void)[] = [];
  const relayed = new Map<number, { message: (data: unknown) => void; close: () => void }>();
  const send = (message: FromCore) => {
    if (process.connected) process.send?.(message);
  };
  process.on("message", (message: ToCore) => {
    if (message.kind === "data") relayed.get(message.port)?.message(message.data);
    else if (message.kind === "disconnect") {
      relayed.get(message.port)?.close();
      relayed.delete(message.port);
    } else if (message.kind === "connect") {
      const port = relayedPort(message.port, relayed, send);
      for (const listener of connectListeners) listener(port);
    } else for (const listener of messageListeners) listener(message);
  });
  return {
    send,
    onMessage: (listener) => messageListeners.push(listener),
    onConnect: (listener) => connectListeners.push(listener),
    onLost: (listener) => process.on("disconnect", listener),
  };
}

function relayedPort(
  id: number,
  relayed: Map<number, { message: (data: unknown) => void; close: () => void }>,
  send: (message: FromCore) => void,
): Port {
  const hooks = { message: (_data: unknown) => {}, close: () => {} };
  relayed.set(id, hooks);
  return {
    post: (data) => send({ kind: "data", port: id, data }),
    onMessage: (listener) => {
      hooks.message = listener;
    },
    onClose: (listener) => {
      hooks.close = listener;
    },
  };
}

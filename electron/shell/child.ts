import { type MessagePortMain, utilityProcess } from "electron";
import { type Child, forkNode } from "../host/child.ts";
import type { FromCore, ToCore } from "../host/messages.ts";

/** A child that can be given one end of a channel; it comes back to life there as a `Port`. */
export interface ShellChild extends Child {
  connect(id: number, port: MessagePortMain): void;
}

/**
 * Starts `file` as a utility process. Only the e2e flavour can use a Node of its own (CORE_NODE) instead: the runtime that
 * tests drive is older than the Node-API the database needs.
 */
export function startChild(name: string, file: string, args: readonly string[] = []): ShellChild {
  if (__E2E__ && process.env.CORE_NODE) return relayingChild(process.env.CORE_NODE, file, args);
  const child = utilityProcess.fork(file, [...args], { serviceName: name, stdio: "pipe" });
  return {
    pid: () => child.pid,
    send: (message) => child.postMessage(message),
    connect: (id, port) => child.postMessage({ kind: "connect", port: id } satisfies ToCore, [port]),
    onMessage: (listener) => child.on("message", listener),
    onOutput: (listener) => {
      for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => listener(String(chunk)));
    },
    onExit: (listener) => child.once("exit", listener),
    stop: () => child.kill(),
    kill: () => child.kill(),
  };
}

/** A plain Node cannot be handed a port: what goes through the ports is relayed. */
function relayingChild(binary: string, file: string, args: readonly string[]): ShellChild {
  const child = forkNode(binary, file, args);
  const relayed = new Map<number, MessagePortMain>();
  child.onMessage((message: FromCore) => {
    if (message.kind === "data") relayed.get(message.port)?.postMessage(message.data);
  });
  child.onExit(() => {
    for (const port of relayed.values()) port.close();
  });
  return {
    ...child,
    connect: (id, port) => {
      relayed.set(id, port);
      port.on("message", ({ data }) => child.send({ kind: "data", port: id, data }));
      port.on("close", () => {
        relayed.delete(id);
        child.send({ kind: "disconnect", port: id });
      });
      child.send({ kind: "connect", port: id });
      port.start();
    },
  };
}

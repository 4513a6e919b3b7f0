import { type ChildProcess, fork } from "node:child_process";
import { type MessagePortMain, utilityProcess } from "electron";
import type { FromCore, ToCore } from "./messages.ts";

/** A process of ours beside main: the core, or the sample district. */
export interface Child {
  readonly pid: () => number | undefined;
  send(message: ToCore): void;
  /** Hands one end of a channel to the child; it comes back to life there as a `Port`. */
  connect(id: number, port: MessagePortMain): void;
  onMessage(listener: (message: FromCore) => void): void;
  onOutput(listener: (text: string) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

/**
 * Starts `file` as a utility process. Only the e2e flavour can use a Node of its own (CORE_NODE) instead: the runtime that
 * tests drive is older than the Node-API the database needs.
 */
export function startChild(name: string, file: string, args: readonly string[] = []): Child {
  if (__E2E__ && process.env.CORE_NODE) return nodeChild(process.env.CORE_NODE, file, args);
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
    kill: () => child.kill(),
  };
}

function nodeChild(binary: string, file: string, args: readonly string[]): Child {
  const endWithParent = "data:text/javascript,process.on('disconnect',()=>setTimeout(()=>process.exit(),5000).unref())";
  const child = fork(file, [...args], {
    execPath: binary,
    execArgv: ["--import", endWithParent],
    serialization: "advanced",
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const relayed = new Map<number, MessagePortMain>();
  // A process that cannot be started has no exit event of its own.
  child.once("error", () => child.emit("exit", -1));
  child.on("message", (message: FromCore) => {
    if (message.kind === "data") relayed.get(message.port)?.postMessage(message.data);
  });
  child.once("exit", () => {
    for (const port of relayed.values()) port.close();
  });
  return {
    pid: () => child.pid,
    send: (message) => sendTo(child, message),
    connect: (id, port) => {
      relayed.set(id, port);
      port.on("message", ({ data }) => sendTo(child, { kind: "data", port: id, data }));
      port.on("close", () => {
        relayed.delete(id);
        sendTo(child, { kind: "disconnect", port: id });
      });
      sendTo(child, { kind: "connect", port: id });
      port.start();
    },
    onMessage: (listener) => child.on("message", listener),
    onOutput: (listener) => {
      for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => listener(String(chunk)));
    },
    onExit: (listener) => child.once("exit", listener),
    kill: () => child.kill("SIGKILL"),
  };
}

function sendTo(child: ChildProcess, message: ToCore): void {
  if (child.connected) child.send(message, () => {});
}

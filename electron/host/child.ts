import { type ChildProcess, fork } from "node:child_process";
import type { FromCore, ToCore } from "./messages.ts";

/** A process of ours beside the shell: the core, or the sample district. */
export interface Child {
  pid(): number | undefined;
  /** A process that is just ending takes no message; its exit says what is to be said. */
  send(message: ToCore): void;
  onMessage(listener: (message: FromCore) => void): void;
  onOutput(listener: (text: string) => void): void;
  onExit(listener: (code: number | null) => void): void;
  /** Asks it to end in order. */
  stop(): void;
  kill(): void;
}

/** How a shell starts one: a utility process in Electron, a forked Node elsewhere. */
export type StartChild = (name: string, file: string, args?: readonly string[]) => Child;

const endWithParent = "data:text/javascript,process.on('disconnect',()=>setTimeout(()=>process.exit(),5000).unref())";

/** A forked Node, with the process itself for whoever relays more than messages. */
export function forkNode(
  binary: string,
  file: string,
  args: readonly string[] = [],
): Child & { process: ChildProcess } {
  const child = fork(file, [...args], {
    execPath: binary,
    execArgv: ["--import", endWithParent],
    serialization: "advanced",
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  // A process that cannot be started has no exit event of its own.
  child.once("error", () => child.emit("exit", -1));
  return {
    process: child,
    pid: () => child.pid,
    send: (message) => {
      if (child.connected) child.send(message, () => {});
    },
    onMessage: (listener) => child.on("message", listener),
    onOutput: (listener) => {
      for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => listener(String(chunk)));
    },
    onExit: (listener) => child.once("exit", listener),
    stop: () => child.kill("SIGTERM"),
    kill: () => child.kill("SIGKILL"),
  };
}

/** Waits for the end of a process that was told to end; kills it when it takes too long. */
export function waitForEnd(child: Child, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => {
      child.kill();
      resolve();
    }, limitMs);
    child.onExit(() => {
      clearTimeout(limit);
      resolve();
    });
  });
}

import { spawn } from "node:child_process";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a program to its end and keeps what it said. */
export function run(command: string, args: readonly string[], cwd: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? -1, out, err }));
  });
}

/** Runs a few lines of TypeScript in a Node of its own, in `root`, and reads the JSON they print. */
export async function evaluate<T>(root: string, code: string): Promise<T> {
  const ran = await run(process.execPath, ["--input-type=module-typescript", "--eval", code], root);
  if (ran.code !== 0) throw new Error(ran.err.trim() || `ended with code ${ran.code}`);
  return JSON.parse(ran.out) as T;
}

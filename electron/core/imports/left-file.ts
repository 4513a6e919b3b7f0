import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import type { ImportProblem } from "#shared/contract.ts";

/** A row that is not taken, as it stands in the file, and why. */
export interface LeftRow {
  readonly row: number;
  readonly problem: ImportProblem;
  readonly cells: readonly string[];
}

const bytesAtOnce = 1 << 20;

/** The rows that are not taken, put aside as they were read: a line of JSON each, written by the reading thread. */
export class LeftFile {
  readonly #file: number;
  #text = "";

  constructor(path: string) {
    this.#file = openSync(path, "w", 0o600);
  }

  add(one: LeftRow): void {
    this.#text += `${JSON.stringify([one.row, one.problem, ...one.cells])}\n`;
    if (this.#text.length >= bytesAtOnce) this.#write();
  }

  close(): void {
    this.#write();
    closeSync(this.#file);
  }

  #write(): void {
    const bytes = Buffer.from(this.#text);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
    this.#text = "";
  }
}

export async function* readLeft(path: string): AsyncGenerator<LeftRow> {
  const lines = createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    const [row, problem, ...cells] = JSON.parse(line) as [number, ImportProblem, ...string[]];
    yield { row, problem, cells };
  }
}

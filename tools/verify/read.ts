import { readCanonical } from "./canonical.ts";

export interface Entry {
  readonly v: number;
  readonly alg: string;
  readonly stream: string;
  readonly seq: number;
  readonly prev: string;
  readonly kind: string;
  readonly officer: string;
  readonly grade: string;
  readonly wall: number;
  readonly mono: number;
  readonly boot: string;
  readonly ahead: number | null;
  readonly body: string;
  readonly corrects: number | null;
  readonly erases: number | null;
  readonly key: string | null;
}

export interface EntryLine {
  readonly entry: Entry;
  readonly hash: string;
  readonly sig: string;
  readonly salt: string | null;
  readonly body: string | null;
}

export interface Receipt {
  readonly v: number;
  readonly alg: string;
  readonly server: string;
  readonly epoch: string;
  readonly no: number;
  readonly prev: string;
  readonly stream: string;
  readonly seq: number;
  readonly head: string;
  readonly at: number;
  readonly outcome: string;
  readonly knownSeq: number;
  readonly knownHead: string;
}
export interface ReceiptLine {
  readonly receipt: Receipt;
  readonly sig: string;
}

export interface Heading {
  readonly v: number;
  readonly stream: string;
  readonly entries: number;
  readonly head: string;
  readonly madeAt: number;
}

export interface Export {
  readonly heading: Heading;
  readonly entries: readonly EntryLine[];
  readonly receipts: readonly ReceiptLine[];
  /** Keys by server, as the file itself names them. */
  readonly keys: ReadonlyMap<string, string>;
  readonly seal: { readonly v: number; readonly digest: string };
  readonly sealSig: string;
  /** Every byte before the seal. */
  readonly sealed: Uint8Array;
}

type Type = "string" | "number" | "string?" | "number?" | Shape;
interface Shape {
  readonly [name: string]: Type;
}

const entryShape: Shape = {
  v: "number",
  alg: "string",
  stream: "string",
  seq: "number",
  prev: "string",
  kind: "string",
  officer: "string",
  grade: "string",
  wall: "number",
  mono: "number",
  boot: "string",
  ahead: "number?",
  body: "string",
  corrects: "number?",
  erases: "number?",
  key: "string?",
};
const receiptShape: Shape = {
  v: "number",
  alg: "string",
  server: "string",
  epoch: "string",
  no: "number",
  prev: "string",
  stream: "string",
  seq: "number",
  head: "string",
  at: "number",
  outcome: "string",
  knownSeq: "number",
  knownHead: "string",
};
const lineShapes = {
  export: { export: { v: "number", stream: "string", entries: "number", head: "string", madeAt: "number" } },
  entry: { entry: entryShape, hash: "string", sig: "string", salt: "string?", body: "string?" },
  receipt: { receipt: receiptShape, sig: "string" },
  trust: { trust: { server: "string", key: "string" } },
  seal: { seal: { v: "number", digest: "string" }, sig: "string" },
} as const satisfies Record<string, Shape>;

/** Exactly these fields, each of its type. */
function fits(value: unknown, type: Type): boolean {
  if (typeof type === "string") {
    const plain = type.replace("?", "");
    return (value === null && type.endsWith("?")) || typeof value === plain;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const names = Object.keys(value);
  return (
    names.length === Object.keys(type).length &&
    Object.entries(type).every(([name, inner]) => fits((value as Record<string, unknown>)[name], inner))
  );
}

/** One line of any of the forms, or `undefined`. */
function readLine(text: string): { readonly form: keyof typeof lineShapes; readonly value: unknown } | undefined {
  const value = readCanonical(text);
  const form = (Object.keys(lineShapes) as (keyof typeof lineShapes)[]).find((name) => fits(value, lineShapes[name]));
  return form && { form, value };
}

/** The bytes between line ends; the last line must have its end. `undefined`: not so, or not UTF-8. */
function linesOf(bytes: Uint8Array): string[] | undefined {
  try {
    const lines: string[] = [];
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    let from = 0;
    while (from < bytes.length) {
      const end = bytes.indexOf(10, from);
      if (end < 0) return undefined;
      lines.push(decoder.decode(bytes.subarray(from, end)));
      from = end + 1;
    }
    return lines;
  } catch {
    return undefined;
  }
}

/** Reads an export as the desk writes it; a number: the line that is not as it must be. */
export function readExport(bytes: Uint8Array): Export | number {
  const lines = linesOf(bytes);
  if (!lines) return 1;
  const order = ["export", "entry", "receipt", "trust", "seal"];
  const entries: EntryLine[] = [];
  const receipts: ReceiptLine[] = [];
  const keys = new Map<string, string>();
  let heading: Heading | undefined;
  let seal: Export["seal"] | undefined;
  let sealSig = "";
  let place = 0;
  for (const [index, text] of lines.entries()) {
    const line = readLine(text);
    if (!line || seal) return index + 1;
    const at = order.indexOf(line.form);
    if (at < place || (at === 0) !== (index === 0)) return index + 1;
    place = at;
    if (line.form === "export") heading = (line.value as { export: Heading }).export;
    if (line.form === "entry") entries.push(line.value as EntryLine);
    if (line.form === "receipt") receipts.push(line.value as ReceiptLine);
    if (line.form === "trust") {
      const { server, key } = (line.value as { trust: { server: string; key: string } }).trust;
      keys.set(server, key);
    }
    if (line.form === "seal") {
      const end = line.value as { seal: Export["seal"]; sig: string };
      [seal, sealSig] = [end.seal, end.sig];
    }
  }
  if (!heading || !seal) return lines.length;
  const sealed = bytes.subarray(0, bytes.lastIndexOf(10, bytes.length - 2) + 1);
  return { heading, entries, receipts, keys, seal, sealSig, sealed };
}

/** Receipts and keys from a file of the district (`district --receipts`): lines of the same two forms. A number: the bad line. */
export function readWitness(
  bytes: Uint8Array,
): { readonly receipts: ReceiptLine[]; readonly keys: Map<string, string> } | number {
  const lines = linesOf(bytes);
  if (!lines) return 1;
  const receipts: ReceiptLine[] = [];
  const keys = new Map<string, string>();
  for (const [index, text] of lines.entries()) {
    const line = readLine(text);
    if (line?.form === "receipt") receipts.push(line.value as ReceiptLine);
    else if (line?.form === "trust") {
      const { server, key } = (line.value as { trust: { server: string; key: string } }).trust;
      keys.set(server, key);
    } else return index + 1;
  }
  return { receipts, keys };
}

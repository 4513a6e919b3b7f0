import { z } from "zod";

/** What an entry of the chain says of itself: strings, whole numbers and `null` only, so that its canonical text is one. */
export interface ChainEntry {
  readonly v: 1;
  readonly alg: "ed25519-sha256";
  /** `<street>/<first 80 bits of the SHA-256 of the desk's first key>`: the name says which key it began with. */
  readonly stream: string;
  /** From 1, without gaps. */
  readonly seq: number;
  /** Hash of the entry before; 64 zeros for the first. */
  readonly prev: string;
  /** The op's kind, or one of `deskKinds`. */
  readonly kind: string;
  /** Officer id; `desk` for what the desk notes of itself. */
  readonly officer: string;
  readonly grade: string;
  /** The PC's clock, ms since 1970; shown, never obeyed for order. */
  readonly wall: number;
  /** Milliseconds that only grow, since the start named by `boot`. */
  readonly mono: number;
  readonly boot: string;
  /** How far the PC was ahead of the district at the last contact, ms; `null`: not known. */
  readonly ahead: number | null;
  /** SHA-256 of the salt and the text of the body, hex. */
  readonly body: string;
  /** The entry that this one sets right, if it is of this stream. */
  readonly corrects: number | null;
  /** The entry whose body this one erases. */
  readonly erases: number | null;
  /** Raw Ed25519 key, base64: the first entry names its own, a change of key the one that signs from the next entry on. */
  readonly key: string | null;
}

/** What the desk notes of itself in its log. */
export const deskKinds = [
  "desk.begin",
  "desk.clock",
  "desk.restore",
  "desk.enrolled",
  "desk.key",
  "desk.export",
  "desk.gave_up",
] as const;
export type DeskKind = (typeof deskKinds)[number];

export const chainAlg = "ed25519-sha256";
export const chainTag = "duty-log-v1\0";
export const noHash = "0".repeat(64);
/** A difference between the two clocks above this is an entry of its own. */
export const clockJumpMs = 120_000;

/** What the centre signs of a head that it was shown, in a chain of its own: its number and the hash of the receipt before. */
export const logReceiptSchema = z.strictObject({
  v: z.literal(1),
  alg: z.literal(chainAlg),
  server: z.string().min(8).max(64),
  /** Another one after the centre was restored from a backup: its numbers may be given again. */
  epoch: z.string().min(8).max(64),
  no: z.number().int().positive(),
  prev: z.string().length(64),
  stream: z.string().max(40),
  seq: z.number().int().positive(),
  head: z.string().length(64),
  /** The centre's clock. */
  at: z.number().int().nonnegative(),
  /** `extends`: goes on from what the centre knew; `behind`: shorter than that; `fork`: another history. */
  outcome: z.enum(["extends", "behind", "fork"]),
  /** What the centre knew of the stream; 0 and zeros when it saw it for the first time. */
  knownSeq: z.number().int().nonnegative(),
  knownHead: z.string().length(64),
});
export type LogReceipt = z.infer<typeof logReceiptSchema>;
export const receiptTag = "duty-receipt-v1\0";

/** What can be wrong with an entry of the chain; the same words as `npm run verify` has. */
export const chainFaults = [
  "hash",
  "prev",
  "sig",
  "seq-gap",
  "unknown-key",
  "fork",
  "behind-receipt",
  "clock-jump",
  "line",
  "older",
] as const;
export type ChainFault = (typeof chainFaults)[number];

/** 16 characters as people read them: `XXXX-XXXX-XXXX-XXXX`. */
export const grouped = (code: string): string => code.match(/.{1,4}/g)?.join("-") ?? "";

import type { Generated } from "kysely";

/** What the migrations made, as the query builder knows it. Instants are ms, flags 0 or 1, documents JSON text, in both stores. */
export interface Tables {
  meta: { key: string; value: string };
  /** The last number that was given: `ledger`, `witness`. Its row is the lock of that order. */
  counter: { name: string; no: number };
  street: { code: string; name: string };
  device: {
    id: string;
    street: string;
    letter: string;
    name: string;
    public_key: string;
    sample: number;
    enrolled_at: number;
    revoked_at: number | null;
    next_seq: Generated<number>;
    /** Last request that it signed, and the number up to which it says that it holds the ledger; some seconds old. */
    seen_at: number | null;
    holds_no: Generated<number>;
  };
  code: { hash: string; street: string; expires_at: number; used_at: number | null; device: string | null };
  ledger: {
    no: number;
    op_id: string;
    device: string;
    seq: number;
    street: string;
    kind: string;
    v: number;
    at: number;
    by: string;
    body: string;
    confirmed_at: number;
  };
  refusal: { device: string; seq: number; op_id: string; error: string; at: number };
  entity: { street: string; kind: string; id: string; state: string; no: number };
  /** Events by their number and by where they stand: drawn from `entity`, in its transaction. */
  event_index: { street: string; id: string; number: string; state: string };
  witness: {
    no: number;
    stream: string;
    branch: number | null;
    seq: number;
    head: string;
    device: string;
    outcome: string;
    at: number;
    receipt: string;
    hash: string;
    sig: string;
  };
  named_content: { street: string; sha256: string; bytes: number; media: string };
  content: { street: string; sha256: string; bytes: number; at: number };
  audit: { no: Generated<number>; at: number; what: string; device: string | null; detail: string };
}

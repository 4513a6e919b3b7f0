import type { Contents } from "./attachments/contents.ts";
import type { Uploads } from "./attachments/uploads.ts";
import type { Identified } from "./auth/ca.ts";
import type { countTries } from "./auth/codes.ts";
import type { Nonces } from "./auth/signature.ts";
import type { Bell } from "./ledger/bell.ts";
import type { Gate } from "./ledger/gate.ts";
import type { Pull } from "./ledger/pull.ts";
import type { Push } from "./ledger/push.ts";
import type { Witness } from "./ledger/witness.ts";
import type { Contacts } from "./operator/contacts.ts";
import type { Audit } from "./store/audit.ts";
import type { Identity } from "./store/meta.ts";
import type { Store } from "./store/open.ts";

/** What the handlers share. */
export interface Context {
  readonly store: Store;
  readonly identity: Identity;
  readonly ca: Identified;
  /** Whether desks of the sample district are given out (over loopback only). */
  readonly allowSample: boolean;
  /** What an operator must show (PR-19). */
  readonly operatorToken: string;
  readonly now: () => number;
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
  readonly randomId: () => string;
  /** Highest number of the ledger. */
  readonly head: () => Promise<number>;
  readonly push: Push;
  readonly pull: Pull;
  readonly witness: Witness;
  readonly contents: Contents;
  readonly uploads: Uploads;
  readonly bell: Bell;
  readonly gate: Gate;
  /** The number that the next op of a desk must have (PR-8). */
  readonly nextSeq: (device: string) => Promise<number>;
  readonly nonces: Nonces;
  readonly tries: ReturnType<typeof countTries>;
  readonly contacts: Contacts;
  readonly audit: Audit;
  readonly log: (line: string) => void;
}

import type { Turned } from "#shared/domain/asset/tiles.ts";
import type { DeskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";

/** What the core needs from the process that hosts it. Clock and random are here so that tests can hold them still. */
export interface CorePorts {
  /** Folder of this desk's database, keys, snapshots and attachments. Created if missing, mode 0700. */
  readonly profileDir: string;
  /** Folder of the read-only `resources/` of the product. */
  readonly resourcesDir: string;
  readonly version: string;
  /** Milliseconds since 1970, UTC, as the PC believes. Shown, never obeyed for order; what the desk goes by is `SteadyClock`. */
  readonly now: () => number;
  /** Milliseconds that only grow; for waits and limits. */
  readonly monotonic: () => number;
  /** This start of the PC by a name of its own, and how long it has been up, sleep included; without, each start of the core counts as one. */
  readonly boot?: { readonly id: string; readonly upMs: () => number } | undefined;
  readonly randomBytes: (length: number) => Uint8Array;
  /** District centre given on the command line (`https://host:port`, with `#code` for a one-time code), if any. */
  readonly districtUrl?: string;
  /** Start as the sample desk of this street code when the profile is new (`--demo`). */
  readonly demoStreet?: string;
  /** Starts a district centre with made-up data on this machine and answers its address; a sample desk asks for it. */
  readonly startSampleDistrict?: () => Promise<string>;
  /** Resolves when the first screens are filled: what nobody waits for (the link, the sample district) begins then. Without, at once. */
  readonly started?: Promise<void>;
  /** Resolves when nobody takes one step after the other, after `mostMs` in any case: what a person does goes ahead of it. Without, at once. */
  readonly calm?: ((mostMs: number) => Promise<void>) | undefined;
  /** Does work every few seconds until the returned function is called; without, the core does it itself. A test beats by hand. */
  readonly every?: (work: () => void) => () => void;
  /** One line of operation log; never a body, never personal data. */
  readonly log: (line: string) => void;
}

/** The answer to one call of the contract. */
export type Outcome = Result<unknown, DeskError>;

/** Something changed; the page asks again for what it shows of `topics`. */
export interface Notice {
  readonly topics: readonly string[];
  /** With `asset`: the tiles of the lowest level whose assets changed; `all`: too many to name. */
  readonly tiles?: readonly number[] | "all";
  /** With `asset`: assets that only became another kind or status; the page shows them so without asking first. */
  readonly turned?: readonly Turned[];
}

/** The desk itself, the same for every shell. */
export interface Core {
  /** Calls a query or command of `shared/contract.ts`. Never throws: a bug comes back as error `bug`. */
  call(name: string, input: unknown): Promise<Outcome>;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (notice: Notice) => void): () => void;
  /** Finishes the running transaction, closes the database, ends the link. */
  close(): Promise<void>;
}

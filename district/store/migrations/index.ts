import { sql as first } from "./0001-first.ts";
import { sql as witness } from "./0002-witness.ts";
import { sql as contents } from "./0003-contents.ts";

/** Every migration, in order; `user_version` is how many were run. A file is never edited after its release. */
export const migrations: readonly string[] = [first, witness, contents];

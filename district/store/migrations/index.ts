import { sql as first } from "./0001-first.ts";

/** Every migration, in order; `user_version` is how many were run. A file is never edited after its release. */
export const migrations: readonly string[] = [first];

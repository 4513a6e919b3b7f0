import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { z } from "zod";
import { wireSchemas } from "#shared/protocol/messages.ts";

/** SHA-256 of every message of the wire as JSON Schema: what `shared/protocol/history.json` holds for each version. */
export function wireHash(): string {
  const schemas = Object.entries(wireSchemas).map(([name, schema]) => [
    name,
    { in: z.toJSONSchema(schema, { io: "input" }), out: z.toJSONSchema(schema, { io: "output" }) },
  ]);
  return createHash("sha256")
    .update(canonicalize(Object.fromEntries(schemas)) ?? "")
    .digest("hex");
}

if (import.meta.main) console.log(wireHash());

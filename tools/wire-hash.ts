import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { z } from "zod";
import { opKinds } from "#shared/op/kinds.ts";
import { wireSchemas } from "#shared/protocol/messages.ts";

/** SHA-256 of every message of the wire and the body of every op kind as JSON Schema: what `shared/protocol/history.json` holds for each version. */
export function wireHash(): string {
  const draw = (schema: z.ZodType) => ({
    in: z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }),
    out: z.toJSONSchema(schema, { io: "output", unrepresentable: "any" }),
  });
  const messages = Object.entries(wireSchemas).map(([name, schema]) => [name, draw(schema)]);
  const bodies = Object.entries(opKinds).map(([name, { v, body }]) => [`${name} v${v}`, draw(body)]);
  return createHash("sha256")
    .update(canonicalize(Object.fromEntries([...messages, ...bodies])) ?? "")
    .digest("hex");
}

if (import.meta.main) console.log(wireHash());

import { z } from "zod";
import { contract, noticeSchema, topics } from "#shared/contract.ts";

/** Every query, command and notice with the JSON Schema of what goes in and what comes out. */
export function printedContract() {
  const draw = (schema: z.ZodType, io: "input" | "output") => z.toJSONSchema(schema, { io, unrepresentable: "any" });
  const calls = Object.entries(contract).map(([name, row]) => ({
    name,
    kind: row.kind,
    door: row.door,
    about: row.about,
    input: draw(row.input, "input"),
    output: draw(row.output, "output"),
  }));
  return {
    queries: calls.filter((call) => call.kind === "query"),
    commands: calls.filter((call) => call.kind === "command"),
    notices: topics.map((topic) => ({
      name: topic,
      kind: "notice",
      about: `Something of \`${topic}\` changed: ask again for what is shown of it.`,
      output: draw(noticeSchema, "output"),
    })),
  };
}

if (import.meta.main) console.log(JSON.stringify(printedContract(), null, 2));

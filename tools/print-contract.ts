import { z } from "zod";
import { contract, noticeSchema, topics } from "#shared/contract.ts";
import { givenSchemas } from "#shared/domain/duty-event/given.ts";
import { eventActions, transitionOf } from "#shared/domain/duty-event/transitions.ts";

/** Every query, command and notice with the JSON Schema of what goes in and what comes out; and the table of transitions. */
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
    // What `given` of `event.transition` holds depends on the action: its row says it.
    transitions: eventActions
      .filter((action) => action !== "report")
      .map((action) => {
        const { moves, who, label, rules } = transitionOf(action);
        return { action, label, moves, who, rules, given: draw(givenSchemas[action], "input") };
      }),
    notices: topics.map((topic) => ({
      name: topic,
      kind: "notice",
      about: `Something of \`${topic}\` changed: ask again for what is shown of it.`,
      output: draw(noticeSchema, "output"),
    })),
  };
}

if (import.meta.main) console.log(JSON.stringify(printedContract(), null, 2));

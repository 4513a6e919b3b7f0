import { z } from "zod";
import {
  contentsPath,
  deviceHeader,
  epochHeader,
  mostBodyBytes,
  mostDepth,
  mostPieceBytes,
  nonceHeader,
  protocolVersion,
  serverHeader,
  signatureHeader,
  timeHeader,
  uploadsPath,
  wireSchemas,
} from "#shared/protocol/messages.ts";
import { dispatchSchema, dispatchStepSchema } from "../operator/dispatch.ts";
import { askSchema, rulesSchema } from "../operator/presence.ts";
import { tableSchema } from "../operator/tables.ts";
import { whistleStepSchema } from "../operator/whistle.ts";

const schemas = {
  ...wireSchemas,
  dutyCheckRequest: askSchema,
  presenceRulesRequest: rulesSchema,
  tableRequest: tableSchema,
  whistleStepRequest: whistleStepSchema,
  dispatchRequest: dispatchSchema,
  dispatchStepRequest: dispatchStepSchema,
};
type SchemaName = keyof typeof schemas;

/** Who may ask: anybody, a desk that signs (PR-4), or the operator with the token of the folder (PR-19). */
type Who = "anybody" | "desk" | "operator";

interface Route {
  readonly method: "get" | "post" | "patch" | "head";
  /** As the framework writes it, `:name` for a part that varies. */
  readonly path: string;
  readonly summary: string;
  readonly who: Who;
  readonly asks?: SchemaName;
  /** A word in the query that may stand there or not, and what it says. */
  readonly flag?: readonly [name: string, description: string];
  /** Content of the envelope; `bytes`: no envelope, its words stand in headers; `free`: not written down as a schema. */
  readonly answers: SchemaName | "bytes" | "free";
}

const streets = "/operator/streets";

/** Every way in. A way that is not here cannot be opened: `isDescribed` is asked when the door is built. */
const routes: readonly Route[] = [
  { method: "get", path: "/healthz", summary: "Whether it answers, in no envelope", who: "anybody", answers: "free" },
  { method: "get", path: "/openapi.json", summary: "This document", who: "anybody", answers: "free" },
  {
    method: "get",
    path: "/v1/hello",
    summary: "Who answers, and its CA (PR-12)",
    who: "anybody",
    answers: "helloAnswer",
  },
  {
    method: "post",
    path: "/v1/enrol",
    summary: "A place for a one-time code (PR-12)",
    who: "anybody",
    asks: "enrolRequest",
    answers: "enrolAnswer",
  },
  {
    method: "post",
    path: "/v1/push",
    summary: "Ops of the desk, judged one by one (PR-5 to PR-8, PR-16)",
    who: "desk",
    asks: "pushRequest",
    flag: ["urgent", "Its ops go `ahead`: counted in a bucket of their own (PR-31)"],
    answers: "pushAnswer",
  },
  {
    method: "post",
    path: "/v1/pull",
    summary: "What is new in its street, or a long wait for it (PR-9, PR-10, PR-15, PR-17)",
    who: "desk",
    asks: "pullRequest",
    answers: "pullAnswer",
  },
  {
    method: "post",
    path: "/v1/witness",
    summary: "A receipt for the head of its log (PR-20)",
    who: "desk",
    asks: "witnessRequest",
    answers: "witnessAnswer",
  },
  {
    method: "post",
    path: contentsPath,
    summary: "Which files lie here whole (PR-23)",
    who: "desk",
    asks: "contentsRequest",
    answers: "contentsAnswer",
  },
  {
    method: "get",
    path: `${contentsPath}/:sha256`,
    summary: "A piece of a file: ?from=&bytes= (PR-25)",
    who: "desk",
    answers: "bytes",
  },
  {
    method: "post",
    path: uploadsPath,
    summary: "Begin an upload, tus 1.0 (PR-21, PR-22)",
    who: "desk",
    answers: "bytes",
  },
  {
    method: "head",
    path: `${uploadsPath}/:id`,
    summary: "Where an upload ends, tus 1.0",
    who: "desk",
    answers: "bytes",
  },
  {
    method: "patch",
    path: `${uploadsPath}/:id`,
    summary: `A piece of at most ${mostPieceBytes} bytes, tus 1.0`,
    who: "desk",
    answers: "bytes",
  },
  {
    method: "get",
    path: streets,
    summary: "Every street: its desks, last contact, what they hold (PR-26)",
    who: "operator",
    answers: "free",
  },
  {
    method: "get",
    path: `${streets}/:code/presence`,
    summary: "Questions, answers and watches of a street (PS-10)",
    who: "operator",
    answers: "free",
  },
  {
    method: "get",
    path: `${streets}/:code/whistles`,
    summary: "Whistles that wait (WH-3)",
    who: "operator",
    answers: "free",
  },
  {
    method: "get",
    path: `${streets}/:code/dispatched`,
    summary: "What was sent down to a street, and where it stands (DS-1, DS-3)",
    who: "operator",
    answers: "free",
  },
  {
    method: "post",
    path: `${streets}/:code/dispatch`,
    summary: "Send an event down (DS-1)",
    who: "operator",
    asks: "dispatchRequest",
    answers: "free",
  },
  {
    method: "post",
    path: `${streets}/:code/dispatch-step`,
    summary: "Recall it, or insist (DS-3, DS-4)",
    who: "operator",
    asks: "dispatchStepRequest",
    answers: "free",
  },
  {
    method: "post",
    path: `${streets}/:code/duty-check`,
    summary: "Ask whether somebody is there (PS-9)",
    who: "operator",
    asks: "dutyCheckRequest",
    answers: "free",
  },
  {
    method: "post",
    path: `${streets}/:code/presence-rules`,
    summary: "Set the rules of presence (PS-12)",
    who: "operator",
    asks: "presenceRulesRequest",
    answers: "free",
  },
  {
    method: "post",
    path: `${streets}/:code/table`,
    summary: "Set a rule table (TB-1)",
    who: "operator",
    asks: "tableRequest",
    answers: "free",
  },
  {
    method: "post",
    path: `${streets}/:code/whistle`,
    summary: "A step in a whistle (WH-3)",
    who: "operator",
    asks: "whistleStepRequest",
    answers: "free",
  },
];

const described = new Set(routes.map(({ method, path }) => `${method} ${path}`));
export const isDescribed = (method: string, path: string): boolean => described.has(`${method.toLowerCase()} ${path}`);

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ "application/json": { schema } });
const problem = (description: string) => ({ description, content: json(enveloped(ref("problem"))) });
const enveloped = (body: object) => ({ allOf: [ref("envelope"), { type: "object", properties: { body } }] });
const header = (name: string, description: string, required = true) => ({
  name,
  in: "header",
  required,
  description,
  schema: { type: "string" },
});

const bodyLimits = `JSON in UTF-8, at most ${mostBodyBytes} bytes once it is decompressed, and nested no deeper than ${mostDepth} (PR-14)`;
const nonceParameter = header(nonceHeader, "16 to 64 letters, digits, - or _; given back in the answer (PR-3)");
const signed = [
  header(deviceHeader, "Name of the enrolled device"),
  header(timeHeader, "Its clock, ms since 1970; within 5 minutes of the district's"),
  header(
    signatureHeader,
    "base64 of Ed25519 over these lines, joined by \\n: zhishou-v1, method, path with query, SHA-256 of the body as sent (hex), device, time, nonce",
  ),
];

function operationOf({ path, summary, who, asks, flag, answers, method }: Route) {
  const varying = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const query = answers === "bytes" && method === "get" ? ["from", "bytes"] : [];
  const plain = path === "/healthz" || path === "/openapi.json";
  const whole =
    answers === "bytes"
      ? {
          headers: { [serverHeader]: { schema: { type: "string" } }, [epochHeader]: { schema: { type: "string" } } },
          ...(method === "get" ? { content: { "application/octet-stream": {} } } : {}),
        }
      : { content: json(plain ? {} : enveloped(answers === "free" ? {} : ref(answers))) };
  return {
    summary,
    parameters: [
      ...varying,
      ...query.map((name) => ({ name, in: "query", required: true, schema: { type: "integer" } })),
      ...(flag
        ? [{ name: flag[0], in: "query", required: false, allowEmptyValue: true, description: flag[1], schema: {} }]
        : []),
      ...(plain ? [] : [nonceParameter]),
      ...(who === "desk" ? signed : []),
    ],
    ...(asks ? { requestBody: { description: bodyLimits, required: true, content: json(ref(asks)) } } : {}),
    ...(who === "operator" ? { security: [{ operatorToken: [] }] } : {}),
    responses: {
      [answers === "bytes" && method === "post" ? "201" : answers === "bytes" && method === "patch" ? "204" : "200"]: {
        description: "Done",
        ...whole,
      },
      ...(plain
        ? {}
        : {
            "4XX": problem("Refused: the reason by its id. 429 says in Retry-After when to come again"),
            "5XX": problem("A fault of the district (500), or its database is away (503)"),
          }),
    },
  };
}

/** The OpenAPI document, drawn from the very schemas that the door reads with: it cannot be older than they are. */
export function describeDoor(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  const components = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const { $schema: _, ...drawn } = z.toJSONSchema(schema as z.ZodType, { io: "input", unrepresentable: "any" });
      return [name, drawn];
    }),
  );
  return {
    openapi: "3.1.0",
    info: { title: "Zhishou district centre", version: String(protocolVersion) },
    paths,
    components: {
      schemas: components,
      securitySchemes: { operatorToken: { type: "http", scheme: "bearer" } },
    },
  };
}

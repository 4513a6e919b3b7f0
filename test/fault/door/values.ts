import { z } from "zod";
import { opKinds } from "#shared/op/kinds.ts";
import {
  contentsRequestSchema,
  enrolRequestSchema,
  pullRequestSchema,
  pushRequestSchema,
  witnessRequestSchema,
} from "#shared/protocol/messages.ts";
import type { Dice } from "../world/dice.ts";

/** The part of a JSON schema that matters for making a value of it. */
interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly prefixItems?: readonly Shape[];
  readonly minItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
}

const shapeOf = (schema: z.ZodType): Shape =>
  z.toJSONSchema(schema, { unrepresentable: "any", io: "input", reused: "inline" }) as Shape;

export const posts = {
  "/v1/enrol": shapeOf(enrolRequestSchema),
  "/v1/push": shapeOf(pushRequestSchema),
  "/v1/pull": shapeOf(pullRequestSchema),
  "/v1/witness": shapeOf(witnessRequestSchema),
  "/v1/contents": shapeOf(contentsRequestSchema),
} as const;
export type Post = keyof typeof posts;

const kinds = Object.entries(opKinds).map(([kind, { v, body }]) => ({ kind, v, shape: shapeOf(body as z.ZodType) }));

/** A value that has the form of a schema, small; patterns are not kept. */
function drawn(shape: Shape, dice: Dice, depth = 0): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return dice.pick(shape.enum);
  const choices = shape.anyOf ?? shape.oneOf;
  if (choices) return drawn(dice.pick(choices), dice, depth);
  if (depth > 8) return null;
  switch (shape.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(shape.properties ?? {}).map(([name, part]) => [name, drawn(part, dice, depth + 1)]),
      );
    case "array": {
      if (shape.prefixItems) return shape.prefixItems.map((part) => drawn(part, dice, depth + 1));
      const length = Math.max(shape.minItems ?? 0, dice.between(0, 2));
      return Array.from({ length }, () => drawn(shape.items ?? {}, dice, depth + 1));
    }
    case "string":
      return "值".repeat(Math.max(shape.minLength ?? 1, 1));
    case "integer":
    case "number":
      return shape.minimum ?? (shape.exclusiveMinimum ?? 0) + 1;
    case "boolean":
      return dice.chance(0.5);
    default:
      return null;
  }
}

/** A request as it should be, for a device: its ops are of any kind, with bodies of the right form. */
export function requestOf(post: Post, dice: Dice, device: { readonly id: string; readonly street: string }): unknown {
  const value = drawn(posts[post], dice) as Record<string, unknown>;
  if (post === "/v1/push")
    value.ops = Array.from({ length: dice.between(1, 3) }, (_, index) => {
      const { kind, v, shape } = dice.pick(kinds);
      const id = `0190${Buffer.from(dice.bytes(2)).toString("hex")}-0000-7000-8000-${Buffer.from(dice.bytes(6)).toString("hex")}`;
      const at = 1_795_000_000_000;
      const by = dice.pick(["setup", "desk", "officer-1", "district"]);
      return {
        id,
        kind,
        v,
        street: device.street,
        device: device.id,
        seq: index + 1,
        at,
        by,
        body: drawn(shape, dice),
      };
    });
  if (post === "/v1/pull") Object.assign(value, { after: dice.between(0, 3), waitMs: 0, until: null });
  return value;
}

const nested = (open: string, close: string, depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;

/** What no field expects, as the text of JSON: types, bounds, depth, letters. */
const strange = [
  () => "null",
  () => "true",
  () => "-1",
  () => "1e309",
  () => "-0.0",
  () => "9007199254740993",
  () => "1.5",
  () => '""',
  () => '"\\ud800"',
  () => '"\\u0000"',
  () => '"\\u202e\\ufeff\\u2028"',
  () => '"𠮷👨‍👩‍👧"',
  () => `"${"长".repeat(20_000)}"`,
  () => "[]",
  () => "{}",
  () => '{"__proto__":{"polluted":true}}',
  () => '{"constructor":{"prototype":{"polluted":true}}}',
  () => '{"toString":1,"valueOf":2,"hasOwnProperty":3}',
  () => nested("[", "]", 5_000),
  () => nested('{"a":', "}", 5_000),
  () => `[${Array.from({ length: 600 }, (_, index) => index).join(",")}]`,
  () => '"2026-13-45T99:99:99Z"',
  () => '{"then":1}',
] as const;

/** A JSON text with one to three places that are not as agreed: another type, a field too many, one too few, one twice. */
export function spoilt(value: unknown, dice: Dice): string {
  const mark = "\u0001";
  const marks: string[] = [];
  const copy = structuredClone(value) as object;
  for (let turns = dice.between(1, 3); turns > 0; turns--) {
    let at = copy as Record<string, unknown>;
    for (;;) {
      const names = Object.keys(at);
      const name = names.length === 0 ? "extra" : dice.pick(names);
      const inner = at[name];
      if (inner !== null && typeof inner === "object" && Object.keys(inner).length > 0 && dice.chance(0.75)) {
        at = inner as Record<string, unknown>;
        continue;
      }
      const how = dice.roll();
      if (how < 0.1 && !Array.isArray(at)) delete at[name];
      else {
        const put = how < 0.2 && !Array.isArray(at) ? dice.pick(["extra", "__proto__x", "", "名"]) : name;
        at[put] = `${mark}${marks.length}${mark}`;
        marks.push(dice.pick(strange)());
      }
      break;
    }
  }
  const text = JSON.stringify(copy).replace(/"\\u0001(\d+)\\u0001"/g, (_, index) => marks[Number(index)] ?? "null");
  return dice.chance(0.05) ? text.replace("{", `{"${dice.pick(["ops", "after", "code"])}":0,`) : text;
}

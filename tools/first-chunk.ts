import type { Plugin } from "vite";

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}
interface Declaration extends Node {
  readonly declarations?: readonly { readonly init: Node | null }[];
  readonly declaration?: Declaration | null;
}

/** Values that need nobody's word for it that making them does nothing else. */
const plain: ReadonlySet<string> = new Set([
  "Literal",
  "Identifier",
  "ArrowFunctionExpression",
  "FunctionExpression",
  "TemplateLiteral",
]);

/** Says of every value that a module of `shared` makes as it is read that only its value counts: who does not use it need not make it. */
export function markPure(code: string, parse: (code: string) => { readonly body: readonly unknown[] }): string {
  const edits: [at: number, text: string][] = [];
  for (const statement of parse(code).body as readonly Declaration[]) {
    for (const { init } of (statement.declaration ?? statement).declarations ?? [])
      if (init && !plain.has(init.type)) edits.push([init.start, "/* @__PURE__ */ (() => ("], [init.end, "))()"]);
  }
  let marked = code;
  for (const [at, text] of edits.reverse()) marked = marked.slice(0, at) + text + marked.slice(at);
  return marked;
}

interface Call extends Node {
  readonly callee?: { readonly name?: string };
  readonly arguments?: readonly Node[];
}

/** Takes the shape of the answer out of each row of the contract: `query(door, about, input, output)`. */
export function withoutAnswers(code: string, parse: (code: string) => unknown): string {
  const cuts: [from: number, to: number][] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    else if (typeof node === "object" && node !== null) {
      const { type, callee, arguments: given } = node as Call;
      const answer = given?.[3];
      if (type === "CallExpression" && answer && (callee?.name === "query" || callee?.name === "command"))
        cuts.push([answer.start, answer.end]);
      else for (const part of Object.values(node)) walk(part);
    }
  };
  walk(parse(code));
  let cut = code;
  for (const [from, to] of cuts.reverse()) cut = `${cut.slice(0, from)}undefined${cut.slice(to)}`;
  return cut;
}

/** The core checks what it is asked, never what it answers: that is for the tests, and half of all schemas that its start would make. */
export function answersUnchecked(): Plugin {
  return {
    name: "answers-unchecked",
    enforce: "post",
    transform(code, id) {
      if (!/\/shared\/contract\/[^?]*\.ts$/.test(id)) return;
      return { code: withoutAnswers(code, (text) => this.parse(text)), map: null };
    },
  };
}

/**
 * `shared` is pure: no DOM, no Node, no clock, nothing outside itself. A bundler cannot know that of the thousand schemas that its
 * modules make, so the pages would make them all at each start for the sake of the names beside them.
 */
export function sharedIsPure(): Plugin {
  return {
    name: "shared-is-pure",
    enforce: "post",
    transform(code, id) {
      if (!/\/shared\/[^?]*\.ts$/.test(id)) return;
      return { code: markPure(code, (text) => this.parse(text)), map: null };
    },
  };
}

export interface Chunk {
  readonly isEntry: boolean;
  readonly imports: readonly string[];
  readonly moduleIds: readonly string[];
}

/** Modules of zod among all that the entry waits for. */
export function schemasAtStart(chunks: Readonly<Record<string, Chunk>>): string[] {
  const waited = new Set(Object.keys(chunks).filter((name) => chunks[name]?.isEntry));
  for (const name of waited) for (const next of chunks[name]?.imports ?? []) waited.add(next);
  return [...waited].flatMap((name) => chunks[name]?.moduleIds ?? []).filter((id) => /\/node_modules\/zod\//.test(id));
}

/** The build fails when a start of the pages would wait for zod: 40 ms of each start, for schemas that only forms need. */
export function startsWithoutSchemas(): Plugin {
  return {
    name: "starts-without-schemas",
    generateBundle(_options, bundle) {
      const chunks = Object.fromEntries(
        Object.entries(bundle).flatMap(([name, part]) => (part.type === "chunk" ? [[name, part] as const] : [])),
      );
      const found = schemasAtStart(chunks);
      if (found.length > 0)
        this.error(
          `The pages would start with zod (${found.length} modules, such as ${found[0]}): what needs a schema is brought later, as parts/later.tsx does.`,
        );
    },
  };
}

import type { Plugin } from "vite";

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}
// biome-ignore lint/suspicious/noExplicitAny: a tree of many kinds of nodes, of which a dozen matter.
type Tree = Node & Record<string, any>;
type Parse = (code: string) => unknown;

/** A value that a chunk makes as it is read, marked as pure: `var name = (() => value)();` */
interface Made {
  readonly init: Tree;
  readonly value: Tree;
}

/** What is known of a chunk: its values, every mention of a name, how often a name is bound, what comes in and goes out under which name. */
interface Chunk {
  readonly made: Map<string, Made>;
  readonly mentions: { readonly name: string; readonly at: Tree; readonly parent: Tree }[];
  readonly bound: Map<string, number>;
  /** Names that `new` would take for the class itself, such as `a` of `new a.b()`. */
  readonly news: Set<Tree>;
  readonly taken: { readonly from: string; readonly as: string; readonly name: string }[];
  readonly given: Map<string, string>;
}

const pureMark = /[#@]__PURE__ \*\/ $/;

function namesOf(pattern: Tree | null): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((one: Tree) => namesOf(one.type === "Property" ? one.value : one.argument));
    case "ArrayPattern":
      return pattern.elements.flatMap(namesOf);
    case "AssignmentPattern":
      return namesOf(pattern.left);
    case "RestElement":
      return namesOf(pattern.argument);
    default:
      return [];
  }
}

/** A name that is no variable: of a property, a method, a label. */
function isOnlyWord(parent: Tree, key: string): boolean {
  if (key === "label" || parent.type === "MetaProperty") return true;
  return !parent.computed && (key === "property" || (key === "key" && !parent.shorthand));
}

function read(code: string, parse: Parse): Chunk {
  const program = parse(code) as Tree;
  const chunk: Chunk = {
    made: new Map(),
    mentions: [],
    bound: new Map(),
    news: new Set(),
    taken: [],
    given: new Map(),
  };
  const bind = (pattern: Tree | null) => {
    for (const name of namesOf(pattern)) chunk.bound.set(name, (chunk.bound.get(name) ?? 0) + 1);
  };
  function walk(node: Tree, parent: Tree, key: string): void {
    if (node.type === "Identifier") {
      if (!isOnlyWord(parent, key)) chunk.mentions.push({ name: node.name, at: node, parent });
      return;
    }
    if (node.type === "NewExpression") {
      let head = node.callee as Tree;
      while (head.type === "MemberExpression") head = head.object;
      chunk.news.add(head);
    }
    if (node.type === "VariableDeclarator") bind(node.id);
    if (node.type === "CatchClause") bind(node.param);
    if (Array.isArray(node.params)) for (const param of node.params) bind(param);
    if (/^(Function|Class)/.test(node.type)) bind(node.id);
    for (const [name, part] of Object.entries(node)) {
      // `{ name }` is one name written once, though it stands in the tree twice.
      if (name === "key" && node.shorthand) continue;
      for (const one of Array.isArray(part) ? part : [part]) if (one?.type) walk(one, node, name);
    }
  }
  for (const statement of program.body as Tree[]) {
    if (statement.type === "VariableDeclaration")
      for (const { id, init } of statement.declarations as Tree[])
        if (id.type === "Identifier" && isMade(init, code)) chunk.made.set(id.name, { init, value: init.callee.body });
    for (const { imported, local } of statement.type === "ImportDeclaration" ? statement.specifiers : []) {
      bind(local);
      if (imported) chunk.taken.push({ from: fileOf(statement.source.value), as: imported.name, name: local.name });
    }
    if (statement.type === "ExportNamedDeclaration" && !statement.source)
      for (const { exported, local } of statement.specifiers) chunk.given.set(exported.name, local.name);
    const body = /^(Import|Export)/.test(statement.type) ? statement.declaration : statement;
    if (body) walk(body, program, "body");
  }
  return chunk;
}

function isMade(init: Tree | null, code: string): boolean {
  if (init?.type !== "CallExpression" || init.arguments.length > 0) return false;
  const { type, params, body, async } = init.callee;
  const bare = type === "ArrowFunctionExpression" && params.length === 0 && !async && body.type !== "BlockStatement";
  return bare && pureMark.test(code.slice(Math.max(0, init.start - 20), init.start));
}

const fileOf = (source: string): string => source.replace(/^\.\//, "");

/** Names of each chunk whose values can wait: nothing else in the chunks that see them has the same name, so that every mention of it is known. */
function waiting(chunks: ReadonlyMap<string, Chunk>): Map<string, Set<string>> {
  const found = new Map([...chunks].map(([file, chunk]) => [file, new Set(chunk.made.keys())]));
  for (const [file, { bound }] of chunks)
    for (const name of found.get(file) ?? []) if (bound.get(name) !== 1) found.get(file)?.delete(name);
  for (const chunk of chunks.values())
    for (const { from, as, name } of chunk.taken)
      if (chunk.bound.get(name) !== 1 || [...chunk.given.values()].includes(name))
        found.get(from)?.delete(chunks.get(from)?.given.get(as) ?? "");
  for (const [file, chunk] of chunks)
    for (const { from, as, name } of chunk.taken)
      if (found.get(from)?.has(chunks.get(from)?.given.get(as) ?? "")) found.get(file)?.add(name);
  return found;
}

const helper = `function madeWhenAsked(make) {
	let made;
	return () => {
		if (make) {
			made = make();
			make = undefined;
		}
		return made;
	};
}
`;

/** Each value is made by whoever asks for it first: `name` becomes a function, and every mention of it a call. */
export function whenAsked(codes: Readonly<Record<string, string>>, parse: Parse): Record<string, string> {
  const chunks = new Map(Object.entries(codes).map(([file, code]) => [file, read(code, parse)]));
  const wait = waiting(chunks);
  return Object.fromEntries(
    [...chunks].map(([file, chunk]) => {
      const names = wait.get(file) ?? new Set();
      const edits: [from: number, to: number, text: string][] = [];
      for (const [name, { init, value }] of chunk.made) {
        if (!names.has(name)) continue;
        edits.push([init.start, value.start, "madeWhenAsked(() => ("], [value.end, init.end, "))"]);
      }
      for (const { name, at, parent } of chunk.mentions) {
        if (!names.has(name) || (parent.type === "VariableDeclarator" && parent.id === at)) continue;
        const asked = chunk.news.has(at) ? `(${name}())` : `${name}()`;
        edits.push([at.start, at.end, parent.shorthand ? `${name}: ${asked}` : asked]);
      }
      const code = codes[file] ?? "";
      let made = "";
      let end = 0;
      for (const [from, to, text] of edits.sort(([a], [b]) => a - b)) {
        made += code.slice(end, from) + text;
        end = to;
      }
      return [file, (chunk.made.size > 0 ? helper : "") + made + code.slice(end)];
    }),
  );
}

/**
 * `shared` is pure, so nobody can tell when one of its values was made (`sharedIsPure`): a start of the core makes those that it asks for,
 * instead of all five thousand schemas of ops, messages, tables and calls.
 */
export function madeWhenAsked(): Plugin {
  return {
    name: "made-when-asked",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((part) => part.type === "chunk");
      for (const { isDynamicEntry, facadeModuleId } of chunks)
        if (isDynamicEntry && facadeModuleId?.includes("/shared/"))
          this.error(
            `Whoever brings ${facadeModuleId} later would see how its values are made: bring a module that uses it.`,
          );
      const codes = whenAsked(Object.fromEntries(chunks.map(({ fileName, code }) => [fileName, code])), (code) =>
        this.parse(code),
      );
      for (const chunk of chunks) chunk.code = codes[chunk.fileName] ?? chunk.code;
    },
  };
}

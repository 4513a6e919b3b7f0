import { expect, test } from "vitest";
import { checkRuleBook } from "../../tools/check/rule-book.ts";
import { plant, told } from "./tree.ts";

const books = {
  "shared/domain/RULES.md":
    "# Rules\n\n- **EV-1** A report makes an event.\n- **EV-2** Only a reported event is accepted.\n",
  "shared/protocol/SPEC.md": "- **PR-1** HTTPS only.\n- **PR-2** An answer is an envelope.\n",
};
const proofs = {
  "test/unit/event.test.ts": 'test("EV-1: a report", () => {}); test(`EV-2 accepts`, () => {});',
  "test/protocol/wire.spec.ts": "test('PR-1, PR-2', () => {});",
};

test("a book whose rules are all proved has no problem", async () => {
  expect(await checkRuleBook(plant({ ...books, ...proofs }))).toEqual([]);
});

test("a rule without a test is told, with its line", async () => {
  const tree = plant({ ...books, ...proofs, "test/protocol/wire.spec.ts": "test('PR-1', () => {});" });
  expect(await checkRuleBook(tree)).toMatchObject([
    { file: "shared/protocol/SPEC.md", line: 2, rule: "rule-book unproved", text: expect.stringContaining("PR-2") },
  ]);
});

test("neither a comment, nor a range, nor a file that is no test proves a rule", async () => {
  const tree = plant({
    ...books,
    "test/unit/event.test.ts": '// EV-1\ntest("nothing", () => {});',
    "test/unit/notes.ts": 'export const a = "EV-2";',
    "test/protocol/wire.spec.ts": "test('PR-1…PR-2', () => {});",
  });
  expect(told(await checkRuleBook(tree))).toEqual(["shared/domain/RULES.md rule-book unproved"]);
});

test("an id that no book defines is told where it is cited, in code and in tests", async () => {
  const tree = plant({
    ...books,
    ...proofs,
    "electron/core/commit.ts": "// keeps EV-3\nexport const a = 1;",
    "test/unit/more.test.ts": 'test("PR-20: gone", () => {});',
  });
  expect(told(await checkRuleBook(tree))).toEqual([
    "electron/core/commit.ts rule-book unknown",
    "test/unit/more.test.ts rule-book unknown",
  ]);
});

test("a rule defined twice and an empty book are told", async () => {
  const twice = { ...books, "shared/protocol/SPEC.md": "- **PR-1** a\n- **PR-2** b\n- **PR-2** c\n" };
  expect(told(await checkRuleBook(plant({ ...twice, ...proofs })))).toEqual([
    "shared/protocol/SPEC.md rule-book twice",
  ]);
  expect(told(await checkRuleBook(plant({ "shared/domain/RULES.md": "none yet" })))).toEqual([
    "shared/domain/RULES.md rule-book empty",
  ]);
});

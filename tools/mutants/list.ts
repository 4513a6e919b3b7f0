/** A bug to plant: one place in one file, and the test that must find it. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly put: string;
  /** Test file, and a part of the title of the test in it that must fail. */
  readonly test: string;
  readonly title: string;
}

const schedules = "test/fault/schedules.test.ts";
const outbox = "electron/core/store/outbox.ts";
const engine = "electron/core/sync/engine.ts";

export const mutants: readonly Mutant[] = [
  {
    name: "the district does not know an op again",
    file: "district/ledger/push.ts",
    find: "    if (known) return known;\n",
    put: "",
    test: "test/protocol/district.test.ts",
    title: "PR-7: the same op again has its first number",
  },
  {
    name: "the district takes an op before its turn",
    file: "district/ledger/push.ts",
    find: 'if (op.seq > expected) return { opId: op.id, outcome: "later", waitMs: laterMs };',
    put: "",
    test: "test/protocol/district.test.ts",
    title: "PR-8: an op before its turn is `later`",
  },
  {
    name: "ledger and state of the district are two transactions",
    file: "district/ledger/push.ts",
    find: "return (device, ops, at) => all.immediate(device, ops, at);",
    put: "void all;\n  return (device, ops, at) => ops.map((op) => take(device, op, at));",
    test: schedules,
    title: "(I3)",
  },
  {
    name: "the cursor moves before the rows are applied",
    file: outbox,
    find: "  db.transaction(() => {\n    const touched = new Map<string, { kind: EntityKind; id: string; confirmed: unknown }>();\n    const cursor = readCursor(db);\n",
    put: '  const cursor = readCursor(db);\n  if (upTo > cursor) writeMeta(db, "cursor", String(upTo));\n  db.transaction(() => {\n    const touched = new Map<string, { kind: EntityKind; id: string; confirmed: unknown }>();\n',
    test: schedules,
    title: "(I3)",
  },
  {
    name: "a refused op is dropped",
    file: outbox,
    find: `sql(db, "UPDATE op SET state = 'refused', refusal = ? WHERE seq = ?").run(JSON.stringify(result.error), row.seq);`,
    put: `sql(db, "DELETE FROM op WHERE seq = ?").run(row.seq);`,
    test: schedules,
    title: "(I1)",
  },
  {
    name: "what was laid on a refused op stays on screen",
    file: outbox,
    find: "      layAgain(db, row.entity, row.entity_id, confirmedOf(db, row.entity, row.entity_id));\n",
    put: "",
    test: schedules,
    title: "(I3)",
  },
  {
    name: "own waiting ops are not laid on what was pulled",
    file: outbox,
    find: "  for (const row of rows) {\n    const applied = applyOp(opOf(row,",
    put: "  for (const row of rows.slice(rows.length)) {\n    const applied = applyOp(opOf(row,",
    test: "test/unit/core/outbox.test.ts",
    title: "PR-9 own waiting ops are laid on top",
  },
  {
    name: "what was pulled is judged by a right that still waits here",
    file: outbox,
    find: "applyOp(op, confirmed, confirmedGradeOf(db, op.by))",
    put: "applyOp(op, confirmed, gradeOf(db, op.by))",
    test: schedules,
    title: "(I3)",
  },
  {
    name: "an op is called confirmed though no answer came",
    file: engine,
    find: '    if (!answer.ok) return { is: "failed", gen, failure: answer.error };\n    const { body: results, epoch } = answer.value;',
    put: '    if (!answer.ok) {\n      store.settlePush(ops.map((op) => ({ opId: op.id, outcome: "accepted", no: head + 1, confirmedAt: 1 })));\n      return { is: "failed", gen, failure: answer.error };\n    }\n    const { body: results, epoch } = answer.value;',
    test: schedules,
    title: "(I6)",
  },
  {
    name: "a new epoch is not noticed",
    file: engine,
    find: "    if (epoch !== enrolment.epoch || answer.value.head < after) return startEpoch(epoch);\n",
    put: "",
    test: schedules,
    title: "(I3)",
  },
  {
    name: "numbers of a former life are not filled after a restore",
    file: engine,
    find: "    outgoing.refill();\n",
    put: "",
    test: schedules,
    title: "(I3)",
  },
  {
    name: "a page of the former life moves the cursor of the new one",
    file: engine,
    find: "    dispatch(relink());\n  }",
    put: "    const begun = relink();\n    void Promise.resolve().then(() => dispatch(begun));\n    return undefined;\n  }",
    test: "test/unit/core/sync/engine.test.ts",
    title: "PR-6, PR-9: a page asked for before a restore",
  },
  {
    name: "another district's envelope is accepted",
    file: "electron/core/sync/http-link.ts",
    find: "    if (serverId !== options.serverId) return fail(foreign);\n",
    put: "    void serverId;\n",
    test: "test/protocol/answers.test.ts",
    title: "PR-2: another district's id",
  },
  {
    name: "the answer to another question is accepted",
    file: "electron/core/sync/http-link.ts",
    find: "    if (envelope.data.nonce !== nonce) return fail(foreign);\n",
    put: "",
    test: "test/protocol/answers.test.ts",
    title: "PR-3: an answer with the nonce of another request",
  },
  {
    name: "a captive portal is taken for a busy district",
    file: "electron/core/sync/https-errors.ts",
    find: "const passing = [",
    put: "const passing = [200, ",
    test: "test/protocol/answers.test.ts",
    title: "PR-2: HTML 200 of a captive portal",
  },
  {
    name: "a flapping link is tried without a pause",
    file: "electron/core/sync/machine.ts",
    find: "before.up && moment.mono - before.upSinceMono >= steadyMs",
    put: "before.up",
    test: "test/unit/core/sync/machine.test.ts",
    title: "a link that lets every pull through and no push is not stormed",
  },
];

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { verifyAhead } from "./verify/ahead.ts";
import { check, type Report } from "./verify/check.ts";
import { readExport, readWitness } from "./verify/read.ts";

/**
 * Says whether an exported duty log is sound. A program of its own: it shares no code with the desk that wrote the log,
 * and reads the exported file without it. `npm run verify -- --export FILE [--receipts FILE] [--trust FILE] [--json]`
 */
const usage = "npm run verify -- --export FILE [--receipts FILE] [--trust FILE] [--json]";

const day = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");

function tell(report: Report): string[] {
  const lines = [
    `stream    ${report.stream}`,
    `entries   ${report.first}–${report.last} (${report.entries}), ${report.erased} erased`,
  ];
  lines.push(`head      ${report.head}  ${report.code.match(/.{4}/g)?.join("-") ?? ""}`);
  const share = `${(report.share * 100).toFixed(1)} %`;
  lines.push(
    report.witnessedAt === null
      ? "receipts  none reaches this log"
      : `receipts  up to entry ${report.witnessed} (${share}), last ${day(report.witnessedAt)}`,
  );
  if (report.tail)
    lines.push(`tail      ${report.tail.entries} entries not yet witnessed, since ${day(report.tail.sinceAt)}`);
  if (report.trust === "export")
    lines.push("trust     keys as the export names them; give --trust to use the district's own");
  for (const server of report.missingKeys) lines.push(`missing   no key of district ${server}`);
  if (report.bad)
    lines.push(
      `first bad entry ${report.bad.seq}: ${report.bad.why}: ${report.bad.text} (${report.findings} findings)`,
    );
  const words = {
    sound: "SOUND 完好，全部已有区中心回执",
    unwitnessed: `NO FAULT FOUND 未见问题，末尾 ${report.tail?.entries ?? 0} 条尚无回执${report.exit === 3 ? "，已超过 72 小时" : ""}`,
    broken: `BROKEN 已损坏，从第 ${report.bad?.seq ?? 0} 条起`,
    undecided: "UNDECIDED 缺少区中心公钥，无法判定",
  };
  return [...lines, words[report.verdict]];
}

function cannot(text: string): never {
  console.error(text);
  process.exit(2);
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch {
    return cannot(`cannot read ${file} 读不到文件`);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      export: { type: "string" },
      receipts: { type: "string" },
      trust: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  if (!values.export) cannot(usage);
  const witness = (file: string | undefined) => {
    if (file === undefined) return undefined;
    const read = readWitness(readBytes(file));
    return typeof read === "number" ? cannot(`${file}: line ${read} is neither a receipt nor a key`) : read;
  };
  const receipts = witness(values.receipts);
  const trust = witness(values.trust);
  const file = readExport(readBytes(values.export));
  if (typeof file === "number") {
    const bad = { seq: Math.max(0, file - 1), why: "file", text: `line ${file} is not as an export is written` };
    if (values.json) console.log(JSON.stringify({ verdict: "broken", exit: 1, bad }));
    else console.log(`line ${file} is not as an export is written\nBROKEN 文件已损坏`);
    process.exitCode = 1;
    return;
  }
  const report = check(file, receipts?.receipts ?? [], trust?.keys, { isSigned: await verifyAhead(file) });
  if (values.json) console.log(JSON.stringify(report));
  else for (const line of tell(report)) console.log(line);
  process.exitCode = report.exit;
}

try {
  await main();
} catch (error) {
  cannot(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
}

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { WrittenEntry } from "#shared/domain/duty-log/duty-log.ts";
import type { Officer } from "#shared/domain/officer/officer.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { dayMs, hourMs, minuteMs } from "#shared/lib/time.ts";
import type { CorePorts } from "../ports.ts";
import { createSecret, writeSecret } from "../session/secret.ts";
import { type Db, sql } from "../store/database.ts";
import { writeMeta } from "../store/meta.ts";
import { readDivision, readJson, readTables } from "../tables.ts";
import { insertSampleAssets } from "./assets.ts";
import { type Case, caseHappenings } from "./cases.ts";
import { handoverHappenings } from "./handovers.ts";
import { type Happening, type Stage, setStage } from "./play.ts";
import { presenceHappenings } from "./presence.ts";
import { sampleMonths } from "./roster.ts";
import { ensureSampleShapes } from "./shapes.ts";
import { type UpkeepFile, upkeepHappenings } from "./upkeep.ts";

/** PIN of every sample officer; shown on the sample desk itself. */
export const demoPin = "2580";
/** 茶山竹海街道: the sample desk unless another is named. */
export const sampleStreet = "500118004";
const deskName = "示例席位";
/** The oldest case is ten days old; its officers were there before it. */
const beginsBeforeMs = 11 * dayMs;

interface LogEntry extends Pick<WrittenEntry, "kind" | "text"> {
  readonly minutesBeforeNow: number;
  readonly caller?: string;
  readonly callerPhone?: string;
  readonly unit?: string;
}
interface SampleWarning {
  readonly id: string;
  readonly level: string;
  readonly title: string;
  readonly text: string;
  readonly hoursBeforeNow: number;
  readonly hoursLeft: number;
}

/**
 * Turns a new profile into a desk of the sample district: officers, roster, assets, log, handovers and the seven true
 * cases, played in their order through the same `record` that every command uses. All or nothing: one transaction.
 */
export async function becomeSample(ports: CorePorts, db: Db, street: string): Promise<Result<void, DeskError>> {
  const folder = join(ports.resourcesDir, "sample", street);
  if (!existsSync(join(folder, "officers.json"))) return fail(deskError("setup.unknown_street", undefined, "street"));
  const read = <T>(name: string): T => readJson<T>(folder, `${name}.json`);
  const people = await Promise.all(
    read<{ officers: Officer[] }>("officers").officers.map(async (officer) => {
      const { secret, privateKey, publicKey } = await createSecret(demoPin, ports.randomBytes);
      return { officer: { ...officer, active: true, publicKey }, secret, key: privateKey };
    }),
  );
  const officers = people.map(({ officer }) => officer);
  const planner = officers.find(({ grade }) => grade === "admin")?.id ?? "";
  const stage = setStage(ports, db, readTables(ports.resourcesDir), street, planner);
  const begin = stage.now - beginsBeforeMs;

  db.transaction(() => {
    writeMeta(db, "street", street);
    writeMeta(db, "deskName", deskName);
    writeMeta(db, "sample", "1");
    writeMeta(db, "since", String(stage.now - 2 * dayMs));
    for (const { officer, secret } of people) {
      stage.put("officer.put", officer, "setup", begin);
      writeSecret(db, officer.id, secret);
    }
    for (const month of sampleMonths(stage.tables.roster, stage.tables.holidays.days, officers, stage.now))
      stage.put("roster.publish", month, planner, begin);
    ensureSampleShapes(db, folder);
    insertSampleAssets(db, folder, stage.now);
    const happenings = [
      ...upkeepHappenings(stage, read<UpkeepFile>("upkeep")),
      ...read<{ cases: Case[] }>("cases").cases.flatMap((one) => caseHappenings(stage, one)),
      ...read<{ entries: LogEntry[] }>("log").entries.map((entry) => entryHappening(stage, entry)),
      ...presenceHappenings(stage),
      ...handoverHappenings(stage, new Map(people.map((person) => [person.officer.id, person])), {
        streetName: streetName(ports, street),
        deskName,
        offsetMin: stage.tables.roster.offsetMin,
        sample: true,
      }),
    ];
    for (const happening of happenings.sort((a, b) => a.at - b.at)) happening.record();
    for (const warning of read<{ warnings: SampleWarning[] }>("warnings").warnings) insertWarning(stage, warning);
  })();
  return ok(undefined);
}

const streetName = ({ resourcesDir }: CorePorts, street: string): string =>
  readDivision(resourcesDir).streets.find(({ code }) => code === street)?.name ?? street;

function entryHappening(stage: Stage, entry: LogEntry): Happening {
  const at = stage.now - entry.minutesBeforeNow * minuteMs;
  const { kind, text, caller = "", callerPhone = "", unit = "" } = entry;
  const links = { eventId: null, corrects: null, officerIds: [], assetIds: [] };
  const body = { id: stage.newId(), kind, text, callerName: caller, callerPhone, unit, ...links };
  return { at, record: () => stage.put("log.write", body, stage.onDuty("operator", at), at) };
}

function insertWarning({ db, now }: Stage, { id, level, title, text, hoursBeforeNow, hoursLeft }: SampleWarning): void {
  const fromAt = Math.round(now - hoursBeforeNow * hourMs);
  const toAt = Math.round(now + hoursLeft * hourMs);
  sql(db, "INSERT INTO warning (id, level, title, text, from_at, to_at, sample) VALUES (?, ?, ?, ?, ?, ?, 1)").run(
    id,
    level,
    title,
    text,
    fromAt,
    toAt,
  );
}

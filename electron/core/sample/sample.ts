import type { KeyObject } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Level, Place, Source } from "#shared/domain/duty-event/event.ts";
import type { EventAction } from "#shared/domain/duty-event/transitions.ts";
import type { WrittenEntry } from "#shared/domain/duty-log/duty-log.ts";
import type { Grade, Officer } from "#shared/domain/officer/officer.ts";
import { onDutyAt, type ShiftSpan, shiftsBetween } from "#shared/domain/roster/roster.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { dayMs, hourMs, minuteMs } from "#shared/lib/time.ts";
import type { BodyOf, OpKind } from "#shared/op/kinds.ts";
import { eventNumber, limitOf, titleOf } from "../commands/events.ts";
import { signRecord } from "../commands/handover.ts";
import { newId } from "../desk.ts";
import type { CorePorts } from "../ports.ts";
import { handoverId } from "../queries/handover.ts";
import { slotsFor } from "../queries/people.ts";
import { createSecret, writeSecret } from "../session/secret.ts";
import { record } from "../store/commit.ts";
import { type Db, sql } from "../store/database.ts";
import { writeMeta } from "../store/meta.ts";
import { readJson, readPlaces, readTables } from "../tables.ts";
import { insertAssets } from "./assets.ts";
import { sampleRecord } from "./handover.ts";
import { sampleMonths } from "./roster.ts";

/** PIN of every sample officer; shown on the sample desk itself. */
export const demoPin = "2580";
/** 茶山竹海街道: the sample desk unless another is named. */
export const sampleStreet = "500118004";

interface Step {
  readonly action: Exclude<EventAction, "report">;
  readonly minutesAfter: number;
  readonly by: Exclude<Grade, "admin">;
  readonly body: Readonly<Record<string, unknown>>;
}
interface Case {
  readonly source: string;
  readonly level: Level;
  readonly category: string;
  readonly text: string;
  readonly caller?: string;
  readonly callerPhone?: string;
  readonly place: { text: string; lng: number; lat: number; community: string; grid: string };
  readonly minutesBeforeNow: number;
  readonly steps: readonly Step[];
}
type LogEntry = {
  minutesBeforeNow: number;
  kind: WrittenEntry["kind"];
  text: string;
  caller?: string;
  callerPhone?: string;
  unit?: string;
};
type SampleWarning = {
  id: string;
  level: string;
  title: string;
  text: string;
  hoursBeforeNow: number;
  hoursLeft: number;
};

const sourceOf: Readonly<Record<string, Source>> = {
  camera: "device",
  sensor: "device",
  hotline_12345: "citizen_appeal",
};

/** One thing that happened on the sample desk, waiting to be recorded in its turn. */
interface Happening {
  readonly at: number;
  readonly record: () => void;
}

/**
 * Turns a new profile into a desk of the sample district: officers, roster, assets, log, handovers and the seven true
 * cases, played in their order through the same `record` that every command uses. All or nothing: one transaction.
 */
export async function becomeSample(ports: CorePorts, db: Db, street: string): Promise<Result<void, DeskError>> {
  const folder = join(ports.resourcesDir, "sample", street);
  if (!existsSync(join(folder, "officers.json"))) return fail(deskError("setup.unknown_street", undefined, "street"));
  const now = ports.now();
  const tables = readTables(ports.resourcesDir);
  const people = await Promise.all(
    readJson<{ officers: Officer[] }>(folder, "officers.json").officers.map(async (officer) => {
      const { secret, privateKey, publicKey } = await createSecret(demoPin, ports.randomBytes);
      return { officer: { ...officer, active: true, publicKey }, secret, privateKey };
    }),
  );
  const keys = new Map<string, { officer: Officer; key: KeyObject }>(
    people.map(({ officer, privateKey }) => [officer.id, { officer, key: privateKey }]),
  );
  const rules = tables.roster;

  db.transaction(() => {
    const put = <K extends OpKind>(kind: K, body: BodyOf<K>, by: string, at: number) => {
      const done = record(db, kind, body, { by, at, street, newId: () => newId(ports) });
      if (!done.ok)
        throw new Error(
          `sample data refused (${kind}, ${done.error.id} ${JSON.stringify(done.error.params ?? {})} ${done.error.field ?? ""})`,
        );
      return done.value;
    };
    writeMeta(db, "street", street);
    writeMeta(db, "deskName", "示例席位");
    writeMeta(db, "sample", "1");
    writeMeta(db, "since", String(now - 2 * dayMs));
    const begin = now - 11 * dayMs;
    for (const { officer, secret } of people) {
      put("officer.put", officer, "setup", begin);
      writeSecret(db, officer.id, secret);
    }
    const planner = people.find(({ officer }) => officer.grade === "admin")?.officer.id ?? people[0]?.officer.id ?? "";
    for (const month of sampleMonths(
      rules,
      people.map(({ officer }) => officer),
      now,
    ))
      put("roster.publish", month, planner, begin);

    const at = (grade: Exclude<Grade, "admin">, when: number): string => {
      const shift = onDutyAt(rules, slotsFor(db, rules, when - dayMs, when + dayMs), when)?.people ?? [];
      const role = grade === "operator" ? "main_operator" : grade === "leader" ? "leader_on_duty" : "shift_leader";
      return shift.find((person) => person.role === role)?.officerId ?? planner;
    };
    const happenings: Happening[] = [
      ...readJson<{ cases: Case[] }>(folder, "cases.json").cases.flatMap((one) => caseHappenings(one)),
      ...readJson<{ entries: LogEntry[] }>(folder, "log.json").entries.map((entry) => {
        const when = now - entry.minutesBeforeNow * minuteMs;
        const { kind, text, caller = "", callerPhone = "", unit = "" } = entry;
        const body = {
          id: newId(ports),
          kind,
          text,
          callerName: caller,
          callerPhone,
          unit,
          eventId: null,
          corrects: null,
        };
        return { at: when, record: () => void put("log.write", body, at("operator", when), when) };
      }),
      ...shiftsBetween(rules, now - 2 * dayMs, now)
        .filter((span) => span.endAt <= now)
        .flatMap((span) => handoverHappenings(span)),
    ];
    for (const happening of happenings.sort((a, b) => a.at - b.at)) happening.record();

    function caseHappenings(one: Case): Happening[] {
      const reportedAt = now - one.minutesBeforeNow * minuteMs;
      const eventId = newId(ports);
      const place: Place = {
        text: one.place.text,
        point: { lng: one.place.lng, lat: one.place.lat },
        community: one.place.community,
        grid: one.place.grid,
      };
      const report = () => {
        const given = {
          number: eventNumber({ db, tables }, reportedAt),
          source: sourceOf[one.source] ?? (one.source as Source),
          title: titleOf(one.text),
          text: one.text,
          level: one.level,
          category: one.category,
          confidential: tables.categories.rows.find(({ code }) => code === one.category)?.confidential ?? false,
          callerName: one.caller ?? "",
          callerPhone: one.callerPhone ?? "",
          place,
          limitMin: limitOf({ tables }, one.category, one.level),
          sample: true,
        };
        put("event.report", { eventId, given }, at("operator", reportedAt), reportedAt);
      };
      const steps = one.steps.map(({ action, minutesAfter, by, body }, index): Happening => {
        // A few seconds apart, so that steps of one minute keep their order.
        const when = Math.min(now, reportedAt + minutesAfter * minuteMs + (index + 1) * 4000);
        return {
          at: when,
          record: () =>
            void put(
              "event.act",
              { eventId, action, given: givenOf(action, body, tables, one.level) } as BodyOf<"event.act">,
              at(by, when),
              when,
            ),
        };
      });
      return [{ at: reportedAt, record: report }, ...steps];
    }

    function handoverHappenings(span: ShiftSpan): Happening[] {
      const next = shiftsBetween(rules, span.endAt, span.endAt + 1)[0];
      const sign = (side: "outgoing" | "incoming", when: number) => () => {
        const record = sampleRecord(db, rules, tables, span, next);
        const signer = keys.get(
          (side === "outgoing" ? record.outgoing : record.incoming).find(({ role }) => role === "shift_leader")
            ?.officerId ?? "",
        );
        if (!signer) throw new Error(`nobody to sign the sample handover ${handoverId(span)}`);
        const signature = signRecord(signer.key, signer.officer, handoverId(span), side, record, when);
        put(
          "handover.sign",
          { handoverId: handoverId(span), side, record: side === "outgoing" ? record : null, signature },
          signer.officer.id,
          when,
        );
      };
      const outgoingAt = Math.min(now, span.endAt - 4 * minuteMs);
      const incomingAt = Math.min(now, span.endAt + 2 * minuteMs);
      return [
        { at: outgoingAt, record: sign("outgoing", outgoingAt) },
        { at: incomingAt, record: sign("incoming", incomingAt) },
      ];
    }

    insertAssets(db, folder, readPlaces(ports.resourcesDir, street));
    for (const { id, level, title, text, hoursBeforeNow, hoursLeft } of readJson<{ warnings: SampleWarning[] }>(
      folder,
      "warnings.json",
    ).warnings) {
      sql(db, "INSERT INTO warning (id, level, title, text, from_at, to_at, sample) VALUES (?, ?, ?, ?, ?, ?, 1)").run(
        id,
        level,
        title,
        text,
        Math.round(now - hoursBeforeNow * hourMs),
        Math.round(now + hoursLeft * hourMs),
      );
    }
  })();
  return ok(undefined);
}

/** The scripts of the cases use the words of the street; the table of transitions has its own field names. */
function givenOf(
  action: EventAction,
  body: Readonly<Record<string, unknown>>,
  tables: ReturnType<typeof readTables>,
  level: Level,
): Record<string, unknown> {
  if (action === "acknowledge") return { party: body.by, via: body.via === "phone" ? "电话" : "系统" };
  if (action === "whistle") return { whistleKind: body.kind, to: body.to, text: body.text };
  if (action === "assess") {
    const limitMin = limitOf({ tables }, String(body.category), (body.level as Level | undefined) ?? level);
    return limitMin === null ? { ...body } : { ...body, limitMin };
  }
  return { ...body };
}

import type { ParsedOf, PastImport } from "#shared/contract.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { wholeFile } from "../files/incoming.ts";
import { type About, endJob, type Job, jobOf, look, startJob, take } from "../imports/job.ts";
import { dropImport } from "../store/asset-imports.ts";
import { sql } from "../store/database.ts";
import { turn } from "../turn.ts";

/** IM-8: who may bring assets in and take them away. */
const mayImport = (desk: Desk): boolean => (desk.session.officer?.grade ?? "operator") !== "operator";

const busy = (job: Job | undefined): boolean => job?.state.phase === "taking";

export function openImport(desk: Desk, { fileId }: ParsedOf<"import.open">): Answer<"import.open"> {
  const before = jobOf(desk);
  if (busy(before)) return fail(deskError("import.busy"));
  const file = wholeFile(desk, fileId);
  if (!file) return fail(deskError("file.unknown"));
  if (before) void endJob(desk, before);
  return ok(startJob(desk, fileId, file, desk.session.officer?.name ?? "").state);
}

export const importState = (desk: Desk): Answer<"import.state"> => ok({ state: jobOf(desk)?.state ?? null });

function waiting(desk: Desk, importId: string): Result<Job, DeskError> {
  const job = jobOf(desk);
  if (job?.state.importId !== importId) return fail(deskError("import.unknown"));
  return busy(job) ? fail(deskError("import.busy")) : ok(job);
}

export function chooseImport(desk: Desk, { importId, choices }: ParsedOf<"import.choose">): Answer<"import.choose"> {
  const found = waiting(desk, importId);
  if (!found.ok) return found;
  found.value.choices = choices;
  void look(desk, found.value);
  return ok(found.value.state);
}

/** Errors: `session.not_allowed`, `import.system_open` while nobody has said in which system the places are, `import.nothing`. */
export function takeImport(desk: Desk, { importId }: ParsedOf<"import.take">): Answer<"import.take"> {
  if (!mayImport(desk)) return fail(deskError("session.not_allowed"));
  const found = waiting(desk, importId);
  if (!found.ok) return found;
  const { preview, phase } = found.value.state;
  if (phase !== "ready" || !preview) return fail(deskError("import.not_read"));
  if (preview.systemBy === "unknown") return fail(deskError("import.system_open"));
  if (preview.good === 0) return fail(deskError("import.nothing"));
  void take(desk, found.value);
  return ok(found.value.state);
}

export async function leaveImport(desk: Desk, { importId }: ParsedOf<"import.leave">): Promise<Answer<"import.leave">> {
  const job = jobOf(desk);
  if (job?.state.importId !== importId) return fail(deskError("import.unknown"));
  await endJob(desk, job);
  return ok({});
}

export function listImports(desk: Desk): Answer<"import.list"> {
  const rows = sql(
    desk.db,
    "SELECT id, at, about, state, count FROM asset_import WHERE state <> 'loading' ORDER BY no DESC LIMIT 500",
  ).all() as {
    id: string;
    at: number;
    about: string;
    state: string;
    count: number;
  }[];
  return ok({
    imports: rows.map(({ id, at, about, state, count }): PastImport => {
      const { by, fileName, format, system, rows: read } = JSON.parse(about) as About;
      return {
        importId: id,
        at,
        by,
        fileName,
        format,
        system,
        rows: read,
        taken: count,
        state: state === "leaving" ? "leaving" : "done",
      };
    }),
  });
}

/** IM-6: portion by portion, so that the desk answers meanwhile; what a restart interrupts goes on at the next start. */
export function undoImport(desk: Desk, { importId }: ParsedOf<"import.undo">): Answer<"import.undo"> {
  if (!mayImport(desk)) return fail(deskError("session.not_allowed"));
  const known = sql(desk.db, "SELECT 1 FROM asset_import WHERE id = ? AND state <> 'loading'").get(importId);
  if (!known) return fail(deskError("import.unknown"));
  // What was brought in a moment ago is no longer told as standing on the map.
  const job = jobOf(desk);
  if (job?.state.importId === importId && job.state.phase === "done") void endJob(desk, job);
  void (async () => {
    while (desk.db.open && dropImport(desk.db, importId)) await turn();
    desk.notify("asset", "import");
  })().catch((error: unknown) => desk.ports.log(`import.undo: ${String(error)}`));
  return ok({});
}

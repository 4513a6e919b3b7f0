import type { ExportState } from "#shared/contract.ts";
import { ok } from "#shared/lib/result.ts";
import { type Answer, type Desk, newId } from "../desk.ts";
import { dropFile, finishFile, holdFile } from "../files/incoming.ts";
import { readFailure } from "../store/database.ts";
import { turn } from "../turn.ts";

/** To be called after each portion with its rows: lets others have a turn; `false`: nobody wants the file any more. */
export type Step = (rows: number) => Promise<boolean>;

const running = new WeakMap<Desk["db"], ExportState>();

/** Begins to write a file of `of` rows; one export at a time, a new one takes the place of the one before. */
export function startExport(
  desk: Desk,
  fileName: string,
  of: number,
  write: (path: string, step: Step) => Promise<void>,
): ExportState {
  const before = running.get(desk.db);
  if (before?.fileId) dropFile(desk, { fileId: before.fileId });
  const { fileId, file } = holdFile(desk, fileName, 0);
  const state: ExportState = { exportId: newId(desk.ports), phase: "making", done: 0, of, fileId: null, errorId: null };
  running.set(desk.db, state);
  void make(desk, state.exportId, fileId, (step) => write(file.path, step));
  return state;
}

export const exportState = (desk: Desk, { exportId }: { exportId: string }): Answer<"export.state"> => {
  const state = running.get(desk.db);
  return ok({ state: state && (exportId === "" || state.exportId === exportId) ? state : null });
};

export function leaveExport(desk: Desk, { exportId }: { exportId: string }): Answer<"export.leave"> {
  const state = running.get(desk.db);
  if (state?.exportId !== exportId) return ok({});
  running.delete(desk.db);
  return state.fileId ? dropFile(desk, { fileId: state.fileId }) : ok({});
}

async function make(desk: Desk, exportId: string, fileId: string, write: (step: Step) => Promise<void>): Promise<void> {
  const mine = () => running.get(desk.db)?.exportId === exportId && desk.db.open;
  const set = (change: Partial<ExportState>) => {
    const state = running.get(desk.db);
    if (state?.exportId === exportId) running.set(desk.db, { ...state, ...change });
  };
  let done = 0;
  try {
    await write(async (rows) => {
      done += rows;
      set({ done });
      await turn();
      return mine();
    });
    if (!mine()) return void dropFile(desk, { fileId });
    finishFile(desk, fileId);
    set({ phase: "ready", fileId });
  } catch (error) {
    desk.ports.log(`export: ${error instanceof Error ? error.message : String(error)}`);
    dropFile(desk, { fileId });
    set({ phase: "failed", errorId: readFailure(error) });
  }
  if (desk.db.open) desk.notify("export");
}

import { create } from "zustand";
import { smallFile } from "#renderer/bridge/send-file.ts";
import type { SheetQuestion } from "#shared/contract.ts";
import { sheetFileMost } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";

/** A question that was met in this file, so that its answer can be looked at and changed. */
export interface Met {
  readonly question: SheetQuestion;
  /** The answer of an earlier import that the desk remembered. */
  readonly recalled?: string;
}

interface Importing {
  /** Whose import it is: another officer begins anew. */
  readonly by: string | null;
  readonly file: SheetFile | null;
  readonly answers: Readonly<Record<string, string>>;
  readonly met: readonly Met[];
}

export interface SheetFile {
  readonly fileName: string;
  readonly base64: string;
}

const atStart: Importing = { by: null, file: null, answers: {}, met: [] };

/** The import under way. It outlives its screen: leaving for a call loses no answer. */
export const useImporting = create<Importing>(() => atStart);

export const beginImport = (by: string, file: SheetFile | null): void =>
  useImporting.setState({ ...atStart, by, file }, true);

export function answer(id: string, words: string | null): void {
  useImporting.setState(({ answers }) => {
    const { [id]: _, ...others } = answers;
    return { answers: words === null ? others : { ...others, [id]: words } };
  });
}

/** Keeps what a reading asked, in the order in which it was met. */
export function meet(found: readonly Met[]): void {
  useImporting.setState(({ met }) => {
    const known = new Set(met.map(({ question }) => question.id));
    const fresh = found.filter(({ question }) => !known.has(question.id));
    return fresh.length === 0 ? {} : { met: [...met, ...fresh] };
  });
}

export const mostKilobytes = sheetFileMost >> 10;

/** The bytes of a chosen, dropped or pasted file. Errors of `smallFile`. */
export const readSheetFile = (file: File): Promise<Result<SheetFile, DeskError>> => smallFile(file, sheetFileMost);

/** Cells copied in a spreadsheet come as text with tabs between. */
export const readPasted = (text: string, fileName: string): Promise<Result<SheetFile, DeskError>> =>
  readSheetFile(new File([text], fileName, { type: "text/csv" }));

import type { MadeFile } from "#shared/contract.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";

/** What the Electron shell can do that a browser leaves to its own print dialog. */
interface PaperShell {
  /** The page as it prints, as PDF, base64; `null`: it could not. */
  printToPdf(): Promise<string | null>;
}

const shell = (): Partial<PaperShell> | undefined => (globalThis as { desk?: Partial<PaperShell> }).desk;

/** Whether this shell makes PDFs itself; in a browser the print dialog does, of the same page. */
export const canMakePdf = (): boolean => shell()?.printToPdf !== undefined;

/** The page as it prints now. Errors: `bug` where the shell could not. */
export async function pdfOfPage(fileName: string): Promise<Result<MadeFile, DeskError>> {
  const base64 = await shell()?.printToPdf?.();
  return base64 ? ok({ fileName, base64 }) : fail(deskError("bug"));
}

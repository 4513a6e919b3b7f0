import { filePieceMost } from "#shared/contract.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { callDesk } from "./desk.ts";
import { saveBytes } from "./save-file.ts";

/** Brings a file of any size into the desk, piece by piece. `told` hears how many bytes have arrived. */
export async function sendFile(file: File, told: (bytes: number) => void): Promise<Result<string, DeskError>> {
  const begun = await callDesk("file.begin", { fileName: file.name.slice(-200), bytes: file.size });
  if (!begun.ok) return begun;
  const { fileId } = begun.value;
  for (let offset = 0; offset < file.size; offset += filePieceMost) {
    const base64 = await base64Of(file.slice(offset, offset + filePieceMost));
    const taken = base64.ok ? await callDesk("file.piece", { fileId, offset, base64: base64.value }) : base64;
    if (!taken.ok) {
      await callDesk("file.drop", { fileId });
      return taken;
    }
    told(Math.min(file.size, offset + filePieceMost));
  }
  return ok(fileId);
}

/** Fetches a file that the desk has made, and gives it to the person. */
export async function takeFile(fileId: string): Promise<Result<string, DeskError>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = 0; ; ) {
    const piece = await callDesk("file.read", { fileId, offset });
    if (!piece.ok) return piece;
    const { fileName, bytes, base64 } = piece.value;
    const part = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    parts.push(part);
    offset += part.length;
    if (offset < bytes && part.length > 0) continue;
    saveBytes(fileName, parts);
    return ok(fileName);
  }
}

/** A small file as the contract takes it: one call carries it whole. Errors: `file.too_large`, `file.unreadable`. */
export async function smallFile(
  file: File,
  mostBytes: number,
): Promise<Result<{ readonly fileName: string; readonly base64: string }, DeskError>> {
  if (file.size > mostBytes)
    return fail(deskError("file.too_large", { kb: Math.ceil(file.size / 1024), most: Math.floor(mostBytes / 1024) }));
  const base64 = await base64Of(file);
  return base64.ok ? ok({ fileName: file.name.slice(-200), base64: base64.value }) : base64;
}

/** A file that another program holds, or that was moved after it was chosen, cannot be read: `file.unreadable`. */
function base64Of(piece: Blob): Promise<Result<string, DeskError>> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onerror = () => resolve(fail(deskError("file.unreadable")));
    reader.onload = () => resolve(ok(String(reader.result).replace(/^[^,]*,/, "")));
    reader.readAsDataURL(piece);
  });
}

import { filePieceMost } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import { callDesk } from "./desk.ts";
import { saveBytes } from "./save-file.ts";

/** Brings a file of any size into the desk, piece by piece. `told` hears how many bytes have arrived. */
export async function sendFile(file: File, told: (bytes: number) => void): Promise<Result<string, DeskError>> {
  const begun = await callDesk("file.begin", { fileName: file.name.slice(-200), bytes: file.size });
  if (!begun.ok) return begun;
  const { fileId } = begun.value;
  for (let offset = 0; offset < file.size; offset += filePieceMost) {
    const base64 = await base64Of(file.slice(offset, offset + filePieceMost));
    const taken = await callDesk("file.piece", { fileId, offset, base64 });
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

/** The bytes of a small file as the contract takes them. */
export function base64Of(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error);
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.readAsDataURL(piece);
  });
}

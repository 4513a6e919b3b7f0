import type { MadeFile } from "#shared/contract.ts";

const types: Readonly<Record<string, string>> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pdf: "application/pdf",
  ics: "text/calendar;charset=utf-8",
  csv: "text/csv;charset=utf-8",
  json: "application/json",
};

/** The browser has taken the bytes long before; an address that is never given back keeps them in memory. */
const keptMs = 60_000;

/** Gives a file that the core made to the person: a browser saves it with its downloads, the Electron shell asks where. */
export const saveFile = ({ fileName, base64 }: MadeFile): void =>
  saveBytes(fileName, [Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]);

export function saveBytes(fileName: string, parts: Uint8Array<ArrayBuffer>[]): void {
  const type = types[fileName.split(".").at(-1)?.toLowerCase() ?? ""] ?? "application/octet-stream";
  saveBlob(fileName, new Blob(parts, { type }));
}

export function saveBlob(fileName: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), keptMs);
}

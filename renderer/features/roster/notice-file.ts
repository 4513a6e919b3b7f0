import { noticeMost } from "#shared/contract.ts";

/** The words of a notice saved as plain text, in UTF-8 or as Chinese Windows writes it; nothing if the file holds more than could be read. */
export async function readNotice(file: File): Promise<string | undefined> {
  if (file.size > 4 * noticeMost) return undefined;
  return decode(await file.arrayBuffer());
}

function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

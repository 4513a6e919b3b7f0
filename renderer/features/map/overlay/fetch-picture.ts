import { callDesk } from "#renderer/bridge/desk.ts";

/** Wider or higher it is not drawn, px: what a screen shows of it, in bounds of memory. */
const mostSide = 4096;

/** Fetches a picture of a battle map by its hash. `away`: not on this desk; `broken`: not what was named, or not to be decoded. */
export async function fetchPicture(hash: string): Promise<ImageBitmap | "away" | "broken"> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = 0; ; ) {
    const piece = await callDesk("overlay.picture", { hash, offset });
    if (!piece.ok) return "broken";
    const { state, type, bytes, base64 } = piece.value;
    if (state !== "here") return state;
    const part = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    parts.push(part);
    offset += part.length;
    if (offset < bytes && part.length > 0) continue;
    return decoded(new Blob(parts, { type }));
  }
}

async function decoded(file: Blob): Promise<ImageBitmap | "broken"> {
  try {
    const whole = await createImageBitmap(file);
    const share = mostSide / Math.max(whole.width, whole.height);
    if (share >= 1) return whole;
    const size = { resizeWidth: Math.round(whole.width * share), resizeHeight: Math.round(whole.height * share) };
    const small = await createImageBitmap(whole, { ...size, resizeQuality: "medium" });
    whole.close();
    return small;
  } catch {
    return "broken";
  }
}

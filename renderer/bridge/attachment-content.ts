import { useEffect, useState } from "react";
import type { MediaType } from "#shared/domain/attachment/media.ts";
import { mediaTypes } from "#shared/domain/attachment/media.ts";
import type { DeskError } from "#shared/errors.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import { callDesk } from "./desk.ts";

/** What a page holds of a content: the address of its bytes in this page's memory, or why there is none. */
export type PageContent =
  | { readonly state: "here"; readonly blob: Blob; readonly name: string; readonly media: MediaType }
  | { readonly state: "away" | "broken" };

/** Side of a small picture, px of the screen at twice its density. */
const thumbSide = 192;
/** So many small pictures are kept; a few kilobytes each. */
const mostThumbs = 200;

/** Small pictures by the hash of their content: the same photo is drawn once, whatever event shows it. */
const thumbs = new Map<string, string>();
/** One content at a time is brought in for its small picture, so that a click elsewhere does not wait for thirty photos. */
let drawing: Promise<unknown> = Promise.resolve();

/** Fetches an attachment's content from the desk, piece by piece. */
export async function loadContent(id: string): Promise<Result<PageContent, DeskError>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = 0; ; ) {
    const piece = await callDesk("attachment.read", { id, offset });
    if (!piece.ok) return piece;
    const { state, base64, bytes, name, media } = piece.value;
    if (state !== "here") return ok({ state });
    const part = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    parts.push(part);
    offset += part.length;
    if (offset < bytes && part.length > 0) continue;
    return ok({ state: "here", blob: new Blob(parts, { type: media }), name, media });
  }
}

/** Nothing of an event stays in the page's memory after sign-out. */
export function forgetContents(): void {
  for (const address of thumbs.values()) URL.revokeObjectURL(address);
  thumbs.clear();
}

async function drawThumb(id: string, sha256: string): Promise<string | null> {
  const known = thumbs.get(sha256);
  if (known) return known;
  const loaded = await loadContent(id);
  if (!loaded.ok || loaded.value.state !== "here") return null;
  try {
    const whole = await createImageBitmap(loaded.value.blob);
    const scale = Math.min(1, thumbSide / Math.min(whole.width, whole.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(whole.width * scale));
    canvas.height = Math.max(1, Math.round(whole.height * scale));
    canvas.getContext("2d")?.drawImage(whole, 0, 0, canvas.width, canvas.height);
    whole.close();
    const small = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.8));
    if (!small) return null;
    const address = URL.createObjectURL(small);
    const [oldest] = thumbs.keys();
    if (thumbs.size >= mostThumbs && oldest) {
      URL.revokeObjectURL(thumbs.get(oldest) ?? "");
      thumbs.delete(oldest);
    }
    thumbs.set(sha256, address);
    return address;
  } catch {
    // Named a picture by its first bytes, and none that can be drawn: the sign of its kind stands for it.
    return null;
  }
}

/** The small picture of a photo, once it is drawn; `null`: none. */
export function useThumb(one: { id: string; sha256: string; media: MediaType }, here: boolean): string | null {
  const { id, sha256, media } = one;
  const [address, setAddress] = useState<string | null>(() => thumbs.get(sha256) ?? null);
  const draws = here && mediaTypes[media].show === "photo";
  useEffect(() => {
    if (!draws) return;
    let wanted = true;
    const run = drawing.then(() => (wanted ? drawThumb(id, sha256) : null));
    drawing = run.catch(() => {});
    void run.then((drawn) => wanted && setAddress(drawn));
    return () => {
      wanted = false;
    };
  }, [id, sha256, draws]);
  return draws ? address : null;
}

import type { Bilingual } from "#shared/lib/text.ts";

/** What a person can do with it on the desk: look at it, listen, watch, read; or only save it as a file. */
export type MediaShow = "photo" | "sound" | "film" | "page" | "file";

interface Media {
  readonly show: MediaShow;
  readonly extension: string;
  readonly name: Bilingual;
}

/** AT-1: everything that may be attached, and nothing else. */
export const mediaTypes = {
  "image/jpeg": { show: "photo", extension: "jpg", name: { zh: "照片", en: "Photo" } },
  "image/png": { show: "photo", extension: "png", name: { zh: "图片", en: "Picture" } },
  "image/webp": { show: "photo", extension: "webp", name: { zh: "图片", en: "Picture" } },
  // No browser engine of ours draws it: kept and sent as it came.
  "image/heic": { show: "file", extension: "heic", name: { zh: "照片（HEIC）", en: "Photo (HEIC)" } },
  "audio/mpeg": { show: "sound", extension: "mp3", name: { zh: "录音", en: "Recording" } },
  "audio/mp4": { show: "sound", extension: "m4a", name: { zh: "录音", en: "Recording" } },
  "audio/wav": { show: "sound", extension: "wav", name: { zh: "录音", en: "Recording" } },
  "audio/ogg": { show: "sound", extension: "ogg", name: { zh: "录音", en: "Recording" } },
  "audio/webm": { show: "sound", extension: "webm", name: { zh: "录音", en: "Recording" } },
  "video/mp4": { show: "film", extension: "mp4", name: { zh: "录像", en: "Film" } },
  "video/webm": { show: "film", extension: "webm", name: { zh: "录像", en: "Film" } },
  "application/pdf": { show: "page", extension: "pdf", name: { zh: "文件（PDF）", en: "Document (PDF)" } },
} as const satisfies Record<string, Media>;

export type MediaType = keyof typeof mediaTypes;
export const mediaNames = Object.keys(mediaTypes) as [MediaType, ...MediaType[]];

/** Bytes from the start of a file that tell what it is, the measures of a picture included. */
export const headBytes = 256 * 1024;
/** [D] A picture of more than this is refused: drawn, it would take the page's memory. */
export const mostPixels = 120_000_000;

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, Math.min(to, bytes.length)));

const heicBrands = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]);
const filmBrands = /^(isom|iso[2-9]|mp4[12]|avc1|M4V |M4VP|MSNV|dash|3gp[4-9])$/;

/** AT-1: told by the content alone; whatever a file calls itself does not count. `undefined`: not on the list. */
export function mediaOf(head: Uint8Array): MediaType | undefined {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte);
  if (starts(0xff, 0xd8, 0xff)) return "image/jpeg";
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) && ascii(head, 12, 16) === "IHDR") return "image/png";
  if (ascii(head, 0, 5) === "%PDF-") return "application/pdf";
  if (ascii(head, 0, 4) === "RIFF") {
    const form = ascii(head, 8, 12);
    return form === "WEBP" ? "image/webp" : form === "WAVE" ? "audio/wav" : undefined;
  }
  if (ascii(head, 0, 4) === "OggS") return "audio/ogg";
  if (ascii(head, 4, 8) === "ftyp") return boxedMedia(ascii(head, 8, 12));
  if (starts(0x1a, 0x45, 0xdf, 0xa3)) return matroska(ascii(head, 0, 4096));
  return isMp3(head) ? "audio/mpeg" : undefined;
}

function boxedMedia(brand: string): MediaType | undefined {
  if (heicBrands.has(brand)) return "image/heic";
  if (brand === "M4A " || brand === "M4B ") return "audio/mp4";
  return filmBrands.test(brand) ? "video/mp4" : undefined;
}

function matroska(start: string): MediaType | undefined {
  if (!start.includes("webm")) return undefined;
  return /V_(VP[89]|AV1)/.test(start) ? "video/webm" : "audio/webm";
}

/** An ID3 tag, or the header of a frame of layer III with a bit rate and a sampling rate that exist. */
function isMp3(head: Uint8Array): boolean {
  if (ascii(head, 0, 3) === "ID3") return true;
  const [sync = 0, second = 0, third = 0] = head;
  const layer3 = (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08;
  const bitRate = third >> 4;
  return sync === 0xff && layer3 && bitRate > 0 && bitRate < 15 && (third & 0x0c) !== 0x0c;
}

/** Width times height of a picture, as its head says; `null`: not a picture that a page draws, or it does not say. */
export function pixelsOf(head: Uint8Array, media: MediaType): number | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const has = (bytes: number) => head.length >= bytes;
  if (media === "image/png") return has(24) ? view.getUint32(16) * view.getUint32(20) : null;
  if (media === "image/webp") return webpPixels(head, view);
  return media === "image/jpeg" ? jpegPixels(head, view) : null;
}

function webpPixels(head: Uint8Array, view: DataView): number | null {
  const form = ascii(head, 12, 16);
  const wide = (at: number) => (head[at] ?? 0) + ((head[at + 1] ?? 0) << 8) + ((head[at + 2] ?? 0) << 16) + 1;
  if (head.length < 30) return null;
  if (form === "VP8X") return wide(24) * wide(27);
  if (form === "VP8 ") return (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff);
  if (form !== "VP8L") return null;
  const bits = view.getUint32(21, true);
  return ((bits & 0x3fff) + 1) * (((bits >> 14) & 0x3fff) + 1);
}

function jpegPixels(head: Uint8Array, view: DataView): number | null {
  for (let at = 2; at + 9 < head.length; ) {
    if (head[at] !== 0xff) return null;
    const mark = head[at + 1] ?? 0;
    if (mark === 0xff) {
      at += 1;
      continue;
    }
    const frame = mark >= 0xc0 && mark <= 0xcf && mark !== 0xc4 && mark !== 0xc8 && mark !== 0xcc;
    if (frame) return view.getUint16(at + 5) * view.getUint16(at + 7);
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

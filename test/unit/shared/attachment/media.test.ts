import { expect, test } from "vitest";
import { type MediaType, mediaOf, pixelsOf } from "#shared/domain/attachment/media.ts";

const bytes = (...parts: (string | readonly number[])[]): Uint8Array =>
  new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part)))),
  );
const zeros = (count: number) => new Array<number>(count).fill(0);
const png = (wide: number, high: number) => {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(wide, 0);
  size.writeUInt32BE(high, 4);
  return bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13], "IHDR", [...size], zeros(5));
};
const box = (brand: string) => bytes([0, 0, 0, 24], "ftyp", brand, zeros(8));

test.each<[string, Uint8Array, MediaType | undefined]>([
  ["a JPEG", bytes([0xff, 0xd8, 0xff, 0xe0], "JFIF"), "image/jpeg"],
  ["a PNG", png(4, 4), "image/png"],
  ["a PNG's first bytes alone", bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), undefined],
  ["a WebP", bytes("RIFF", zeros(4), "WEBPVP8 "), "image/webp"],
  ["a WAV", bytes("RIFF", zeros(4), "WAVEfmt "), "audio/wav"],
  ["an AVI, in the same wrapping", bytes("RIFF", zeros(4), "AVI LIST"), undefined],
  ["a HEIC", box("heic"), "image/heic"],
  ["an M4A", box("M4A "), "audio/mp4"],
  ["an MP4", box("isom"), "video/mp4"],
  ["a QuickTime film", box("qt  "), undefined],
  ["an Ogg", bytes("OggS", zeros(8)), "audio/ogg"],
  ["a WebM recording", bytes([0x1a, 0x45, 0xdf, 0xa3], zeros(20), "webm", zeros(9), "A_OPUS"), "audio/webm"],
  ["a WebM film", bytes([0x1a, 0x45, 0xdf, 0xa3], zeros(20), "webm", zeros(9), "V_VP9"), "video/webm"],
  ["a Matroska film", bytes([0x1a, 0x45, 0xdf, 0xa3], zeros(20), "matroska"), undefined],
  ["an MP3 with a tag", bytes("ID3", zeros(8)), "audio/mpeg"],
  ["an MP3 frame", bytes([0xff, 0xfb, 0x90, 0x00]), "audio/mpeg"],
  ["an AAC frame, which begins alike", bytes([0xff, 0xf1, 0x50, 0x80]), undefined],
  ["a PDF", bytes("%PDF-1.7"), "application/pdf"],
  ["a page of the web", bytes("<!doctype html><script>"), undefined],
  ["an SVG", bytes('<svg xmlns="http://www.w3.org/2000/svg">'), undefined],
  ["a program", bytes("MZ", zeros(60)), undefined],
  ["an archive", bytes("PK", [3, 4], zeros(20)), undefined],
  ["nothing", bytes(), undefined],
])("AT-1: %s is told by its content", (_name, head, media) => {
  expect(mediaOf(head)).toBe(media);
});

test("AT-1: a picture tells its measures before it is drawn", () => {
  const jpeg = bytes([0xff, 0xd8, 0xff, 0xe1, 0, 6, 1, 2, 3, 4, 0xff, 0xc2, 0, 17, 8, 0x10, 0, 0x20, 0], zeros(20));
  expect(pixelsOf(png(40_000, 30_000), "image/png")).toBe(1_200_000_000);
  expect(pixelsOf(jpeg, "image/jpeg")).toBe(0x1000 * 0x2000);
  const large = bytes("RIFF", zeros(4), "WEBPVP8X", zeros(8), [0xff, 0x3f, 0, 0xff, 0x1f, 0]);
  expect(pixelsOf(large, "image/webp")).toBe(0x4000 * 0x2000);
  expect(pixelsOf(bytes([0xff, 0xd8, 0xff, 0xe1, 0, 6]), "image/jpeg")).toBe(null);
  expect(pixelsOf(bytes("%PDF-"), "application/pdf")).toBe(null);
});

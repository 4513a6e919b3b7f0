import { describe, expect, test } from "vitest";
import { dictionary } from "#renderer/text/text.ts";
import { errorKinds } from "#shared/errors.ts";

const zh = await dictionary("zh");
const en = await dictionary("en");

/** Keys on a keyboard and the few words that have no Chinese of their own on a duty desk. */
const allowedWords = [
  "Shift",
  "PIN",
  "HTTPS",
  "https",
  "Ctrl",
  "Enter",
  "Esc",
  "Tab",
  "Delete",
  "KB",
  "PDF",
  "Word",
  "SHA",
  "Alt",
  "Excel",
  "JPEG",
  "PNG",
  "WebP",
  "HEIC",
  "MP3",
  "M4",
  "WAV",
  "OGG",
  "WebM",
  "MP4",
  "CSV",
  "mbtiles",
  "pmtiles",
  // Files of maps and tables, and systems of coordinates, by the only names they have.
  "GeoJSON",
  "KML",
  "KMZ",
  "GPX",
  "Shapefile",
  "zip",
  "txt",
  "geojson",
  "kml",
  "kmz",
  "gpx",
  "shp",
  "dbf",
  "prj",
  "cpg",
  "WGS",
  "WGS84",
  "CGCS2000",
  "GCJ",
  "BD",
  // The address of a map service, as it is typed.
  "http",
  "x",
  "y",
  "z",
  "WPS",
  "xlsx",
  "xls",
  "et",
  "csv",
];
/** A name in its own language, and an example of what a person types. */
const allowedIds = ["look.other_language", "find.about"];

const gaps = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/g))].sort();

const sources = import.meta.glob<string>("../../../../renderer/**/*.{ts,tsx}", {
  eager: true,
  query: "?raw",
  import: "default",
});

describe("dictionary", () => {
  test("both languages have the same sentences", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  });

  test("both languages have the same gaps", () => {
    for (const id of Object.keys(zh)) expect(gaps(en[id] ?? ""), id).toEqual(gaps(zh[id] ?? ""));
  });

  test("every error has a cause and a next step", () => {
    for (const id of Object.keys(errorKinds)) {
      expect(zh[`error.${id}`], id).toMatch(/。$/);
      expect(en[`error.${id}`], id).toMatch(/\.$/);
    }
  });

  test("the Chinese interface has no foreign words", () => {
    for (const [id, sentence] of Object.entries(zh)) {
      if (allowedIds.includes(id)) continue;
      const words = sentence.replace(/\{\w+\}/g, "").match(/[A-Za-z]+\d*/g) ?? [];
      const foreign = words.filter((word) => !allowedWords.includes(word) && !/^(F\d+|[A-Z])$/.test(word));
      expect(foreign, `${id}: ${sentence}`).toEqual([]);
    }
  });

  test("Chinese sentences have full-width punctuation", () => {
    for (const [id, sentence] of Object.entries(zh)) expect(sentence, id).not.toMatch(/[\u4e00-\u9fff][,;:?!]/);
  });

  test("every sentence that a screen asks for exists", () => {
    const asked = Object.entries(sources).flatMap(([file, source]) =>
      [...source.matchAll(/\b(?:t|sayId)\(\s*"([\w.]+)"/g)].map((match) => ({ file, id: match[1] ?? "" })),
    );
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter(({ id }) => zh[id] === undefined)).toEqual([]);
  });
});

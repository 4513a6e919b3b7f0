import { type FileHandle, open } from "node:fs/promises";
import type { Position } from "#shared/lib/geo.ts";
import { forXml } from "#shared/lib/text.ts";
import { wallText } from "#shared/lib/time.ts";
import { packZip } from "../files/zip.ts";
import { cellsOf, type ExportRow, headings, systemWords } from "./rows.ts";
import { Shapes } from "./shapes.ts";

/** Writes rows into a file as they come; `end` makes it whole. */
export interface Writer {
  write(rows: readonly ExportRow[]): Promise<void>;
  end(): Promise<void>;
}

/** IM-9: a cell that a spreadsheet would take for a formula begins with a mark that makes it text. */
export const safeText = (text: string): string => (/^[=+\-@\t\r'＝＋－＠]/.test(text) ? `'${text}` : text);

const csvCell = (value: TableCell): string => {
  if (typeof value === "number") return String(value);
  if (value instanceof Date) return wallText(value);
  const text = safeText(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Text that stays text, whatever stands in it. */
const xml = (text: string): string =>
  forXml(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

interface TextFormat {
  readonly head: string;
  readonly row: (row: ExportRow) => string;
  readonly between: string;
  readonly tail: string;
}

const datum = ({ kind, status, grid, remark, system }: ExportRow): [string, string][] => [
  ["类别", kind],
  ["状态", status],
  ["网格", grid],
  ["备注", remark],
  ["坐标系", system],
];

function kmlShape({ x, y, geometry }: ExportRow): string {
  const coordinates = (line: readonly Position[]) =>
    `<coordinates>${line.map((at) => at.join()).join(" ")}</coordinates>`;
  const polygon = (rings: readonly (readonly Position[])[]) =>
    `<Polygon>${rings
      .map((ring, i) => {
        const side = i === 0 ? "outerBoundaryIs" : "innerBoundaryIs";
        return `<${side}><LinearRing>${coordinates(ring)}</LinearRing></${side}>`;
      })
      .join("")}</Polygon>`;
  if (geometry?.type === "LineString") return `<LineString>${coordinates(geometry.coordinates)}</LineString>`;
  if (geometry?.type === "Polygon") return polygon(geometry.coordinates);
  if (geometry?.type === "MultiPolygon")
    return `<MultiGeometry>${geometry.coordinates.map(polygon).join("")}</MultiGeometry>`;
  return `<Point>${coordinates([[x, y]])}</Point>`;
}

const textFormats: Readonly<Record<"csv" | "geojson" | "kml" | "gpx", TextFormat>> = {
  csv: {
    head: `\ufeff${headings.join(",")}\r\n`,
    row: (row) => `${cellsOf(row).map(csvCell).join(",")}\r\n`,
    between: "",
    tail: "",
  },
  geojson: {
    head: '{"type":"FeatureCollection","features":[\n',
    row: (row) =>
      JSON.stringify({
        type: "Feature",
        properties: Object.fromEntries([["编号", row.code], ["名称", row.name], ...datum(row)]),
        geometry: row.geometry ?? { type: "Point", coordinates: [row.x, row.y] },
      }),
    between: ",\n",
    tail: "\n]}\n",
  },
  kml: {
    head: '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n',
    row: (row) =>
      `<Placemark><name>${xml(row.name)}</name><ExtendedData>${[["编号", row.code] as const, ...datum(row)]
        .map(([name, value]) => `<Data name="${name}"><value>${xml(value)}</value></Data>`)
        .join("")}</ExtendedData>${kmlShape(row)}</Placemark>\n`,
    between: "",
    tail: "</Document></kml>\n",
  },
  gpx: {
    head: '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Zhishou" xmlns="http://www.topografix.com/GPX/1/1">\n',
    // The format knows name, comment and type: code and the rest go where other programs show them.
    row: (row) => {
      const facts = `<name>${xml(row.name)}</name><cmt>${xml(row.remark)}</cmt><desc>${xml(
        [["编号", row.code] as const, ...datum(row)].map(([name, value]) => `${name} ${value}`).join("；"),
      )}</desc><type>${xml(row.kind)}</type>`;
      if (row.geometry?.type !== "LineString") return `<wpt lat="${row.y}" lon="${row.x}">${facts}</wpt>\n`;
      const track = row.geometry.coordinates.map(([x, y]) => `<trkpt lat="${y}" lon="${x}"/>`).join("");
      return `<trk>${facts}<trkseg>${track}</trkseg></trk>\n`;
    },
    between: "",
    tail: "</gpx>\n",
  },
};

export async function textWriter(path: string, format: keyof typeof textFormats): Promise<Writer> {
  const file: FileHandle = await open(path, "w", 0o600);
  const { head, row, between, tail } = textFormats[format];
  let first = true;
  await file.write(head);
  return {
    async write(rows) {
      if (rows.length === 0) return;
      await file.write((first ? "" : between) + rows.map(row).join(between));
      first = false;
    },
    async end() {
      await file.write(tail);
      await file.close();
    },
  };
}

/** A date is that of the wall: it has no zone, as in a spreadsheet. */
export type TableCell = string | number | Date;

/** Writes lines of cells as they come. */
export interface TableWriter {
  write(lines: readonly (readonly TableCell[])[]): Promise<void>;
  end(): Promise<void>;
}

/** Dates are numbers with a format of their own: the spreadsheet sorts, filters and reckons with them. */
const dateFormat = 'yyyy"年"mm"月"dd"日" hh:mm';
const dateWidth = 20;
/** Room for the words of the first lines, where a Chinese one takes two figures; a long one is cut, not its neighbours. */
const widthOf = (cells: readonly TableCell[]): number => {
  const figures = (cell: TableCell) =>
    cell instanceof Date ? dateWidth : [...String(cell)].reduce((sum, one) => sum + (one > "\u2e7f" ? 2 : 1), 0);
  return Math.min(48, Math.max(...cells.map(figures)) + 2);
};

export async function workbookTable(path: string, name: string, heads: readonly string[]): Promise<TableWriter> {
  const { default: excel } = await import("exceljs");
  const book = new excel.stream.xlsx.WorkbookWriter({ filename: path, useStyles: true, useSharedStrings: false });
  const sheet = book.addWorksheet(name, { views: [{ state: "frozen", ySplit: 1 }] });
  let begun = false;
  /** Widths stand before the first line of a sheet. */
  const begin = (lines: readonly (readonly TableCell[])[]) => {
    if (begun) return;
    begun = true;
    sheet.columns = heads.map((head, at) => ({ width: widthOf([head, ...lines.map((cells) => cells[at] ?? "")]) }));
    sheet.addRow([...heads]).commit();
  };
  return {
    async write(lines) {
      begin(lines);
      for (const cells of lines) {
        const row = sheet.addRow(cells.map((cell) => (typeof cell === "string" ? forXml(cell) : cell)));
        for (const [at, cell] of cells.entries()) if (cell instanceof Date) row.getCell(at + 1).numFmt = dateFormat;
        row.commit();
      }
    },
    async end() {
      begin([]);
      sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: heads.length } };
      sheet.commit();
      await book.commit();
    },
  };
}

/** With the mark that tells Excel it is UTF-8. */
export async function csvTable(path: string, heads: readonly string[]): Promise<TableWriter> {
  const file: FileHandle = await open(path, "w", 0o600);
  const lineOf = (cells: readonly TableCell[]) => `${cells.map(csvCell).join(",")}\r\n`;
  await file.write(`\ufeff${lineOf(heads)}`);
  return {
    async write(lines) {
      await file.write(lines.map(lineOf).join(""));
    },
    async end() {
      await file.close();
    },
  };
}

export async function workbookWriter(path: string): Promise<Writer> {
  const table = await workbookTable(path, "资源", headings);
  return { write: (rows) => table.write(rows.map(cellsOf)), end: () => table.end() };
}

export async function shapeWriter(path: string): Promise<Writer> {
  const layers = { assets: new Shapes("point"), lines: new Shapes("line"), areas: new Shapes("area") };
  let system = "";
  return {
    async write(rows) {
      for (const row of rows)
        layers[!row.geometry ? "assets" : row.geometry.type === "LineString" ? "lines" : "areas"].add(row);
      system = rows[0]?.system ?? system;
    },
    async end() {
      const file = await open(path, "w", 0o600);
      const full = Object.entries(layers).filter(([, layer]) => layer.size > 0);
      await file.write(packZip(full.flatMap(([name, layer]) => layer.files(name, system === systemWords.wgs84))));
      await file.close();
    },
  };
}

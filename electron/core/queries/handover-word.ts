import {
  AlignmentType,
  BorderStyle,
  Document,
  type FileChild,
  Footer,
  ImageRun,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from "docx";
import QRCode from "qrcode";
import { type Sheet, type SheetBlock, sheetOfSigned } from "#shared/domain/handover/sheet.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { handoverStanding } from "../session/seal.ts";
import { readEntity } from "../store/entities.ts";

const body = { ascii: "Times New Roman", hAnsi: "Times New Roman", eastAsia: "仿宋" };
const heading = { ascii: "Times New Roman", hAnsi: "Times New Roman", eastAsia: "方正小标宋简体" };
const red = "C00000";
/** Twentieths of a point across the text of an A4 page with these margins. */
const textWidth = 10206;
const margin = { top: 850, bottom: 850, left: 850, right: 850 };
const line = { style: BorderStyle.SINGLE, size: 4, color: "444444" };

/** HO-14: the sheet of a signed handover as a Word document. The same record gives the same `document.xml`. */
export async function wordSheet(desk: Desk, { id }: { id: string }): Promise<Answer<"handover.word">> {
  const handover = readEntity(desk.db, "handover", id);
  if (!handover) return fail(deskError("handover.unknown"));
  const bytes = await wordOf(sheetOfSigned(handoverStanding(desk, handover)));
  const fileName = `交接班记录_${handover.record.on}_${handover.record.shiftName}.docx`;
  return ok({ fileName, base64: bytes.toString("base64") });
}

async function wordOf(sheet: Sheet): Promise<Buffer> {
  const qr = sheet.code && (await QRCode.toBuffer(sheet.code.qr, { margin: 0, scale: 4, errorCorrectionLevel: "M" }));
  const document = new Document({
    creator: sheet.office,
    title: sheet.title,
    styles: { default: { document: { run: { font: body, size: 21 } } } },
    sections: [
      {
        properties: { page: { size: { width: 11906, height: 16838 }, margin } },
        footers: { default: new Footer({ children: [pageNumber()] }) },
        children: [
          ...headOf(sheet),
          ...sheet.blocks.flatMap(blockOf),
          signaturesOf(sheet),
          ...(sheet.code && qr ? codeOf(sheet.code, qr) : []),
          ...sheet.foot.map((text) => new Paragraph({ children: [new TextRun({ text, size: 15 })] })),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

const centred = (text: string, more: object = {}) =>
  new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ text, ...more })] });

const pageNumber = () =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ size: 18, children: ["— ", PageNumber.CURRENT, " —"] })],
  });

/** The red head: whose record it is over a red line, then what it is. */
function headOf(sheet: Sheet): Paragraph[] {
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { after: 160 },
      border: { bottom: { style: BorderStyle.SINGLE, size: 18, space: 6, color: red } },
      children: [new TextRun({ text: sheet.office, font: heading, size: 44, color: red })],
    }),
    centred(sheet.title, { font: heading, size: 36 }),
    centred(sheet.under),
    ...(sheet.stamps.length > 0 ? [centred(sheet.stamps.map((one) => `【${one}】`).join(" "), { bold: true })] : []),
    new Paragraph({}),
  ];
}

function blockOf(block: SheetBlock): FileChild[] {
  if (block.kind === "facts")
    return [
      tableOf(
        [14, 86],
        block.rows.map(({ name, lines }) => row([[name], lines], { breaks: lines.length > 6 })),
      ),
      new Paragraph({}),
    ];
  const head = row(
    block.columns.map(({ name }) => [name]),
    { head: true },
  );
  return [
    new Paragraph({ keepNext: true, children: [new TextRun({ text: block.title, bold: true })] }),
    ...(block.rows.length === 0
      ? []
      : [
          tableOf(
            block.columns.map(({ width }) => width),
            [
              head,
              ...block.rows.map(({ cells }) =>
                row(
                  cells.map((cell) => [cell]),
                  { size: 18 },
                ),
              ),
            ],
          ),
        ]),
    new Paragraph({}),
  ];
}

function tableOf(widths: readonly number[], rows: readonly TableRow[]): Table {
  return new Table({
    width: { size: textWidth, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: widths.map((width) => Math.round((textWidth * width) / 100)),
    borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
    rows: [...rows],
  });
}

interface RowLook {
  readonly head?: boolean;
  /** Half points. */
  readonly size?: number;
  /** A long row may go on over the page. */
  readonly breaks?: boolean;
}

function row(
  cells: readonly (readonly string[])[],
  { head = false, size = 21, breaks = false }: RowLook = {},
): TableRow {
  return new TableRow({
    tableHeader: head,
    cantSplit: !breaks,
    children: cells.map(
      (lines) =>
        new TableCell({
          verticalAlign: VerticalAlign.CENTER,
          margins: { left: 80, right: 80, top: 20, bottom: 20 },
          children: lines.map((text) => new Paragraph({ children: [new TextRun({ text, size, bold: head })] })),
        }),
    ),
  });
}

function signaturesOf(sheet: Sheet): Table {
  const cell = (one: Sheet["signatures"][number]) => [`${one.side}（签字）：${one.name}`, one.at, ...one.notes];
  return tableOf([50, 50], [row(sheet.signatures.map(cell))]);
}

function codeOf(code: NonNullable<Sheet["code"]>, data: Buffer): Paragraph[] {
  return [
    new Paragraph({
      spacing: { before: 160 },
      children: [
        // A name and id of its own: the library numbers pictures through the life of the process.
        new ImageRun({
          type: "png",
          data,
          transformation: { width: 84, height: 84 },
          altText: { id: "1", name: code.name, description: code.short },
        }),
        new TextRun({ text: `  ${code.name} ${code.short}`, bold: true }),
      ],
    }),
  ];
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type ExportState,
  filePieceMost,
  type ImportChoices,
  type ImportPreview,
  type ImportState,
  type InputOf,
} from "#shared/contract.ts";
import type { TestDesk } from "../desk.ts";
import { publishedShift } from "../geo/published-shift.ts";

/** Sends a file in pieces, as a page does. */
export async function sendFile(desk: Pick<TestDesk, "get">, fileName: string, bytes: Buffer): Promise<string> {
  const { fileId } = await desk.get("file.begin", { fileName, bytes: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += filePieceMost)
    await desk.get("file.piece", {
      fileId,
      offset,
      base64: bytes.subarray(offset, offset + filePieceMost).toString("base64"),
    });
  return fileId;
}

/** Waits until the import under way has come to one of these phases. */
export async function until(desk: Pick<TestDesk, "get">, ...phases: ImportState["phase"][]): Promise<ImportState> {
  for (let i = 0; i < 3000; i++) {
    const { state } = await desk.get("import.state", {});
    if (state && phases.includes(state.phase)) return state;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`never came to ${phases.join(", ")}`);
}

/** Opens a file as an import and waits for its preview, or for the refusal. */
export async function openFile(desk: Pick<TestDesk, "get">, fileName: string, bytes: Buffer): Promise<ImportState> {
  const fileId = await sendFile(desk, fileName, bytes);
  await desk.get("import.open", { fileId });
  return until(desk, "ready", "failed");
}

export async function chooseAgain(
  desk: Pick<TestDesk, "get">,
  state: ImportState,
  change: Partial<ImportChoices>,
): Promise<ImportState> {
  if (!state.preview) throw new Error("there is no preview");
  await desk.get("import.choose", { importId: state.importId, choices: { ...state.preview.choices, ...change } });
  return until(desk, "ready", "failed");
}

export const previewOf = (state: ImportState): ImportPreview => {
  if (!state.preview) throw new Error(`no preview: ${JSON.stringify(state.error)}`);
  return state.preview;
};

interface Thing {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly lng: number;
  readonly lat: number;
}

/** Things beside known cameras of the sample street, WGS 84: what a street would send. */
export function thingsNearby(count: number): Thing[] {
  const folder = join(import.meta.dirname, "../../../../resources/sample/500118004/assets.json");
  const { rows } = JSON.parse(readFileSync(folder, "utf8")) as { rows: [string, number, string, number, number][] };
  return Array.from({ length: count }, (_, i) => {
    const [, , , lng = 0, lat = 0] = rows[(i * 37) % rows.length] ?? [];
    return {
      code: `XH-${1000 + i}`,
      name: `新消火栓${i + 1}号`,
      kind: "消火栓",
      lng: lng + 0.00008,
      lat: lat + 0.00005,
    };
  });
}

export const shifted = (things: readonly Thing[], system: "wgs84" | "gcj02" | "bd09"): Thing[] =>
  things.map((thing) => {
    const [lng, lat] = publishedShift([thing.lng, thing.lat], system);
    return { ...thing, lng: Number(lng.toFixed(7)), lat: Number(lat.toFixed(7)) };
  });

export const csvOf = (things: readonly Thing[]): string =>
  [
    "编号,类别,名称,经度,纬度,备注",
    ...things.map(({ code, kind, name, lng, lat }) => [code, kind, name, lng, lat, "巡查录入"].join(",")),
  ].join("\r\n");

/** Exports, and reads the file as a page does. */
export async function exported(
  desk: Pick<TestDesk, "get">,
  asked: InputOf<"export.begin">,
): Promise<{ fileName: string; bytes: Buffer }> {
  return made(desk, await desk.get("export.begin", asked));
}

/** The file of an export that has begun. */
export async function made(
  desk: Pick<TestDesk, "get">,
  begun: ExportState,
): Promise<{ fileName: string; bytes: Buffer }> {
  let state = begun;
  while (state.phase === "making") {
    await new Promise((resolve) => setTimeout(resolve, 10));
    state = (await desk.get("export.state", { exportId: state.exportId })).state ?? state;
  }
  if (!state.fileId) throw new Error(`${state.phase} ${state.errorId}`);
  const parts: Buffer[] = [];
  let fileName = "";
  for (let offset = 0, bytes = 1; offset < bytes; ) {
    const piece = await desk.get("file.read", { fileId: state.fileId, offset });
    ({ fileName, bytes } = piece);
    parts.push(Buffer.from(piece.base64, "base64"));
    offset += parts.at(-1)?.length ?? 0;
  }
  return { fileName, bytes: Buffer.concat(parts) };
}

import type { Asset } from "#shared/contract.ts";
import type { CoordinateSystem } from "#shared/domain/asset/coordinates.ts";
import type { AssetKind } from "#shared/domain/asset/kinds.ts";
import type { Geometry } from "#shared/lib/geo.ts";
import { pairOf } from "../geo/coordinates.ts";

export interface ExportedAsset extends Omit<Asset, "sample"> {
  readonly remark: string;
  /** Of a line or an area; WGS 84. */
  readonly geometry?: Geometry;
}

/** Heads of the columns: the words that an import of ours, and a person, know. */
export const headings = ["编号", "类别", "名称", "状态", "经度", "纬度", "坐标系", "网格", "备注"] as const;

export const statusWords: Readonly<Record<Asset["status"], string>> = { ok: "正常", fault: "故障", offline: "离线" };
export const systemWords: Readonly<Record<CoordinateSystem, string>> = {
  wgs84: "WGS 84 / CGCS2000",
  gcj02: "GCJ-02",
  bd09: "BD-09",
  mercator: "EPSG:3857",
};

export interface ExportRow {
  readonly code: string;
  readonly kind: string;
  readonly name: string;
  readonly status: string;
  readonly x: number;
  readonly y: number;
  readonly system: string;
  readonly grid: string;
  readonly remark: string;
  /** Of a line or an area, in the system of the file. */
  readonly geometry?: Geometry;
}

/** Degrees to a centimetre, metres to a millimetre. */
const digits = { wgs84: 7, gcj02: 7, bd09: 7, mercator: 3 } as const;

export function rowMaker(kinds: readonly AssetKind[], system: CoordinateSystem): (asset: ExportedAsset) => ExportRow {
  const names = new Map(kinds.map(({ code, name }) => [code, name.zh]));
  const round = (value: number) => Number(value.toFixed(digits[system]));
  const turned = (value: unknown): unknown => {
    const [lng, lat] = value as unknown[];
    if (typeof lng !== "number" || typeof lat !== "number") return (value as unknown[]).map(turned);
    const { x, y } = pairOf({ lng, lat }, system);
    return [round(x), round(y)];
  };
  return ({ id, kind, name, status, lng, lat, grid, remark, geometry }) => {
    const pair = pairOf({ lng, lat }, system);
    return {
      ...(geometry && { geometry: { ...geometry, coordinates: turned(geometry.coordinates) } as Geometry }),
      code: id,
      kind: names.get(kind) ?? kind,
      name,
      status: statusWords[status],
      x: round(pair.x),
      y: round(pair.y),
      system: systemWords[system],
      grid,
      remark,
    };
  };
}

export const cellsOf = (row: ExportRow): (string | number)[] => [
  row.code,
  row.kind,
  row.name,
  row.status,
  row.x,
  row.y,
  row.system,
  row.grid,
  row.remark,
];

import type { Asset, ImportChoices, ImportField, ImportProblem } from "#shared/contract.ts";
import type { CoordinateSystem, Pair, Place } from "#shared/domain/asset/coordinates.ts";
import type { AssetKind } from "#shared/domain/asset/kinds.ts";
import { anchorOf, type Geometry } from "#shared/lib/geo.ts";
import { placeOf } from "../geo/coordinates.ts";
import type { KnownGround } from "../geo/known-places.ts";
import { RasterArea } from "../geo/raster-area.ts";
import { middleOf, shapeIn } from "../geo/raw-shape.ts";
import { type Reading, readCoordinate, readPair } from "../geo/read-degrees.ts";
import { Met } from "./seen.ts";
import type { RawRow } from "./source.ts";

/** A row of the file, understood as far as it can be; without `problem` it can be taken. */
export interface Sifted {
  readonly row: number;
  readonly part: number;
  readonly code: string;
  readonly kind: string;
  readonly name: string;
  readonly status: Asset["status"];
  readonly grid: string;
  readonly remark: string;
  readonly pair: Pair | null;
  readonly place: Place | null;
  /** Of a line or an area; `place` is then the point at which it is pinned. */
  readonly geometry: Geometry | null;
  readonly problem: ImportProblem | null;
  /** Inside the district and outside the street: taken, and told. */
  readonly beyondStreet: boolean;
}

export type SiftChoices = Pick<ImportChoices, "kind" | "kindWords" | "takeOutside" | "takeNear"> & {
  readonly columns: Partial<Record<ImportField, number>>;
  readonly system: CoordinateSystem;
  readonly swapped: boolean;
};

const statuses: readonly [Asset["status"], RegExp][] = [
  ["ok", /^(|ok|normal|online|good|正常|在线|完好|良好|启用|在用|运行|运行中|可用|是|1)$/i],
  ["fault", /^(fault|broken|error|bad|故障|损坏|异常|报修|维修|待修|不可用|2)$/i],
  ["offline", /^(offline|lost|离线|断线|掉线|停用|停机|未上线|否|0)$/i],
];

export const statusOf = (text: string): Asset["status"] | undefined =>
  statuses.find(([, pattern]) => pattern.test(text.trim()))?.[0];

/** Other words for the kinds, as sheets have them. [D] */
const otherWords: Readonly<Record<string, string>> = {
  camera: "监控|监控点|摄像机|视频监控|监控摄像头|球机|枪机|高空瞭望",
  voice_pole: "语音播报杆|广播|应急广播|大喇叭|喊话杆",
  water_tank: "水箱|消防水箱",
  pond: "水池|消防水池|山坪塘|取水点",
  hydrant: "消防栓|消防水栓",
  waterlogging_point: "内涝点|积水点|易涝点",
  water_gauge: "水位监测|水位站",
  geohazard_point: "地质灾害点|地灾点|滑坡点",
  shelter: "避难点|应急避难场所",
  depot: "物资储备点|仓库|物资点",
};

const bare = (word: string): string => word.normalize("NFKC").replace(/\s/g, "").toLowerCase();

export function kindFinder(
  kinds: readonly AssetKind[],
  words: Readonly<Record<string, string>>,
): (word: string) => string | undefined {
  const known = new Map<string, string>();
  for (const { code, name } of kinds) {
    for (const word of [code, name.zh, name.en]) known.set(bare(word), code);
    for (const word of otherWords[code]?.split("|") ?? []) known.set(bare(word), code);
  }
  for (const [word, code] of Object.entries(words)) known.set(bare(word), code);
  const met = new Map<string, string | undefined>();
  return (word) => {
    if (!met.has(word) && met.size < 10_000) met.set(word, known.get(bare(word)));
    return met.has(word) ? met.get(word) : known.get(bare(word));
  };
}

/** Makes assets of rows, one after the other; remembers what it has met, so that nothing comes twice. */
export class Sifter {
  readonly met = new Met();
  readonly #choices: SiftChoices;
  readonly #kindOf: (word: string) => string | undefined;
  readonly #geometries: ReadonlyMap<string, AssetKind["geometry"]>;
  readonly #district: RasterArea;
  readonly #street: RasterArea;
  readonly #grids: readonly { name: string; area: RasterArea }[];

  constructor(choices: SiftChoices, kinds: readonly AssetKind[], ground: KnownGround) {
    this.#choices = choices;
    this.#kindOf = kindFinder(kinds, choices.kindWords);
    this.#geometries = new Map(kinds.map(({ code, geometry }) => [code, geometry]));
    this.#district = new RasterArea(ground.district);
    this.#street = new RasterArea(ground.street);
    this.#grids = ground.areas
      .filter(({ level }) => level === "grid")
      .map(({ name, rings }) => ({ name, area: new RasterArea(rings) }));
  }

  take(raw: RawRow): Sifted {
    const choices = this.#choices;
    const cell = (field: ImportField) => cellOf(raw, choices.columns[field]);
    const part = raw.part === undefined ? "" : `-${raw.part}`;
    const code = cell("code") === "" ? "" : `${cell("code").slice(0, 64 - part.length)}${part}`;
    const kindWord = cell("kind");
    const kind = (kindWord === "" ? undefined : this.#kindOf(kindWord)) ?? choices.kind ?? "";
    const status = statusOf(cell("status"));
    const read = pairOf(raw, choices);
    const pair = typeof read === "string" ? null : read;
    const shape = typeof raw.at === "object" && "parts" in raw.at ? raw.at : undefined;
    const geometry = (shape && shapeIn(shape, choices.system, choices.swapped)) ?? null;
    const place = (shape ? geometry && anchorOf(geometry) : pair && placeOf(pair, choices.system)) ?? null;
    const named = cell("name");
    const name = `${(named || code).slice(0, 112)}${named && raw.part ? `（${raw.part}）` : ""}`;
    const beyond = place ? this.#beyond(place) : null;
    const base = {
      row: raw.row,
      part: raw.part ?? 0,
      code,
      kind,
      name,
      status: status ?? "ok",
      remark: cell("remark").slice(0, 500),
      pair,
      place,
      geometry,
      beyondStreet: beyond === "street",
    };
    const problem =
      typeof read === "string"
        ? read
        : place === null
          ? "bad_place"
          : kind === ""
            ? "unknown_kind"
            : this.#geometries.get(kind) !== (shape?.geometry ?? "point")
              ? "wrong_shape"
              : status === undefined
                ? "unknown_status"
                : name === ""
                  ? "no_name"
                  : beyond === "district" && !choices.takeOutside
                    ? "outside"
                    : this.#again(code, named && name, kind, place);
    const grid = cell("grid").slice(0, 60) || (place && problem === null ? this.#gridOf(place) : "");
    return { ...base, grid, problem };
  }

  /** Only what is sound otherwise counts as met: a row that cannot be taken hides no other. */
  #again(code: string, name: string, kind: string, place: Place): ImportProblem | null {
    if (code !== "" && !this.met.addCode(code)) return "twice";
    if (name !== "" && !this.#choices.takeNear && this.met.isNear(`${kind}|${name}`, place)) return "near";
    return null;
  }

  #beyond(place: Place): "district" | "street" | null {
    if (!this.#district.empty && !this.#district.holds(place)) return "district";
    return this.#street.empty || this.#street.holds(place) ? null : "street";
  }

  #gridOf(place: Place): string {
    return this.#grids.find(({ area }) => area.holds(place))?.name ?? "";
  }
}

function cellOf(raw: RawRow, column: number | undefined): string {
  const cell = column === undefined ? "" : (raw.cells[column] ?? "").trim();
  // The mark with which an export keeps a cell from being a formula.
  const text = /^'[=+\-@'＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
  return /\s\s|[\n\t\u3000]/.test(text) ? text.replace(/\s+/g, " ") : text;
}

/** The pair of a row as it came, or why there is none. */
export function pairOf(
  raw: RawRow,
  { columns, swapped }: Pick<SiftChoices, "columns" | "swapped">,
): Pair | "not_one" | "bad_shape" | "no_place" | "bad_place" {
  if (raw.at === "not_one" || raw.at === "bad_shape") return raw.at;
  if (raw.at && raw.at !== "none") {
    const { x, y } = "parts" in raw.at ? middleOf(raw.at) : raw.at;
    return swapped ? { x: y, y: x } : { x, y };
  }
  const turn = ({ x, y }: Pair): Pair => (swapped ? { x: y, y: x } : { x, y });
  if (columns.lng !== undefined && columns.lat !== undefined) {
    const [east, north] = [cellOf(raw, columns.lng), cellOf(raw, columns.lat)];
    if (east === "" && north === "") return "no_place";
    const [x, y] = [readCoordinate(east), readCoordinate(north)];
    if (!x || !y || (x.axis && x.axis === y.axis)) return "bad_place";
    // A letter that names the axis is surer than the heading of the column.
    return x.axis === "y" || y.axis === "x" ? { x: y.value, y: x.value } : turn(valuesOf(x, y));
  }
  const both = cellOf(raw, columns.point);
  if (both === "") return "no_place";
  const found = readPair(both);
  return found ? turn(valuesOf(found.x, found.y)) : "bad_place";
}

const valuesOf = (x: Reading, y: Reading): Pair => ({ x: x.value, y: y.value });

import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enteredOf, valuesOf } from "#renderer/features/map/asset/asset-form.ts";
import { fieldText } from "#renderer/features/map/asset/field-text.ts";
import { allShown, filterOf, layerRows } from "#renderer/features/map/layers.ts";
import type { AssetKind } from "#shared/domain/asset/kinds.ts";
import { forget, openTestDesk, type TestDesk } from "./desk.ts";

const real = join(import.meta.dirname, "../../../resources");
/** A kind that no code knows: one row of the table. */
const nest: AssetKind = {
  code: "drone_nest",
  name: { zh: "无人机机巢", en: "Drone nest" },
  geometry: "point",
  group: "device",
  icon: "drone_nest.svg",
  fields: [
    {
      code: "rangeKm",
      name: { zh: "航程", en: "Range" },
      type: "number",
      unit: { zh: "公里", en: "km" },
      required: true,
      min: 1,
    },
    { code: "night", name: { zh: "可夜航", en: "Flies at night" }, type: "yes_no" },
  ],
};
let desk: TestDesk;
const resourcesDir = mkdtempSync(join(tmpdir(), "zhishou-kinds-"));

beforeAll(async () => {
  for (const folder of ["districts", "sample"]) symlinkSync(join(real, folder), join(resourcesDir, folder));
  cpSync(join(real, "defaults"), join(resourcesDir, "defaults"), { recursive: true });
  const file = join(resourcesDir, "defaults/asset-kinds.json");
  const table = JSON.parse(readFileSync(file, "utf8")) as { kinds: unknown[] };
  writeFileSync(file, JSON.stringify({ ...table, kinds: [...table.kinds, nest] }));
  desk = await openTestDesk({ ports: { resourcesDir } });
  await desk.get("session.signIn", { pin: "2580" });
});
afterAll(async () => {
  await desk.close();
  forget(desk.profileDir);
  rmSync(resourcesDir, { recursive: true });
});

test("AS-1: one row more, and the kind has its form, its check, its popup, its line in the legend and its filter", async () => {
  const tables = await desk.get("system.tables");
  const kind = tables.assetKinds.rows.find(({ code }) => code === nest.code);
  if (!kind) throw new Error("the row is not in the table");

  // The form: its inputs are the fields of the row, and what is typed becomes values.
  const typed = enteredOf(kind, undefined, { type: "Point", coordinates: [105.87, 29.44] });
  expect(Object.keys(typed.fields)).toEqual(["rangeKm", "night"]);
  const fields = valuesOf(kind, { ...typed, fields: { rangeKm: "12.5", night: "yes" } });
  expect(fields).toEqual({ rangeKm: 12.5, night: true });

  const put = { kind: kind.code, name: "机巢一号", point: { lng: 105.87, lat: 29.44 } };
  expect(await desk.refusal("asset.put", put), "required by the row").toBe("asset.field");
  const { id } = await desk.get("asset.put", { ...put, fields });

  // The popup reads it out with its unit.
  const { asset } = await desk.get("asset.get", { id });
  const [range] = kind.fields;
  expect(range && fieldText(range, asset.fields.rangeKm ?? 0)).toBe("12.5 公里");

  // The legend and the filter.
  const world = { west: 105, south: 29, east: 107, north: 30, zoom: 12 };
  const { byKind } = await desk.get("asset.viewport", world);
  const legend = layerRows(tables.assetKinds.rows, byKind, allShown);
  expect(legend.find((row) => row.kind.code === kind.code)).toMatchObject({
    count: 1,
    on: true,
    kind: { name: { zh: "无人机机巢" } },
  });
  const others = filterOf(
    layerRows(tables.assetKinds.rows, byKind, { ...allShown, hiddenKinds: [kind.code] }),
    allShown,
  );
  expect(others.kinds).not.toContain(kind.code);
  const hidden = await desk.get("asset.viewport", { ...world, kinds: others.kinds });
  expect(hidden.byKind).not.toHaveProperty(kind.code);
  const { found } = await desk.get("find", { text: "机巢" });
  expect(found).toMatchObject([{ kind: "asset", id, detail: { zh: "无人机机巢", en: "Drone nest" } }]);
});

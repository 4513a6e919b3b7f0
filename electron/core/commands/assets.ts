import type { ParsedOf } from "#shared/contract.ts";
import { checkFields } from "#shared/domain/asset/kinds.ts";
import { deskError } from "#shared/errors.ts";
import { anchorOf, type Geometry } from "#shared/lib/geo.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { type Answer, act, type Desk, newId } from "../desk.ts";
import { assetKindOf } from "../queries/assets.ts";
import { coverOf } from "../queries/cover.ts";
import { standingAsset } from "../store/asset-entities.ts";

const rounded = (degrees: number): number => Number(degrees.toFixed(6));

/** AS-1: enters or changes one asset; fields are checked by the row of its kind, its grid comes from its place. */
export function putOneAsset(desk: Desk, input: ParsedOf<"asset.put">): Answer<"asset.put"> {
  const kind = assetKindOf(desk, input.kind);
  if (!kind) return fail(deskError("input.invalid", undefined, "kind"));
  const drawn = input.geometry ? (input.geometry.type === "LineString" ? "line" : "area") : "point";
  if (kind.geometry !== drawn) return fail(deskError("input.invalid", undefined, "geometry"));
  const [wrong] = checkFields(kind, input.fields);
  if (wrong) return fail(deskError("asset.field", undefined, `fields.${wrong.field}`));
  const place = input.geometry ? anchorOf(input.geometry as Geometry) : input.point;
  if (!place) return fail(deskError("input.invalid", undefined, input.geometry ? "geometry" : "point"));
  const was = input.id === undefined ? undefined : standingAsset(desk.db, input.id);
  if (input.id !== undefined && !was) return fail(deskError("asset.unknown"));
  const id = input.id ?? newId(desk.ports);
  const cover = coverOf(desk, place.lng, place.lat);
  const facts = {
    kind: kind.code,
    name: input.name,
    lng: rounded(place.lng),
    lat: rounded(place.lat),
    geometry: input.geometry,
    grid: cover ? `${cover.community}${cover.grid}` : "",
    fields: input.fields,
    sample: was?.facts.sample ?? false,
  };
  const done = act(desk, "asset.put", { id, was: was?.facts ?? null, facts, kindName: kind.name.zh });
  return done.ok ? ok({ id }) : done;
}

export function removeOneAsset(desk: Desk, { id }: { id: string }): Answer<"asset.remove"> {
  const was = standingAsset(desk.db, id);
  if (!was) return fail(deskError("asset.unknown"));
  const kind = assetKindOf(desk, was.facts.kind);
  const kindName = kind?.name.zh ?? was.facts.kind;
  const done = act(desk, "asset.remove", { id, was: was.facts, kindName });
  return done.ok ? ok({}) : done;
}

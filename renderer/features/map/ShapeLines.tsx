import type { PathOptions } from "leaflet";
import { memo, useMemo } from "react";
import { GeoJSON } from "react-leaflet";
import type { AssetShape } from "#shared/contract.ts";
import type { AssetKind } from "#shared/domain/asset/kinds.ts";

interface Props {
  readonly shapes: readonly AssetShape[];
  readonly kinds: readonly AssetKind[];
  readonly chosen: string | undefined;
}

/** Lines and areas of the assets, drawn as the row of their kind says. */
export const ShapeLines = memo(function ShapeLines({ shapes, kinds, chosen }: Props) {
  const drawn = useMemo(
    () =>
      kinds
        .filter(({ geometry }) => geometry !== "point")
        .flatMap((kind) => {
          const own = shapes.filter((shape) => shape.kind === kind.code);
          return own.length > 0
            ? [{ kind, key: `${kind.code}:${own.map(({ id }) => id).join()}`, data: collect(own) }]
            : [];
        }),
    [shapes, kinds],
  );
  const one = shapes.find(({ id }) => `asset:${id}` === chosen);
  return (
    <>
      {drawn.map(({ kind, key, data }) => (
        <GeoJSON
          key={key}
          data={data as never}
          interactive={false}
          style={{ ...strokeOf(kind), className: classOf(kind) }}
        />
      ))}
      {one && (
        <GeoJSON
          key={`${chosen}:${JSON.stringify(one.geometry).length}`}
          data={one.geometry as never}
          interactive={false}
          style={{ className: "map-shape-chosen" }}
        />
      )}
    </>
  );
});

const collect = (shapes: readonly AssetShape[]) => ({
  type: "FeatureCollection",
  features: shapes.map(({ geometry }) => ({ type: "Feature", properties: {}, geometry })),
});

const classOf = ({ geometry, group }: AssetKind): string => `map-shape-${geometry} is-${group}`;

function strokeOf({ stroke }: AssetKind): PathOptions {
  return { weight: stroke?.width ?? 1.5, ...(stroke?.dash ? { dashArray: stroke.dash } : {}) };
}

import { sayId } from "#renderer/text/text.ts";
import type { Near, OutputOf } from "#shared/contract.ts";
import { lengthOf } from "../measure.ts";

type Answer = OutputOf<"map.near">;

/** One line of the panel: an asset, or the head over those inside a radius. */
export type NearRow =
  | { readonly is: "near"; readonly key: string; readonly near: Near; readonly radiusM?: number }
  | {
      readonly is: "head";
      readonly key: string;
      readonly kind: string;
      readonly radiusM: number;
      readonly count: number;
      readonly cut: boolean;
    };

/** The answer as lines: first what lies inside a radius and may be in danger, then the nearest of each kind in the order of the table. */
export function rowsOf({ nearest, within }: Answer): NearRow[] {
  const inside = within.flatMap(({ kind, radiusM, rows, cut }): NearRow[] => [
    { is: "head", key: `head:${kind}`, kind, radiusM, count: rows.length, cut },
    ...rows.map((near) => ({ is: "near", key: `in:${near.id}`, near, radiusM }) as const),
  ]);
  const best = nearest.flatMap(({ rows }) =>
    rows.map((near) => ({ is: "near", key: `near:${near.id}`, near }) as const),
  );
  return [...best, ...inside];
}

/** Which of the eight directions a bearing is, 0 north and on clockwise. */
export const octant = (bearing: number): number => Math.round(bearing / 45) % 8;

/** `420 米 东北`; inside an area: 在其内. */
export function awayText({ distanceM, bearing }: Pick<Near, "distanceM" | "bearing">): string {
  if (distanceM === 0) return sayId("near.inside");
  const { unit, value } = lengthOf(Math.max(1, distanceM));
  return `${sayId(`near.bearing.${octant(bearing)}`)} ${sayId(`map.length.${unit}`, { value })}`;
}

/** The nearest of each kind in words, for the text of a new event: whoever is sent knows what is at hand. */
export function briefOf({ nearest, within }: Answer, nameOf: (kind: string) => string): string {
  const first = nearest.flatMap(({ rows }) => {
    const near = rows.find(({ status }) => status === "ok") ?? rows[0];
    return near ? [sayId("near.brief.one", { name: near.name, away: awayText(near) })] : [];
  });
  const danger = within
    .filter(({ rows }) => rows.length > 0)
    .map(({ kind, radiusM, rows }) =>
      sayId("near.brief.within", { metres: radiusM, kind: nameOf(kind), count: rows.length }),
    );
  return [
    ...(first.length > 0 ? [sayId("near.brief", { list: first.join(sayId("near.brief.comma")) })] : []),
    ...danger,
  ].join("\n");
}

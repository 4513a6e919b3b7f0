import { titleText } from "#renderer/text/format.ts";
import type { AssetDetail } from "#shared/contract.ts";
import type { Pin, Point } from "../marks.ts";

/** What the hand has chosen on the map. */
export type Choice =
  | { readonly type: "none" }
  | { readonly type: "point"; readonly point: Point }
  | { readonly type: "pin"; readonly pin: Pin }
  | { readonly type: "several"; readonly pins: readonly Pin[] };

/** The place that a choice speaks of, with the category of an event and a name where there is one. */
export function targetOf(
  choice: Choice,
): { readonly point: Point; readonly category: string; readonly name: string } | undefined {
  if (choice.type === "point") return { point: choice.point, category: "", name: "" };
  if (choice.type !== "pin") return undefined;
  const { pin } = choice;
  if (pin.type === "event") return { point: pin.point, category: pin.row.category, name: titleText(pin.row.title) };
  return { point: pin.point, category: "", name: pin.mark.name ?? "" };
}

/** The pin of an asset that was found elsewhere than on the map. */
export function pinOfAsset(asset: Pick<AssetDetail, "id" | "kind" | "name" | "status" | "lng" | "lat">): Pin {
  const { id, kind, name, status, lng, lat } = asset;
  return {
    type: "asset",
    key: `asset:${id}`,
    point: { lng, lat },
    mark: { id, kind, name, status, lng, lat, count: 1 },
  };
}

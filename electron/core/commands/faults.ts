import type { ParsedOf } from "#shared/contract.ts";
import { ok } from "#shared/lib/result.ts";
import { type Answer, act, type Desk, newId } from "../desk.ts";
import { getAsset } from "../queries/assets.ts";
import { placeAt } from "../queries/cover.ts";

export function reportFault(desk: Desk, { assetId, text }: ParsedOf<"fault.report">): Answer<"fault.report"> {
  const found = getAsset(desk, { id: assetId });
  if (!found.ok) return found;
  const { kind, name, lng, lat } = found.value.asset;
  const place = placeAt(desk, { lng, lat }, name);
  const given = { assetId, assetKind: kind, assetName: name, place, text, sample: false };
  const done = act(desk, "fault.report", { faultId: newId(desk.ports), given });
  return done.ok ? ok({ fault: done.value.state }) : done;
}

export function actOnFault(desk: Desk, { id, action, given }: ParsedOf<"fault.act">): Answer<"fault.act"> {
  const done = act(desk, "fault.act", { faultId: id, action, given });
  return done.ok ? ok({ fault: done.value.state }) : done;
}

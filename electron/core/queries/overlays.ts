import { ok } from "#shared/lib/result.ts";
import { type Answer, type Desk, enrolled } from "../desk.ts";
import { hasPicture } from "../files/pictures.ts";
import { readAll } from "../store/entities.ts";
import { syncOfEntity } from "../store/sync-state.ts";

export function listOverlays(desk: Desk): Answer<"overlay.list"> {
  const up = readAll(desk.db, "overlay").filter(({ removed }) => !removed);
  return ok({
    rows: up
      .sort((a, b) => b.savedAt - a.savedAt || (a.id < b.id ? -1 : 1))
      .map((overlay) => ({
        overlay: { ...overlay, picture: overlay.picture ?? null },
        sync: syncOfEntity(desk.db, enrolled(desk), "overlay", overlay.id),
        pictureHere: hasPicture(desk.ports.profileDir, overlay.picture?.hash),
      })),
  });
}

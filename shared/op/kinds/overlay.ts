import {
  judgeOverlay,
  type Overlay,
  type OverlayBody,
  overlayBodySchema,
  overlaySchema,
} from "#shared/domain/overlay/overlay.ts";
import { row } from "./row.ts";

export const overlaySave = row<OverlayBody, Overlay>({
  v: 2,
  body: () => overlayBodySchema,
  entity: "overlay",
  state: () => overlaySchema,
  entityId: (body) => body.id,
  apply: (present, body, act) => judgeOverlay(present, body, act),
  log: ({ name, version, removed }) => ({
    kind: "asset",
    text: removed
      ? { zh: `撤下作战图“${name}”`, en: `Took down battle map “${name}”` }
      : { zh: `作战图“${name}”第 ${version} 版`, en: `Battle map “${name}”, version ${version}` },
    eventId: null,
    action: removed ? "remove" : "save",
  }),
});

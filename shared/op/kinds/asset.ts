import { z } from "zod";
import {
  type AssetFacts,
  assetFactsSchema,
  judgeAsset,
  type KeptAsset,
  keptAssetSchema,
} from "#shared/domain/asset/asset.ts";
import { id, row } from "./row.ts";

interface PutBody {
  readonly id: string;
  readonly was: AssetFacts | null;
  readonly facts: AssetFacts;
  /** Name of the kind in the district's table, for the log. */
  readonly kindName: string;
}

const kindName = z.string().max(40);

export const assetPut = row<PutBody, KeptAsset>({
  v: 1,
  body: () => z.strictObject({ id, was: assetFactsSchema.nullable(), facts: assetFactsSchema, kindName }),
  entity: "asset",
  state: () => keptAssetSchema,
  entityId: (body) => body.id,
  apply: (present, body, act) => judgeAsset(present, body, act),
  log: ({ was, facts, kindName: kind }) => {
    const moved = was !== null && (was.lng !== facts.lng || was.lat !== facts.lat);
    const [zh, en] = was === null ? ["登记", "Entered"] : moved ? ["移动", "Moved"] : ["修改", "Changed"];
    return {
      kind: "asset",
      text: { zh: `${zh}${kind}：${facts.name}`, en: `${en} ${kind}: ${facts.name}` },
      eventId: null,
      action: "put",
    };
  },
});

export const assetRemove = row<Omit<PutBody, "facts"> & { readonly was: AssetFacts }, KeptAsset>({
  v: 1,
  body: () => z.strictObject({ id, was: assetFactsSchema, kindName }),
  entity: "asset",
  state: () => keptAssetSchema,
  entityId: (body) => body.id,
  apply: (present, body, act) => judgeAsset(present, { ...body, facts: null }, act),
  log: ({ was, kindName: kind }) => ({
    kind: "asset",
    text: { zh: `注销${kind}：${was.name}`, en: `Removed ${kind}: ${was.name}` },
    eventId: null,
    action: "remove",
  }),
});

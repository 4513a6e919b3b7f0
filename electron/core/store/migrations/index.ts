import { first } from "./0001-first.ts";
import { faultsAndHazards } from "./0002-faults-and-hazards.ts";
import { eventIndex } from "./0003-event-index.ts";
import { chain } from "./0004-chain.ts";
import { assetTiles } from "./0005-asset-tiles.ts";
import { assetShapes } from "./0006-asset-shapes.ts";
import { roster } from "./0007-roster.ts";
import { received } from "./0008-received.ts";
import { handover } from "./0009-handover.ts";
import { attachments } from "./0010-attachments.ts";
import { queueColumns } from "./0011-queue-columns.ts";
import { tasks } from "./0012-tasks.ts";
import { entityRows } from "./0013-entity-rows.ts";
import { eventBond } from "./0014-event-bond.ts";
import { eventRung } from "./0015-event-rung.ts";
import { eventLine } from "./0016-event-line.ts";
import { logWordsAtRest } from "./0017-log-words-at-rest.ts";
import { relapse } from "./0018-relapse.ts";
import { shapeImports } from "./0019-shape-imports.ts";
import { fewerPages } from "./0020-fewer-pages.ts";
import { districtWords } from "./0021-district-words.ts";
import { plainWords } from "./0022-plain-words.ts";

/** Every change of the database, in order; the place in the list is the version (`user_version`). */
export const migrations: readonly { readonly name: string; readonly sql: string }[] = [
  { name: "0001-first", sql: first },
  { name: "0002-faults-and-hazards", sql: faultsAndHazards },
  { name: "0003-event-index", sql: eventIndex },
  { name: "0004-chain", sql: chain },
  { name: "0005-asset-tiles", sql: assetTiles },
  { name: "0006-asset-shapes", sql: assetShapes },
  { name: "0007-roster", sql: roster },
  { name: "0008-received", sql: received },
  { name: "0009-handover", sql: handover },
  { name: "0010-attachments", sql: attachments },
  { name: "0011-queue-columns", sql: queueColumns },
  { name: "0012-tasks", sql: tasks },
  { name: "0013-entity-rows", sql: entityRows },
  { name: "0014-event-bond", sql: eventBond },
  { name: "0015-event-rung", sql: eventRung },
  { name: "0016-event-line", sql: eventLine },
  { name: "0017-log-words-at-rest", sql: logWordsAtRest },
  { name: "0018-relapse", sql: relapse },
  { name: "0019-shape-imports", sql: shapeImports },
  { name: "0020-fewer-pages", sql: fewerPages },
  { name: "0021-district-words", sql: districtWords },
  { name: "0022-plain-words", sql: plainWords },
];

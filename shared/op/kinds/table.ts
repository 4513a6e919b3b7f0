import {
  type EditionHead,
  judgeTable,
  type TableEdition,
  type TableSet,
  tableEditionSchema,
  tableSetSchema,
} from "#shared/domain/table/edition.ts";
import { tableKinds } from "#shared/domain/table/tables.ts";
import { type OpKindGiven, row } from "./row.ts";

const setBy = (from: EditionHead["from"]): Omit<OpKindGiven<TableSet, TableEdition>, "hand"> => ({
  v: 4,
  body: () => tableSetSchema,
  entity: "table",
  state: () => tableEditionSchema,
  entityId: (body) => body.table,
  apply: (present, body, act) => judgeTable(present, body, act, from),
  log: ({ table, note }, { head }) => {
    const { name } = tableKinds[table];
    const because = note ? { zh: `：${note}`, en: `: ${note}` } : { zh: "", en: "" };
    const who = from === "district" ? { zh: "区中心下发", en: "The district set" } : { zh: "发布", en: "Published" };
    return {
      kind: "table",
      text: {
        zh: `${who.zh}${name.zh}第 ${head.edition} 版（${head.rows} 行）${because.zh}`,
        en: `${who.en} ${name.en}, edition ${head.edition} (${head.rows} rows)${because.en}`,
      },
      eventId: null,
      action: "set",
    };
  },
});

/** TB-1: a rule table of the street, by its administrator. */
export const tableSet = row<TableSet, TableEdition>(setBy("street"));

/** TB-1: the same, by the district for a street. */
export const tableDistrict = row<TableSet, TableEdition>({ ...setBy("district"), hand: "district" });

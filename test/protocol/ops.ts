import { randomBytes } from "node:crypto";
import { v7 } from "uuid";
import type { Op } from "#shared/op/op.ts";

export const street = "500118001";
export const otherStreet = "500118002";

export const officer = {
  id: "officer-1",
  name: "王建国",
  grade: "shift_leader",
  pool: "full_time",
  phone: "",
  post: "",
  active: true,
  publicKey: "",
} as const;

/** Makes the ops of one desk, numbered from 1. */
export function opMaker(of: { device?: string; street?: string; at?: () => number } = {}) {
  let seq = 0;
  const make = (kind: string, body: unknown, by: string = officer.id, over: Partial<Op> = {}): Op => {
    seq = over.seq ?? seq + 1;
    return {
      id: v7({ random: randomBytes(16) }),
      kind,
      v: 1,
      street: of.street ?? street,
      device: of.device ?? "desk",
      seq,
      at: of.at?.() ?? 1_795_000_000_000,
      by,
      body,
      ...over,
    };
  };
  return {
    make,
    /** The desk brings its people while it is being set up. */
    officer: (over: Partial<typeof officer> | Record<string, unknown> = {}) =>
      make("officer.put", { ...officer, ...over }, "setup"),
    note: (id: string, text = "巡查正常") => make("log.write", { id, kind: "note", text }),
    report: (eventId: string) => make("event.report", { eventId, given: reportGiven }),
    act: (eventId: string, action: string, given: Record<string, unknown> = {}, by?: string) =>
      make("event.act", { eventId, action, given }, by),
  };
}

const reportGiven = {
  number: "20261121-A001",
  source: "phone",
  title: "星光社区路面积水",
  text: "路口积水约二十厘米",
  level: "normal",
  category: "",
  confidential: false,
  callerName: "",
  callerPhone: "",
  place: { text: "", point: null, community: "", grid: "" },
  limitMin: null,
  sample: true,
};

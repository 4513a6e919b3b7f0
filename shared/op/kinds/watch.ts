import type { z } from "zod";
import type { RungName } from "#shared/domain/presence/rules.ts";
import { judgeWatch, type Watch, type WatchStep, watchGiven, watchSchema } from "#shared/domain/presence/watch.ts";
import { type DutyRole, roleNames } from "#shared/domain/roster/roster.ts";
import { type Bilingual, fillBoth } from "#shared/lib/text.ts";
import { row } from "./row.ts";

type Given<S extends WatchStep> = z.infer<(typeof watchGiven)[S]>;

/** Who a rung asks, as a line of the log names it. */
export const rungWords: Readonly<Record<RungName, Bilingual>> = {
  desk: { zh: "值班台", en: "the desk" },
  standby: { zh: "备勤", en: "standby" },
  shift_leader: { zh: "值班长", en: "shift leader" },
  district: { zh: "区中心", en: "district centre" },
  leader_on_duty: { zh: "带班领导", en: "the leader on duty" },
};

export function rungText(rung: { readonly to: RungName; readonly names: readonly string[] } | undefined): Bilingual {
  const to = rung ? rungWords[rung.to] : { zh: "", en: "" };
  const names = rung?.names ?? [];
  return { zh: [to.zh, names.join("、")].join(" ").trim(), en: [to.en, names.join(", ")].join(" ").trim() };
}

export const secondsText = (ms: number): Bilingual => {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return { zh: `${rest}秒`, en: `${rest} s` };
  return rest === 0
    ? { zh: `${minutes}分`, en: `${minutes} min` }
    : { zh: `${minutes}分${rest}秒`, en: `${minutes} min ${rest} s` };
};

const asRole = (role: DutyRole | null): Bilingual =>
  role === null ? { zh: "临时到岗", en: "not in the roster" } : roleNames[role];

const words: { readonly [S in WatchStep]: (given: Given<S>, after: Watch) => Bilingual } = {
  arrive: ({ name, role }) =>
    fillBoth({ zh: `签到：{name}（${asRole(role).zh}）`, en: `Signed in: {name} (${asRole(role).en})` }, { name }),
  leave: ({ name, relieved, why }) =>
    relieved
      ? { zh: `离岗：${name}（已交接）`, en: `Left: ${name} (relieved)` }
      : { zh: `未交接离岗：${name}。原因：${why}`, en: `Left before the relief: ${name}. ${why}` },
  take_over: ({ name, from }) => ({
    zh: `${name} 接管席位，前一人 ${from.name}`,
    en: `${name} took over the desk from ${from.name}`,
  }),
  acknowledge: ({ name, words: what }) => ({ zh: `${name} 确认告警：${what}`, en: `${name} acknowledged: ${what}` }),
  ask: ({ ladder }) => ({
    zh: `在岗核验：请${rungText(ladder[0]).zh}应答`,
    en: `Vigilance check: ${rungText(ladder[0]).en}`,
  }),
  raise: ({ checkId, rung }, after) => {
    const { ladder } = after.checks.find(({ id }) => id === checkId) ?? { ladder: [] };
    const missed = rungText(ladder[rung - 1]);
    const next = rungText(ladder[rung]);
    return {
      zh: `在岗核验 ${missed.zh} 未应答，改请 ${next.zh} 应答`,
      en: `Vigilance check missed by ${missed.en}; now asked of ${next.en}`,
    };
  },
  miss: () => ({ zh: "在岗核验无人应答", en: "Nobody answered the vigilance check" }),
  answer: ({ checkId, name, locked }, after) => {
    const given = after.checks.find(({ id }) => id === checkId)?.answer;
    const length = secondsText(given?.afterMs ?? 0);
    return {
      zh: `在岗核验：${name} ${length.zh}后应答${locked ? "（锁屏中，未核身份）" : ""}`,
      en: `Vigilance check: ${name} answered after ${length.en}${locked ? " (screen locked, not identified)" : ""}`,
    };
  },
};

const watchOp = <S extends WatchStep>(step: S, hand?: "desk") =>
  row<Given<S>, Watch>({
    v: 1,
    body: () => watchGiven[step] as unknown as z.ZodType<Given<S>>,
    entity: "watch",
    state: () => watchSchema,
    entityId: (body) => body.watchId,
    ...(hand ? { hand } : {}),
    apply: (present, body, act) => judgeWatch(step, present, body, act),
    log: (body, after) => ({ kind: "presence", text: words[step](body, after), eventId: null, action: step }),
  });

export const watchArrive = watchOp("arrive");
export const watchLeave = watchOp("leave");
export const watchTakeOver = watchOp("take_over");
export const watchAcknowledge = watchOp("acknowledge");
export const watchAnswer = watchOp("answer");
export const watchAsk = watchOp("ask", "desk");
export const watchRaise = watchOp("raise", "desk");
export const watchMiss = watchOp("miss", "desk");

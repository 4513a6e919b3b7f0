import type { DutyRole, RosterRules } from "#shared/domain/roster/roster.ts";
import { plainText } from "./grid.ts";
import type { Meaning } from "./mapping.ts";

/** Words of real rosters. Longer words first, since 带班领导 holds 领导 and 值班长 holds 班长. */
const roleWords: readonly (readonly [RegExp, DutyRole])[] = [
  [/带班|值班领导|领导/, "leader_on_duty"],
  [/值班长|值长|班长|组长|值班负责人/, "shift_leader"],
  [/主班|主值|主岗/, "main_operator"],
  [/副班|副值|副岗/, "deputy_operator"],
  [/备勤|备班|备岗|后备|机动/, "standby"],
];
const roleSigns: Readonly<Record<string, DutyRole>> = {
  带: "leader_on_duty",
  长: "shift_leader",
  主: "main_operator",
  副: "deputy_operator",
  备: "standby",
};

const labels: readonly (readonly [RegExp, Label])[] = [
  [/^(日期|时间|值班日期|值班时间|日|月\/日|日期\/星期|日期\\姓名|姓名\\日期|date)$/i, "date"],
  [/^(星期|周|周几|星期几|weekday)$/i, "weekday"],
  [/^(班次|班别|班种|时段|班)$/, "shift_column"],
  [/^(岗位|职务|角色|岗位职责|岗位名称|值班岗位|类别|班岗)$/, "role_column"],
  [/^(值班人员?|值班员|值班干部|人员|姓名|名字|值班|值守人员|工作人员|值班人员姓名|name)$/i, "people"],
  [/^(序号|编号|no\.?|#)$/i, "number"],
  [
    /备注|说明|电话|手机|联系方式|签名|签字|签到|确认|部门|单位|科室|合计|总计|小计|天数|班数|次数|工时|地点|车辆|remark|phone|sign/i,
    "ignored",
  ],
];
export type Label = "date" | "weekday" | "shift_column" | "role_column" | "people" | "number" | "ignored";

export const squeeze = (text: string): string => plainText(text).replace(/\s+/g, "");

export function labelOf(text: string): Label | undefined {
  const plain = squeeze(text).replace(/[::]$/, "");
  return labels.find(([pattern]) => pattern.test(plain))?.[1];
}

export function roleOf(text: string): DutyRole | undefined {
  const plain = squeeze(text);
  if (plain.length > 12) return undefined;
  return roleWords.find(([pattern]) => pattern.test(plain))?.[1];
}

/** Words for the same time of day. A word of a row means a shift if just one shift of the desk is of its row. */
const kin: readonly (readonly string[])[] = [
  ["白", "日", "白天", "day", "d"],
  ["夜", "晚", "夜间", "晚间", "大夜", "night", "n"],
  ["早", "early", "e"],
  ["中", "middle", "m"],
  ["全", "全天", "昼夜", "24", "24h", "24小时", "full"],
];

const bareShift = (text: string): string => squeeze(text).toLowerCase().replace(/班$/, "");

/** RO-25: the shift that a word means, if it means exactly one: by its name, a word of the same time, or its hours. */
export function shiftOf(text: string, rules: RosterRules): string | undefined {
  const bare = bareShift(text);
  if (bare === "") return undefined;
  const named = rules.shifts.filter(({ code, name }) => code.toLowerCase() === bare || bareShift(name.zh) === bare);
  if (named.length === 1) return named[0]?.code;
  const family = kin.find((words) => words.includes(bare));
  if (family) {
    const like = rules.shifts.filter(({ code, name }) => family.includes(code) || family.includes(bareShift(name.zh)));
    if (like.length === 1) return like[0]?.code;
  }
  return shiftByHours(text, rules);
}

const minutes = (clock: string | undefined): number => {
  const [hour = 0, minute = 0] = (clock ?? "").split(":").map(Number);
  return (hour * 60 + minute) % 1440;
};

function shiftByHours(text: string, rules: RosterRules): string | undefined {
  const hours = /(\d{1,2}:\d{2})\s*(?:-|—+|–|~|至|到)\s*(?:次日|第二天|翌日)?\s*(\d{1,2}:\d{2})/.exec(
    plainText(text).replaceAll(":", ":"),
  );
  if (!hours) return undefined;
  return rules.shifts.find(
    ({ startMin, lengthMin }) => startMin === minutes(hours[1]) && (startMin + lengthMin) % 1440 === minutes(hours[2]),
  )?.code;
}

/** Whether a word speaks of a shift at all, be it one that this desk does not have. */
export const looksLikeShift = (text: string): boolean => {
  const plain = squeeze(text);
  return (
    plain.length <= 12 &&
    (/(白|夜|早|中|晚|全|日|前|后|大|小|甲|乙|丙|丁|[A-Z])班/i.test(plain) ||
      /\d{1,2}:\d{2}/.test(plain) ||
      /^(白天|夜间|晚间|全天|上午|下午|晚上)$/.test(plain))
  );
};

const hoursInHeading = /[((]?\d{1,2}[::]\d{2}(?:-|—+|–|~|至|到)(?:次日|第二天|翌日)?\d{1,2}[::]\d{2}[))]?/g;

/** What a header or label says: shift and role may both stand in it (白班主班). */
export function shiftAndRole(
  text: string,
  rules: RosterRules,
): { shift?: string; role?: DutyRole; shiftWord: boolean } {
  // 白班(08:30-20:30) 主班: the hours say nothing that the word does not, as long as there is a word.
  const bare = squeeze(text).replace(hoursInHeading, "");
  const plain = (bare === "" ? squeeze(text) : bare).replace(/[((](.*)[))]/, "$1");
  const role = roleOf(plain);
  const whole = shiftOf(plain, rules);
  if (whole) return { shift: whole, shiftWord: true };
  const rest = role
    ? plain.replace(/带班领导|值班领导|带班|领导|值班长|班长|组长|主班|主值班?|副班|副值班?|备勤|备班|人员|员/g, "")
    : plain.replace(/值班|人员|员$/g, "");
  const word = /白班|夜班|早班|中班|晚班|全天班?|日班|[白夜早中晚全日]/.exec(rest)?.[0];
  const shift =
    (rest === "" ? undefined : shiftOf(rest, rules)) ??
    (word ? shiftOf(word, rules) : undefined) ??
    shiftByHours(text, rules);
  return {
    ...(shift ? { shift } : {}),
    ...(role ? { role } : {}),
    shiftWord: shift !== undefined || looksLikeShift(rest) || (role !== undefined && word !== undefined),
  };
}

const offCodes = new Set(
  "休 休息 公休 轮休 补休 调休 年休 年假 病假 事假 婚假 产假 陪产 丧假 假 请假 探亲 公假 下 下夜 off o / \\ - -- — —— × x 无 空".split(
    " ",
  ),
);

/** RO-25: what a code in a matrix means without asking: off, or shifts (and a role) that can be nothing else. */
export function codeOf(text: string, rules: RosterRules): "off" | Meaning | undefined {
  const plain = squeeze(text).toLowerCase();
  if (offCodes.has(plain)) return "off";
  const rest = plain.replace(/[((]?代班?[))]?|替/g, "").replace(/[((].*[))]$/, "");
  if (rest === "") return undefined;
  const whole = shiftOf(rest, rules);
  if (whole) return { shifts: [whole], roles: [] };
  if (/^[●○◎■□▲△★☆√✓✔值班]+$/u.test(rest))
    return rules.shifts.length === 1 && /^[●■▲★√✓✔值班]+$/u.test(rest)
      ? { shifts: [rules.shifts[0]?.code ?? ""], roles: [] }
      : undefined;
  const shifts: string[] = [];
  const roles: DutyRole[] = [];
  for (const sign of rest.replace(/[班/+、,]/g, "")) {
    const role = roleSigns[sign];
    const shift = role ? undefined : shiftOf(sign, rules);
    if (role) roles.push(role);
    else if (shift) shifts.push(shift);
    else return undefined;
  }
  if (shifts.length === 0 && rules.shifts.length === 1 && roles.length > 0) shifts.push(rules.shifts[0]?.code ?? "");
  return shifts.length > 0 && roles.length <= 1 ? { shifts, roles } : undefined;
}

/** What a code probably means, to be confirmed: A1 the first shift's main, 早 in a desk of day and night the day. */
export function codeProposal(text: string, rules: RosterRules): string | null {
  const plain = squeeze(text).toUpperCase();
  const letter = /^([A-D])([12])?$/.exec(plain);
  if (letter) {
    const shift = rules.shifts[(letter[1] ?? "A").charCodeAt(0) - 65]?.code;
    const role = letter[2] === "1" ? "main_operator" : letter[2] === "2" ? "deputy_operator" : "";
    return shift ? `${shift}/${role}` : null;
  }
  const first = rules.shifts[0]?.code;
  if (/[早白日]/.test(plain) && first) return `${first}/`;
  if (/[晚夜]/.test(plain)) return `${rules.shifts.at(-1)?.code}/`;
  if (/全/.test(plain)) return "*/";
  return null;
}

export const shiftChoices = (rules: RosterRules): string[] => ["*", ...rules.shifts.map(({ code }) => code), "skip"];

/** Lines below a roster that are not part of it. */
export const isRemark = (text: string): boolean =>
  /^(备\s*注|说\s*明|注|注意|要求|制\s*表|审\s*核|审\s*批|批\s*准|签\s*字|签\s*发|填\s*表|值班电话|联系电话|值班要求|抄送|附|图例|班次说明|合计|总计|小计|统计)/.test(
    squeeze(text),
  ) || squeeze(text).length > 40;

/** What the remarks say of the codes (A1=白班主班): proposals, since a remark may be of another year. */
export function legendOf(texts: readonly string[], rules: RosterRules): Map<string, string> {
  const legend = new Map<string, string>();
  for (const text of texts) {
    for (const [, code = "", words = ""] of plainText(text).matchAll(
      /([A-Z]\d?|[早中晚白夜全大小●○▲△★☆√✓]|代)班?\s*(?:=|:|为|表示|代表)\s*([^,,;;。、\n]+)/g,
    )) {
      const { shift, role } = shiftAndRole(words, rules);
      if (/休/.test(words)) legend.set(code, "off");
      else if (shift) legend.set(code, `${shift}/${role ?? ""}`);
    }
  }
  return legend;
}

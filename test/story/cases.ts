import type { InputOf } from "#shared/contract.ts";
import type { Level, Party, Source } from "#shared/domain/duty-event/event.ts";
import type { CallWay } from "#shared/domain/duty-event/task.ts";
import type { TaskAction } from "#shared/domain/duty-event/task-steps.ts";
import type { EventAction } from "#shared/domain/duty-event/transitions.ts";
import type { ErrorId } from "#shared/errors.ts";

/** Whose hand takes a step: an officer of the desk, by grade. */
export type Hand = "operator" | "shift_leader";

/** A step of a story. `after`: time since the first word, in minutes and parts of them. */
export type Step = { readonly after: number } & (
  | {
      readonly by: Hand;
      readonly act: Exclude<EventAction, "report">;
      readonly given?: Readonly<Record<string, unknown>>;
      /** The desk must say no, for this reason. */
      readonly refused?: ErrorId;
    }
  | {
      readonly by: Hand;
      /** `null`: `given.party` has no task yet. */
      readonly party: Party | null;
      readonly step: TaskAction;
      readonly given?: { readonly text?: string; readonly party?: Party };
      readonly call?: {
        readonly way: CallWay;
        readonly person: string;
        readonly phone: string;
        readonly answer: string;
      };
    }
  | { readonly by: Hand; readonly log: "call" | "check" | "patrol"; readonly text: string }
  | {
      /** The operator of the district, by its own door. */
      readonly district: "route" | "report_in" | "feedback" | "dispute" | "decide";
      readonly given: Readonly<Record<string, string>>;
    }
);

/** One of the seven true cases of the domain, from its first word to its end. The expected course stands in `expected/<key>.txt`. */
export interface Story {
  readonly key: string;
  readonly name: string;
  readonly startsAt: string;
  /** The link is down from before the first word until after the end. */
  readonly offline?: true;
  readonly by: Hand;
  readonly call: {
    readonly source: Source;
    readonly level: Level;
    readonly category: string;
    readonly text: string;
    readonly callerName?: string;
    readonly callerPhone?: string;
    readonly place: { readonly text: string; readonly community: string; readonly grid: string };
    readonly dispatch: InputOf<"intake.take">["dispatch"];
  };
  readonly steps: readonly Step[];
}

const party = (kind: Party["kind"], name: string): Party => ({ kind, name });
const traffic = party("post", "交通巡逻岗");
const safety = party("post", "平安建设岗");
const enforcement = party("post", "综合执法岗");
const environment = party("post", "建设环保岗");
const trafficPolice = party("joint_post", "交巡警联勤岗");
const police = party("joint_post", "公安联勤岗");
const fire = party("joint_post", "消防联勤岗");
const market = party("joint_post", "市场监管联勤岗");
const school = party("department", "渝开小学");
const property = party("department", "石油社区物业");
const rescue = party("team", "综合应急救援队");
const patrol = party("team", "平安巡逻队");
const flood = party("team", "防汛抢险队");
const grid = (name: string) => party("grid", `星光社区${name}`);

const by = "operator" as const;
const hours = 60;
const days = 24 * hours;

export const stories: readonly Story[] = [
  {
    key: "school-gate",
    name: "校门口停车乱，一次派单五方到场",
    startsAt: "2026-06-30T16:35:00+08:00",
    by,
    call: {
      source: "phone",
      level: "urgent",
      category: "traffic_order",
      text: "渝开小学校门口接送车停满两侧，双向堵死。家长在车流里穿行，一辆电动车被刮倒，人没有受伤。",
      callerName: "家长廖先生",
      callerPhone: "138 0000 5302",
      place: { text: "石油社区渝开小学校门口", community: "", grid: "" },
      dispatch: { lead: safety, coHandlers: [trafficPolice, school, property, police] },
    },
    steps: [
      { after: 2, by, party: safety, step: "acknowledge" },
      { after: 3, by, party: trafficPolice, step: "acknowledge" },
      {
        after: 3.5,
        by,
        party: school,
        step: "acknowledge",
        call: { way: "phone", person: "郭主任", phone: "138 0000 5311", answer: "马上开侧门分流" },
      },
      {
        after: 4,
        by,
        party: property,
        step: "acknowledge",
        call: { way: "phone", person: "唐经理", phone: "138 0000 5312", answer: "两名保安过去" },
      },
      { after: 4.5, by, party: police, step: "acknowledge" },
      { after: 9, by, party: trafficPolice, step: "arrive" },
      { after: 10, by, party: safety, step: "arrive", given: { text: "先通一条道" } },
      { after: 24, by, party: trafficPolice, step: "finish", given: { text: "双向已通，违停逐车劝离" } },
      { after: 25, by, party: school, step: "finish", given: { text: "侧门分流，错峰放学" } },
      { after: 26, by, party: property, step: "finish", given: { text: "腾出临时停车位 12 个" } },
      { after: 27, by, party: police, step: "finish", given: { text: "刮倒的当事人已和解" } },
      { after: 28, by, act: "feedback", given: { text: "五方到场，校门口已畅通" } },
      { after: 32, by, act: "verify", given: { text: "视频看过，双向畅通" } },
      { after: 35, by, act: "close", given: { result: "一次派单五方到场，35 分钟疏通" } },
    ],
  },
  {
    key: "bus-301",
    name: "301 路公交，吹哨到区",
    startsAt: "2026-07-01T09:05:00+08:00",
    by,
    call: {
      source: "grid_worker",
      level: "normal",
      category: "bus_service",
      text: "301 路公交早高峰挤不上，居民请求加开班次。星光社区多名居民向网格员反映，等两班都上不去，上班、送孩子常迟到。",
      callerName: "居民代表徐女士",
      callerPhone: "138 0000 5301",
      place: { text: "星光社区公交站", community: "星光社区", grid: "第二十四网格" },
      dispatch: null,
    },
    steps: [
      { after: 5, by, log: "check", text: "网格长到站台核实：连续两班满载过站，候车三十余人" },
      { after: 10, by, act: "accept", given: { note: "社区研判：社区办不了，报街道" } },
      {
        after: 25,
        by,
        act: "assess",
        given: {
          board: "livelihood",
          category: "bus_service",
          level: "normal",
          lead: traffic,
          coHandlers: [grid("第二十四网格")],
        },
      },
      {
        after: 55,
        by: "shift_leader",
        act: "whistle",
        given: { whistleKind: "daily", to: "区交通运输委", text: "街道无权调整班次，请核实客流、加开早高峰班次" },
      },
      { after: 65, district: "route", given: { to: "区交通运输委" } },
      { after: 2 * hours, district: "report_in", given: { people: "运输科孙科长" } },
      {
        after: 25 * hours,
        district: "feedback",
        given: { words: "3 日起早高峰加开 2 班，间隔由 15 分钟缩到 8 分钟" },
      },
      { after: 47 * hours, by, act: "verify", given: { text: "网格员早高峰在站台看过，两班都上得去" } },
      { after: 47 * hours + 10, by, act: "close", given: { result: "早高峰加开 2 班，居民满意" } },
      {
        after: 47 * hours + 20,
        by: "shift_leader",
        act: "rate",
        given: {
          scores: [
            { code: "timeliness", name: "时效", points: 5, most: 5 },
            { code: "quality", name: "质量", points: 5, most: 5 },
            { code: "attitude", name: "态度", points: 4, most: 5 },
            { code: "result", name: "效果", points: 5, most: 5 },
          ],
          text: "来得快，办得实",
        },
      },
    ],
  },
  {
    key: "swimmer",
    name: "洪峰中有人下河游泳，五分钟",
    startsAt: "2026-07-06T16:30:00+08:00",
    offline: true,
    by,
    call: {
      source: "phone",
      level: "critical",
      category: "water_rescue",
      text: "石马河里一名男子在游泳，洪峰正在过境。",
      place: { text: "", community: "", grid: "" },
      dispatch: { lead: police, coHandlers: [fire, rescue] },
    },
    steps: [
      { after: 0.5, by, party: null, step: "give", given: { party: patrol, text: "带救生圈和抛绳，就近到岸边" } },
      { after: 0.75, by, party: patrol, step: "acknowledge" },
      { after: 1, by, party: police, step: "acknowledge" },
      { after: 3, by, party: patrol, step: "arrive" },
      { after: 4, by, party: patrol, step: "finish", given: { text: "抛绳拉上岸，人没有受伤" } },
      { after: 4.25, by, act: "feedback", given: { text: "男子已上岸，劝离" } },
      { after: 4.5, by, act: "verify", given: { text: "视频回看，河里没有人" } },
      { after: 4.75, by, act: "close", given: { result: "五分钟内上岸，无人受伤" } },
    ],
  },
  {
    key: "rainstorm",
    name: "暴雨预警，涝点检查，十分钟排干",
    startsAt: "2026-07-07T06:40:00+08:00",
    offline: true,
    by,
    call: {
      source: "device",
      level: "critical",
      category: "waterlogging",
      text: "暴雨橙色预警，壹江城转盘涝点积水约 15 厘米还在涨。雨箅子被落叶堵住，请各涝点网格检查、清掏、警戒。",
      place: { text: "壹江城转盘", community: "星光社区", grid: "第一网格" },
      dispatch: { lead: grid("第一网格"), coHandlers: [grid("第二网格"), grid("第三网格"), flood] },
    },
    steps: [
      { after: 1, by, party: grid("第一网格"), step: "acknowledge" },
      { after: 1.5, by, party: grid("第二网格"), step: "acknowledge" },
      { after: 1.75, by, party: grid("第三网格"), step: "acknowledge" },
      { after: 3, by, party: grid("第一网格"), step: "arrive", given: { text: "锥桶已放好" } },
      { after: 4, by, log: "patrol", text: "视频盯守壹江城转盘：积水 15 厘米，不再上涨" },
      { after: 6, by, party: grid("第二网格"), step: "finish", given: { text: "涝点已查，无积水" } },
      { after: 6.5, by, party: grid("第三网格"), step: "finish", given: { text: "涝点已查，雨箅子已清" } },
      { after: 8, by, log: "patrol", text: "视频盯守壹江城转盘：路面已无积水" },
      { after: 8.5, by, party: flood, step: "withdraw", given: { text: "水已退，不用来" } },
      { after: 9, by, act: "feedback", given: { text: "雨箅子清掏两处，积水退去" } },
      { after: 9.25, by, act: "verify", given: { text: "视频确认路面无积水" } },
      { after: 9.5, by, act: "close", given: { result: "十分钟内排干，列入下一轮降雨重点" } },
    ],
  },
  {
    key: "complaint",
    name: "民呼我为：赠品不兑现",
    startsAt: "2026-07-08T10:00:00+08:00",
    by,
    call: {
      source: "citizen_appeal",
      level: "normal",
      category: "consumer_complaint",
      text: "茶叶店消费满额不给赠品，店家说发完了也不折价。民呼我为平台转来，市民投诉，留有小票和海报照片。",
      callerName: "罗女士",
      callerPhone: "138 0000 5303",
      place: { text: "星光路茶叶店", community: "星光社区", grid: "第五网格" },
      dispatch: { lead: market, coHandlers: [grid("第五网格")] },
    },
    steps: [
      { after: 20, by, party: market, step: "acknowledge" },
      { after: 30, by, party: grid("第五网格"), step: "acknowledge" },
      {
        after: 5 * hours,
        by,
        party: grid("第五网格"),
        step: "finish",
        given: { text: "店家电话、小票照片已送联勤岗" },
      },
      {
        after: 25 * hours,
        by,
        act: "urge",
        given: { to: market.name, via: "电话", text: "明天 10 点到期，请今天反馈" },
      },
      { after: 26 * hours, by, act: "answer_urge", given: { to: market.name, text: "已约店家下午面谈" } },
      { after: 30 * hours, by, act: "feedback", given: { text: "店家补发赠品一份，当面致歉" } },
      { after: 31 * hours, by, log: "call", text: "回访罗女士：赠品已收到，满意" },
      { after: 31 * hours + 10, by, act: "verify", given: { text: "已回访" } },
      { after: 31 * hours + 20, by, act: "close", given: { result: "赠品兑现，投诉人满意" } },
    ],
  },
  {
    key: "border-path",
    name: "跨区步道，一条线索跟到底",
    startsAt: "2026-07-13T09:00:00+08:00",
    by,
    call: {
      source: "patrol",
      level: "normal",
      category: "public_space",
      text: "盘溪河步道两区交界 200 米没人管，垃圾杂草成堆。两边都说不归自己，市民多次反映。",
      place: { text: "盘溪河步道", community: "", grid: "" },
      dispatch: { lead: environment, coHandlers: [enforcement] },
    },
    steps: [
      { after: 5, by, act: "mark_border", given: { border: "渝北区", text: "一条线索跟到底" } },
      { after: 10, by, act: "return", given: { reason: "现场在区界外，不属我方" }, refused: "event.border_sent_away" },
      { after: 30, by, party: environment, step: "acknowledge" },
      { after: 40, by, party: enforcement, step: "acknowledge" },
      { after: 60, by, act: "close", given: { result: "不属我方" }, refused: "event.border_agreement" },
      {
        after: 90,
        by: "shift_leader",
        act: "whistle",
        given: { whistleKind: "difficult", to: "区城市管理局", text: "请与渝北区商定：谁清理、谁管护" },
      },
      { after: 100, district: "route", given: { to: "区城市管理局" } },
      {
        after: 150,
        district: "dispute",
        given: { words: "步道权属未定" },
      },
      { after: 5 * hours, district: "decide", given: { to: "区城市管理局", words: "先清后定" } },
      { after: 6 * hours, district: "report_in", given: { people: "市容科何科长" } },
      { after: 23 * hours, by, party: enforcement, step: "finish", given: { text: "堆放物已清" } },
      { after: 24 * hours, by, party: environment, step: "finish", given: { text: "200 米垃圾杂草清完" } },
      {
        after: 25 * hours,
        district: "feedback",
        given: { words: "两区现场商定：我方一次清理，渝北区日常管护" },
      },
      {
        after: 26 * hours,
        by,
        act: "agree",
        given: {
          oneOff: "我方一次清理 200 米",
          upkeep: "渝北区日常管护",
          agreedBy: "两区城市管理局",
          agreedOn: "2026-07-14",
        },
      },
      { after: 27 * hours, by, act: "verify", given: { text: "现场看过，照片留存" } },
      {
        after: 27 * hours + 5,
        by,
        act: "close",
        given: { result: "以后不属我方" },
        refused: "event.border_sent_away",
      },
      { after: 27 * hours + 10, by, act: "close", given: { result: "一次清理完成，渝北区接手管护" } },
      {
        after: 27 * hours + 20,
        by: "shift_leader",
        act: "rate",
        given: {
          scores: [
            { code: "timeliness", name: "时效", points: 4, most: 5 },
            { code: "quality", name: "质量", points: 5, most: 5 },
            { code: "attitude", name: "态度", points: 3, most: 5 },
            { code: "result", name: "效果", points: 5, most: 5 },
          ],
          text: "起先推诿，后来办成",
        },
      },
    ],
  },
  {
    key: "bus-3613",
    name: "开通 3613 路，半个月",
    startsAt: "2026-07-20T09:10:00+08:00",
    by,
    call: {
      source: "grid_worker",
      level: "normal",
      category: "bus_line",
      text: "来鹿寺社区没有公交，村民联名请求开通公交。老人赶场、学生上学要步行近一小时。",
      callerName: "村民代表郝先生",
      callerPhone: "138 0000 5304",
      place: { text: "来鹿寺社区第一网格", community: "", grid: "" },
      dispatch: { lead: traffic, coHandlers: [enforcement] },
    },
    steps: [
      { after: 30, by, party: traffic, step: "acknowledge" },
      { after: 40, by, party: enforcement, step: "acknowledge" },
      {
        after: 1 * days,
        by,
        party: traffic,
        step: "report",
        given: { text: "踏勘完成：线路 4.4 公里，设站 10 处" },
      },
      { after: 2 * days, by, act: "ask_pause", given: { pauseMin: 3 * days, reason: "等线路批复" } },
      { after: 2 * days + 20, by: "shift_leader", act: "grant", given: { note: "同意" } },
      { after: 4 * days + 20, by, act: "resume", given: { note: "批复已到" } },
      { after: 14 * days, by, party: enforcement, step: "finish", given: { text: "沿线占道清完" } },
      { after: 16 * days, by, act: "feedback", given: { text: "站牌立好，3613 路试跑" } },
      { after: 16 * days + 30, by, act: "verify", given: { text: "跟车一趟，10 站都停" } },
      { after: 16 * days + 60, by, act: "close", given: { result: "3613 路开通，4.4 公里、10 站" } },
    ],
  },
];

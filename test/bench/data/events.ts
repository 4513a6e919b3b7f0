import {
  type DutyEvent,
  type EventState,
  eventStates,
  laterFields,
  levels,
  sources,
} from "#shared/domain/duty-event/event.ts";
import { newTask, type Task } from "#shared/domain/duty-event/task.ts";
import { hourMs, minuteMs } from "#shared/lib/time.ts";
import { drawer, seed } from "#test/seed.ts";

const places = [
  "茶竹路",
  "中山路",
  "星光社区",
  "石油社区",
  "来鹿寺",
  "盘溪河步道",
  "壹江城转盘",
  "桂花园小区",
  "永川中学门口",
  "大河坝",
  "八角寺",
  "三教村",
];
const matters = [
  "积水没过车轮",
  "大树倒伏阻断双向车道",
  "有人下河游泳",
  "商家拒不兑现赠品",
  "公交车等了四十分钟",
  "邻里因排水争执",
  "路灯整排不亮",
  "工地夜间施工扰民",
  "山坡冒烟疑似野外用火",
  "井盖缺失",
  "老人走失",
  "消防通道被占",
];
const people = ["王芳", "李强", "张敏", "刘洋", "陈静", "杨磊", "赵丽", "黄涛"];
const tails = [
  "请尽快派人查看",
  "已电话告知网格员",
  "现场有围观群众",
  "影响上学接送",
  "报案人情绪激动",
  "附近有变压器",
  "雨势仍在加大",
  "暂无人员受伤",
];

/** The n-th seeded event of a street that has kept watch for years; about 2 % are still open. */
export function* seededEvents(count: number, untilAt: number): Generator<DutyEvent> {
  const draw = drawer(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T;
  const ended: EventState[] = ["closed", "void"];
  const open = eventStates.filter((state) => !ended.includes(state));
  for (let n = 0; n < count; n++) {
    const reportedAt = untilAt - Math.floor((count - n) * 8 * minuteMs + draw() * hourMs);
    const state = n > count * 0.98 && draw() < 0.9 ? one(open) : draw() < 0.97 ? "closed" : "void";
    const limitMin = Math.ceil(draw() * 2880);
    const place = one(places);
    yield {
      ...laterFields,
      id: `seeded-${n}`,
      number: `S-${String(n).padStart(6, "0")}`,
      state,
      level: one(levels),
      category: one(["waterlogging", "traffic_order", "consumer_complaint", "public_space", "dispute"]),
      title: `${place}${one(matters)}`,
      text: `${one(people)}来电：${place}${Math.floor(draw() * 400)}号附近${one(matters)}，${one(tails)}。${one(tails)}，${one(tails)}。`,
      source: one(sources),
      confidential: draw() < 0.05,
      callerName: one(people),
      callerPhone: `138${String(Math.floor(draw() * 1e8)).padStart(8, "0")}`,
      place: {
        text: `${place}${Math.floor(draw() * 400)}号`,
        point: null,
        community: one(places),
        grid: `第${Math.ceil(draw() * 24)}网格`,
      },
      board: one(["party", "economy", "livelihood", "safety"]),
      lead: { kind: "post", name: one(["防汛抗旱岗", "交通巡逻岗", "综合执法岗"]) },
      coHandlers: [],
      reportedAt,
      reportedBy: "seed",
      limitMin,
      dueAt: reportedAt + limitMin * minuteMs,
      whistle: null,
      result: state === "closed" ? "已处置完毕" : "",
      closedAt: state === "closed" ? reportedAt + hourMs : null,
      updatedAt: reportedAt,
      sample: false,
    };
  }
}

const parties = [
  "应急管理岗",
  "综合执法岗",
  "交通巡逻岗",
  "防汛抗旱岗",
  "公安联勤岗",
  "消防联勤岗",
  "星光社区第一网格",
  "石油社区第三网格",
];

/** [S] 1,130,000 tasks on 210,000 events: 5.38 to each. */
const tasksEach = 1_130_000 / 210_000;

/** The n-th event with the tasks of its parties, each as far as its event is. */
export function withTasks(event: DutyEvent, n: number): DutyEvent {
  const count = Math.floor((n + 1) * tasksEach) - Math.floor(n * tasksEach);
  const ended = event.closedAt !== null || event.state === "void";
  const tasks = Array.from({ length: count }, (_, at): Task => {
    const party = { kind: "post" as const, name: parties[(n + at) % parties.length] as string };
    const task = newTask([], { party, role: at === 0 ? "lead" : "co", ask: "" }, { at: event.reportedAt, by: "seed" });
    if (!ended) return task;
    const endedAt = event.reportedAt + hourMs;
    return { ...task, state: "finished", acknowledgedAt: endedAt, endedAt, feedback: "已处置完毕" };
  });
  return { ...event, lead: tasks[0]?.party ?? event.lead, coHandlers: tasks.slice(1).map(({ party }) => party), tasks };
}

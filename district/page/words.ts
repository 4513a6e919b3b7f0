import type { DutyCheckStanding } from "#shared/domain/presence/duty-check.ts";
import type { DeskError } from "#shared/errors.ts";
import { type Bilingual, fillBoth } from "#shared/lib/text.ts";
import type { Audited } from "../store/audit.ts";

const both = (zh: string, en: string): Bilingual => ({ zh, en });

/** What the operator's page says. */
export const words = {
  page: both("区中心操作台", "District operator"),
  overview: both("总览", "Overview"),
  dispatch: both("下派事件", "Send an event down"),
  audit: both("操作记录", "Audit"),
  skip: both("跳到正文", "Skip to the content"),
  signOut: both("退出", "Sign out"),
  signIn: both("进入", "Sign in"),
  other: both("English", "中文"),
  name: both("姓名", "Your name"),
  token: both("操作口令", "Operator's token"),
  tokenHint: both(
    "口令在区中心数据目录的 operator.token 文件里。姓名会记入操作记录，街道也看得到。",
    "The token is in the file operator.token of the district's data folder. Your name goes into the audit and is seen by the streets.",
  ),
  stale: both(
    "连不上区中心，页面停在上次更新的样子。",
    "The district does not answer: this page is as it was last updated.",
  ),
  held: both("正在填写，这一块暂不更新", "being filled in: not updated meanwhile"),
  updated: both("更新于 {at}", "updated {at}"),
  streets: both("镇街", "Streets"),
  street: both("镇街", "Street"),
  online: both("在线", "Online"),
  offline: both("不在线", "Not online"),
  noDesk: both("没有登记的席位", "no desk enrolled"),
  never: both("从未联系", "never"),
  lastContact: both("最后联系", "Last contact"),
  confirmedTo: both("已确认到", "Confirmed up to"),
  ofNewest: both("（本街最新 {no}）", "(newest of the street: {no})"),
  all: both("全部", "all"),
  desks: both("席位", "Desks"),
  desk: both("席位", "Desk"),
  revoked: both("已注销", "Revoked"),
  whistles: both("等待的吹哨", "Whistles that wait"),
  whistle: both("吹哨", "Whistle"),
  noWhistles: both("没有等待的吹哨。", "No whistle waits."),
  waiting: both("待处理", "Waits for the district"),
  noWaiting: both("没有要区中心处理的事项。", "Nothing waits for the district."),
  returnAsked: both("申请退回", "Return asked"),
  unanswered: both("查岗未应答", "Duty check unanswered"),
  dispatched: both("已下派的事件", "Events sent down"),
  noDispatched: both("还没有下派过事件。", "No event was sent down yet."),
  number: both("编号", "Number"),
  title: both("标题", "Title"),
  level: both("等级", "Level"),
  state: both("状态", "State"),
  due: both("到期", "Due"),
  sent: both("下派", "Sent"),
  sentBy: both("下派人", "Sent by"),
  changed: both("最近变化", "Last change"),
  late: both("已超时", "Late"),
  arrived: both("已到席位", "On a desk"),
  underway: both("未到席位", "On no desk yet"),
  recalled: both("已撤回", "Recalled"),
  result: both("结果", "Result"),
  secret: both("（涉密，不在此显示）", "(confidential, not shown here)"),
  checks: both("查岗", "Duty checks"),
  noChecks: both("还没有查过岗。", "No duty check was asked yet."),
  askedAt: both("发出", "Asked"),
  question: both("问话", "Question"),
  answer: both("应答", "Answer"),
  delay: both("用时", "After"),
  ask: both("发出查岗", "Ask now"),
  allStreets: both("全部镇街", "every street"),
  onlineStreets: both("在线的镇街", "streets that are online"),
  minutes: both("应答时限（分钟）", "Minutes to answer"),
  send: both("下派", "Send down"),
  next: both("下一步", "Next"),
  anotherStreet: both("换镇街", "Another street"),
  toStreet: both("下派到 {street}", "Send down to {street}"),
  text: both("情况", "What happened"),
  requirement: both("办理要求", "What is to be done"),
  place: both("地点", "Place"),
  category: both("类别", "Category"),
  streetSays: both("由街道研判", "the street says"),
  limit: both("办结时限", "Limit"),
  limitHint: both("可不填，按本街时限表；如 30、2小时、1天", "optional, else the street's table; 30, 2h, 1d"),
  callerName: both("来电人", "Caller"),
  callerPhone: both("电话", "Phone"),
  confidential: both("涉密", "Confidential"),
  recall: both("撤回", "Recall"),
  insist: both("不同意退回", "Refuse the return"),
  reason: both("原因", "Reason"),
  said: both("说明", "Words"),
  to: both("派往部门", "Department"),
  people: both("到场人员", "Who came"),
  confirm: both("确定", "Confirm"),
  when: both("时间", "When"),
  what: both("事项", "What"),
  device: both("设备", "Device"),
  detail: both("内容", "Detail"),
  notFound: both("没有这一页。", "There is no such page."),
  back: both("回总览", "Back to the overview"),
  fault: both(
    "区中心这一步没有办成，已记入日志。请再试一次。",
    "The district failed at this and has logged it. Try again.",
  ),
  away: both(
    "区中心的数据库暂时连不上，没有办。请稍后再试。",
    "The district's database is away, nothing was done. Try again soon.",
  ),
  wrongToken: both("口令不对。请核对 operator.token 文件。", "Wrong token. Look into the file operator.token."),
  wrongName: both("请填姓名，不超过 40 字。", "Give your name, 40 characters at most."),
  tooOften: both("试得太多，请 {seconds} 秒后再试。", "Too many tries: try again in {seconds} seconds."),
  foreign: both(
    "这个请求不是从本页发出的，没有办。请重新打开操作台。",
    "This did not come from this page, so nothing was done. Open it again.",
  ),
  didDispatch: both("已下派到 {street}，编号 {number}，序号 {no}。", "Sent down to {street} as {number}, no. {no}."),
  didAsk: both("已向 {count} 个镇街查岗。", "Asked {count} streets."),
  didStep: both("已办：{step}，序号 {no}。", "Done: {step}, no. {no}."),
  nobody: both("没有可查岗的镇街：现在没有一个在线。", "No street to ask: none is online."),
} as const satisfies Record<string, Bilingual>;

export const standings: Readonly<Record<DutyCheckStanding, Bilingual>> = {
  on_its_way: both("未送达", "On its way"),
  asked: both("已送达，待应答", "Reached, waits"),
  answered: both("已应答", "Answered"),
  unanswered: both("未应答", "Unanswered"),
};

/** What a line of the audit speaks of. */
export const audited: Readonly<Record<Audited, Bilingual>> = {
  attachment: both("收到附件", "Attachment taken"),
  attachment_refused: both("拒收附件", "Attachment refused"),
  attachment_broken: both("附件损坏", "Attachment broken"),
  started: both("区中心启动", "Started"),
  stopped: both("区中心停止", "Stopped"),
  epoch: both("换了纪元", "New epoch"),
  code_made: both("发出登记码", "Enrolment code made"),
  enrolled: both("席位登记", "Desk enrolled"),
  enrol_refused: both("登记被拒", "Enrolment refused"),
  revoked: both("席位注销", "Desk revoked"),
  request_refused: both("请求被拒", "Request refused"),
  duty_asked: both("查岗", "Duty check"),
  rules_set: both("设置规则", "Rules set"),
  whistle_step: both("吹哨办理", "Whistle answered"),
  dispatched: both("下派事件", "Event sent down"),
  dispatch_step: both("下派事件的答复", "Word on an event sent down"),
  operator_in: both("进入操作台", "Signed in"),
  operator_out: both("退出操作台", "Signed out"),
  operator_refused: both("口令不对", "Wrong token"),
  fork: both("席位序号分叉", "Desk forked"),
  log_fork: both("日志分叉", "Log forked"),
  log_behind: both("日志倒退", "Log behind"),
  bug: both("程序故障", "Fault"),
};

const fields: Readonly<Record<string, Bilingual>> = {
  title: words.title,
  text: words.text,
  requirement: words.requirement,
  level: words.level,
  category: words.category,
  limitMin: words.limit,
  callerName: words.callerName,
  callerPhone: words.callerPhone,
  place: words.place,
  words: words.said,
  reason: words.reason,
  to: words.to,
  people: words.people,
  answerMinutes: words.minutes,
};

const problems: Readonly<Record<string, Bilingual>> = {
  "setup.unknown_street": both("没有这个镇街，没有办。请回总览重选。", "There is no such street. Choose again."),
  "event.unknown": both(
    "找不到这个事件，没有办。请看现在的列表。",
    "There is no such event. Look at the list as it is now.",
  ),
  "event.not_from_here": both(
    "事件已经办结、作废或并走，不能“{action}”。请看它现在的状态。",
    "The event has ended, so “{action}” is not possible. Look at its state.",
  ),
  "event.not_dispatched": both(
    "这个事件不是区中心下派的，不能“{action}”。",
    "The district did not send this event down, so “{action}” is not possible.",
  ),
  "event.nothing_returned": both(
    "街道没有等待答复的退回申请，可能刚答复过。",
    "The street has no return that waits; it may just have been answered.",
  ),
  "event.leads_others": both(
    "有 {count} 件并在这件里，不能撤回。请街道先撤销并案。",
    "{count} events are merged into this one: the street has to undo that first.",
  ),
  "whistle.none": both(
    "这个事件现在没有等待这一步的吹哨。请看现在的列表。",
    "No whistle of this event waits for this step. Look at the list as it is now.",
  ),
  "whistle.not_from_here": both(
    "这次吹哨现在是“{whistle}”，不能“{action}”。请看现在的列表。",
    "The whistle is now “{whistle}”, so “{action}” is not possible.",
  ),
};

/** Cause and next step of what was refused, for the person at the page. */
export function sentenceOf({ id, field, params }: DeskError): Bilingual {
  const known = problems[id];
  if (known) return fillBoth(known, params ?? {});
  const named = fields[(field ?? "").replace(/^given\./, "").split(".")[0] ?? ""];
  if (named)
    return both(
      `“${named.zh}”没有填或填得不对，没有办。请改好再发。`,
      `“${named.en}” is missing or wrong: nothing was done. Mend it and send again.`,
    );
  return both(`没有接受：${id}。请看现在的状态再办。`, `Refused: ${id}. Look at how it stands and try again.`);
}

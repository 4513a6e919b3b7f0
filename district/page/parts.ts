import { returnOf } from "#shared/domain/duty-event/dispatched.ts";
import { type DutyEvent, isOpen, levelNames, stateNames } from "#shared/domain/duty-event/event.ts";
import { lengthText } from "#shared/domain/duty-event/gaps.ts";
import type { Begun } from "../operator/begun.ts";
import type { StreetStanding } from "../operator/contacts.ts";
import { timeText, type View } from "./frame.ts";
import { html, type Markup } from "./html.ts";
import type { AskedCheck } from "./read.ts";
import { standings, words } from "./words.ts";

export type Names = ReadonlyMap<string, string>;

export const timeOf = (view: View, at: number): Markup =>
  html`<time class="figures" datetime="${new Date(at).toISOString()}">${timeText(at, view)}</time>`;

export const levelTag = (view: View, level: DutyEvent["level"]): Markup =>
  html`<span class="tag${level === "critical" ? " red" : level === "urgent" ? " orange" : ""}">${view.say(levelNames[level])}</span>`;

/** CF-3: the words of a confidential event stay on the desks. */
export const titleOf = (view: View, event: DutyEvent): string =>
  event.confidential ? view.say(words.secret) : event.title;

export const onlineTag = (view: View, online: boolean): Markup =>
  online
    ? html`<span class="keep">● ${view.say(words.online)}</span>`
    : html`<span class="off keep">○ ${view.say(words.offline)}</span>`;

/** Those that can be reached at all come first. */
export const withDesksFirst = (streets: readonly StreetStanding[]): readonly StreetStanding[] =>
  streets.toSorted((one, other) => Number(other.desks.length > 0) - Number(one.desks.length > 0));

/** PR-26: up to which number, and whether that is all. */
export function heldText(view: View, holdsNo: number, lastNo: number): Markup {
  const all = holdsNo >= lastNo;
  return html`<span class="figures">${holdsNo}</span> <span class="soft keep">${
    all ? view.say(words.all) : view.say(words.ofNewest).replace("{no}", String(lastNo))
  }</span>`;
}

/** Where an event stands that was sent down: at the street, or already nobody's. */
export function standingTags(view: View, { state: event, no }: Begun<DutyEvent>, street: StreetStanding | undefined) {
  const { say, at } = view;
  const held = Math.max(0, ...(street?.desks.filter(({ revoked }) => !revoked).map(({ holdsNo }) => holdsNo) ?? []));
  const late = isOpen(event.state) && event.dueAt !== null && at > event.dueAt;
  const name = event.dispatch?.recalled ? words.recalled : stateNames[event.state];
  return html`<span class="tag">${say(name)}</span>${
    isOpen(event.state) && returnOf(event) && html` <span class="tag orange">${say(words.returnAsked)}</span>`
  }${late && html` <span class="tag red">${say(words.late)}</span>`}${
    event.state === "reported" &&
    html` <span class="soft keep">${say(held >= no ? words.arrived : words.underway)}</span>`
  }`;
}

const secondsText = (ms: number, lang: "zh" | "en"): string => {
  const seconds = Math.round(ms / 1000);
  if (seconds >= 60) return lengthText(ms, lang);
  return lang === "zh" ? `${seconds}秒` : `${seconds} s`;
};

export function checksTable(view: View, checks: readonly AskedCheck[], names: Names): Markup {
  const { say } = view;
  if (checks.length === 0) return html`<p class="nothing">${say(words.noChecks)}</p>`;
  return html`<div class="scroll"><table>
<thead><tr>${[words.askedAt, words.street, words.question, words.state, words.answer, words.delay].map(
    (head) => html`<th scope="col">${say(head)}</th>`,
  )}</tr></thead>
<tbody>${checks.map(({ street, check, standing, delayMs }) => {
    const answer = check.reached?.asked.answer;
    return html`<tr><td>${timeOf(view, check.askedAt)}</td><th scope="row">${names.get(street) ?? street}</th>
<td>${check.words}</td><td><span class="tag${standing === "unanswered" && " red"}">${say(standings[standing])}</span></td>
<td>${answer && [answer.name, answer.remarks].filter(Boolean).join("：")}</td>
<td class="figures">${delayMs !== null && secondsText(delayMs, view.session.lang)}</td></tr>`;
  })}</tbody></table></div>`;
}

export function dispatchedTable(
  view: View,
  sent: readonly Begun<DutyEvent>[],
  streets: readonly StreetStanding[],
): Markup {
  const { say } = view;
  if (sent.length === 0) return html`<p class="nothing">${say(words.noDispatched)}</p>`;
  return html`<div class="scroll"><table>
<thead><tr>${[words.sent, words.street, words.number, words.title, words.state, words.due].map(
    (head) => html`<th scope="col">${say(head)}</th>`,
  )}</tr></thead>
<tbody>${sent.map((one) => {
    const street = streets.find(({ code }) => code === one.street);
    const event = one.state;
    return html`<tr><td>${timeOf(view, one.begunAt)}</td><th scope="row">${street?.name ?? one.street}</th>
<td class="figures"><a id="go-${event.id}" href="/streets/${one.street}#event-${event.id}">${event.number}</a></td>
<td>${levelTag(view, event.level)} ${titleOf(view, event)}</td>
<td>${standingTags(view, one, street)}</td><td>${event.dueAt !== null && timeOf(view, event.dueAt)}</td></tr>`;
  })}</tbody></table></div>`;
}

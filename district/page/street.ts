import { dispatchStepNames, dispatchSteps } from "#shared/domain/duty-event/dispatch.ts";
import { returnOf } from "#shared/domain/duty-event/dispatched.ts";
import { type DutyEvent, isOpen } from "#shared/domain/duty-event/event.ts";
import { transitionOf } from "#shared/domain/duty-event/transitions.ts";
import { whistleAllows, whistleStateNames, whistleStepNames } from "#shared/domain/duty-event/whistle.ts";
import { districtActions } from "#shared/op/kinds/event.ts";
import type { Begun } from "../operator/begun.ts";
import type { StreetStanding } from "../operator/contacts.ts";
import { field, framed, hidden, livePart, typedIn, type View } from "./frame.ts";
import { html, type Markup } from "./html.ts";
import { checksTable, heldText, levelTag, onlineTag, standingTags, timeOf, titleOf } from "./parts.ts";
import type { AskedCheck, WaitingWhistle } from "./read.ts";
import { words } from "./words.ts";

export interface StreetShown {
  readonly street: StreetStanding;
  readonly whistles: readonly WaitingWhistle[];
  readonly dispatched: readonly Begun<DutyEvent>[];
  readonly checks: readonly AskedCheck[];
}

/** One street: its desks, its whistles with the steps that they wait for, what was sent down, its duty checks. */
export function streetPage(view: View, { street, whistles, dispatched, checks }: StreetShown): string {
  const { say } = view;
  return framed(
    view,
    street.name,
    html`<div class="title"><h1>${street.name} <span class="soft figures">${street.code}</span></h1><a class="go" href="/dispatch?street=${street.code}">${say(words.dispatch)}</a></div>
${livePart(view, "desks", say(words.desks), desksTable(view, street))}
${livePart(
  view,
  "whistles",
  say(words.whistles),
  whistles.length > 0
    ? html`${whistles.map((one) => whistleItem(view, one))}`
    : html`<p class="nothing">${say(words.noWhistles)}</p>`,
)}
${livePart(
  view,
  "dispatched",
  say(words.dispatched),
  dispatched.length > 0
    ? html`${dispatched.map((one) => dispatchedItem(view, one, street))}`
    : html`<p class="nothing">${say(words.noDispatched)}</p>`,
)}
${livePart(view, "checks", say(words.checks), checksTable(view, checks, new Map([[street.code, street.name]])))}`,
  );
}

function desksTable(view: View, { desks, lastNo }: StreetStanding): Markup {
  const { say } = view;
  return html`<div class="scroll"><table><thead><tr>${[
    words.desk,
    words.state,
    words.lastContact,
    words.confirmedTo,
  ].map((head) => html`<th scope="col">${say(head)}</th>`)}</tr></thead><tbody>${desks.map(
    ({ letter, name, online, revoked, lastContactAt, holdsNo }) =>
      html`<tr><th scope="row">${letter} ${name}</th><td>${
        revoked ? html`<span class="off">${say(words.revoked)}</span>` : onlineTag(view, online)
      }</td><td>${lastContactAt === null ? html`<span class="off">${say(words.never)}</span>` : timeOf(view, lastContactAt)}</td>
<td>${heldText(view, holdsNo, lastNo)}</td></tr>`,
  )}</tbody></table></div>`;
}

/** A step as a form of its own that opens under its name. */
function stepForm(
  view: View,
  form: string,
  action: string,
  label: string,
  given: Readonly<Record<string, string>>,
  fields: Markup,
): Markup {
  const open = typedIn(view, form) !== undefined;
  return html`<details${open && html` open`}><summary id="${form.replaceAll("/", "-")}">${label}</summary>
<form method="post" action="${action}">${hidden(view, given)}<div class="fields">${fields}</div>
<p class="foot"><button class="next">${view.say(words.confirm)}</button></p></form></details>`;
}

const labels = {
  to: words.to,
  people: words.people,
  text: words.said,
  reason: words.reason,
} as const;
/** What the door calls them: one field holds the words of every step. */
const nameOf = { to: "to", people: "people", text: "words", reason: "words" } as const;

function whistleItem(view: View, { street, event, whistle }: WaitingWhistle): Markup {
  const { say } = view;
  const steps = districtActions.filter((step) => whistleAllows(event, step));
  return html`<article class="item" id="whistle-of-${event.id}">
<p class="head"><span class="figures">${event.number}</span>${levelTag(view, event.level)}<strong class="words">${titleOf(view, event)}</strong>
<span class="tag">${say(whistleStateNames[whistle.state])}</span></p>
<p class="head"><span>${whistle.kindName} → ${whistle.to}</span>${timeOf(view, whistle.at)}<span class="words">${event.confidential ? say(words.secret) : whistle.text}</span></p>
${whistle.steps
  .slice(1)
  .map(
    (past) =>
      html`<p class="head soft">${timeOf(view, past.at)}<span>${say(whistleStepNames[past.step])}</span><span class="words">${
        event.confidential
          ? say(words.secret)
          : [past.to, past.people, past.text, past.toldBy].filter(Boolean).join("，")
      }</span></p>`,
  )}
<div class="steps">${steps.map((step) => {
    const form = `whistle/${event.id}/${step}`;
    const given = { street, event: event.id, step, form };
    const { fields, label } = transitionOf(step);
    const asked = fields.filter((one) => one.name in labels);
    return stepForm(
      view,
      form,
      "/whistle",
      say(label),
      given,
      html`${asked.map(({ name, required, max }) => {
        const known = name as keyof typeof labels;
        const text = known === "text" || known === "reason";
        const value = known === "to" ? { value: whistle.to } : {};
        return field(view, form, nameOf[known], say(labels[known]), {
          required,
          max: max ?? 200,
          long: text,
          wide: text,
          ...value,
        });
      })}`,
    );
  })}</div></article>`;
}

function dispatchedItem(view: View, one: Begun<DutyEvent>, street: StreetStanding): Markup {
  const { say } = view;
  const { state: event } = one;
  const { dispatch, confidential } = event;
  const steps = isOpen(event.state) ? dispatchSteps.filter((step) => step === "recall" || returnOf(event)) : [];
  return html`<article class="item" id="event-${event.id}">
<p class="head"><span class="figures">${event.number}</span>${levelTag(view, event.level)}<strong class="words">${titleOf(view, event)}</strong>${standingTags(view, one, street)}</p>
<p class="head soft"><span>${say(words.sent)} ${timeOf(view, one.begunAt)} ${dispatch?.operator}</span><span>${say(words.changed)} ${timeOf(view, one.changedAt)}</span>${
    event.dueAt !== null && html`<span>${say(words.due)} ${timeOf(view, event.dueAt)}</span>`
  }</p>
${
  !confidential &&
  html`${dispatch?.requirement && html`<p class="words">${say(words.requirement)}：${dispatch.requirement}</p>`}
${dispatch?.returns.map(
  ({ at, reason, answer }) =>
    html`<p class="head"><span class="tag${answer || dispatch.recalled ? "" : " orange"}">${say(words.returnAsked)}</span>${timeOf(view, at)}<span class="words">${reason}</span>${
      answer && html`<span class="words">${say(words.insist)}（${answer.operator}）：${answer.text}</span>`
    }</p>`,
)}
${dispatch?.recalled && html`<p class="words">${say(words.recalled)}（${dispatch.recalled.operator}）：${dispatch.recalled.text}</p>`}
${event.result && html`<p class="words">${say(words.result)}：${event.result}</p>`}`
}
${
  steps.length > 0 &&
  html`<div class="steps">${steps.map((step) => {
    const form = `dispatch/${event.id}/${step}`;
    const reason = field(view, form, "words", say(words.reason), { required: true, max: 500, long: true, wide: true });
    return stepForm(
      view,
      form,
      "/dispatch-step",
      say(dispatchStepNames[step]),
      { street: one.street, event: event.id, step, form },
      reason,
    );
  })}</div>`
}</article>`;
}

import { returnOf } from "#shared/domain/duty-event/dispatched.ts";
import { type DutyEvent, isOpen } from "#shared/domain/duty-event/event.ts";
import { whistleStateNames } from "#shared/domain/duty-event/whistle.ts";
import { hourMs } from "#shared/lib/time.ts";
import type { Begun } from "../operator/begun.ts";
import type { StreetStanding } from "../operator/contacts.ts";
import { field, framed, hidden, livePart, typedIn, type View } from "./frame.ts";
import { html, type Markup } from "./html.ts";
import {
  checksTable,
  dispatchedTable,
  heldText,
  levelTag,
  onlineTag,
  timeOf,
  titleOf,
  withDesksFirst,
} from "./parts.ts";
import type { AskedCheck, WaitingWhistle } from "./read.ts";
import { words } from "./words.ts";

/** An unanswered check is news for so long. */
const newsMs = 12 * hourMs;

export interface Overview {
  readonly streets: readonly StreetStanding[];
  readonly whistles: readonly WaitingWhistle[];
  readonly dispatched: readonly Begun<DutyEvent>[];
  readonly checks: readonly AskedCheck[];
}

/** PR-26: every street, what waits for the district, what it sent down and asked. */
export function overviewPage(view: View, shown: Overview): string {
  const { say } = view;
  const { streets, dispatched, checks } = shown;
  const names = new Map(streets.map(({ code, name }) => [code, name]));
  return framed(
    view,
    say(words.overview),
    html`<h1>${say(words.overview)}</h1>
${livePart(view, "waiting", say(words.waiting), waitingList(view, shown, names))}
<div class="two">
${livePart(view, "streets", `${say(words.streets)} ${say(words.online)} ${streets.filter(({ online }) => online).length}/${streets.length}`, streetsTable(view, streets))}
<div class="column">
${livePart(view, "dispatched", say(words.dispatched), dispatchedTable(view, dispatched, streets))}
<section class="pane" aria-labelledby="ask-title"><header><h2 id="ask-title">${say(words.ask)}</h2></header><div class="body">${askForm(view, streets)}</div></section>
${livePart(view, "checks", say(words.checks), checksTable(view, checks, names))}
</div>
</div>`,
  );
}

function waitingList(
  view: View,
  { whistles, dispatched, checks }: Overview,
  names: ReadonlyMap<string, string>,
): Markup {
  const { say, at } = view;
  const place = (street: string) => html`<strong>${names.get(street) ?? street}</strong>`;
  const returns = dispatched.flatMap(({ street, state: event }) => {
    const asked = isOpen(event.state) && returnOf(event);
    return asked
      ? html`<li class="item head"><span class="tag orange">${say(words.returnAsked)}</span>${place(street)}
<a id="return-${event.id}" href="/streets/${street}#event-${event.id}">${event.number}</a> ${levelTag(view, event.level)}
<span class="words">${titleOf(view, event)}${event.confidential ? "" : `：${asked.reason}`}</span>${timeOf(view, asked.at)}</li>`
      : [];
  });
  const calls = whistles.map(
    ({ street, event, whistle }) =>
      html`<li class="item head"><span class="tag">${say(words.whistle)} · ${say(whistleStateNames[whistle.state])}</span>${place(street)}
<a id="whistle-${event.id}" href="/streets/${street}#whistle-of-${event.id}">${event.number}</a> ${levelTag(view, event.level)}
<span class="words">${titleOf(view, event)} → ${whistle.to}</span>${timeOf(view, whistle.at)}</li>`,
  );
  const missed = checks
    .filter(({ standing, check }) => standing === "unanswered" && at - check.askedAt < newsMs)
    .map(
      ({ street, check }) =>
        html`<li class="item head"><span class="tag red">${say(words.unanswered)}</span>${place(street)}
<span class="words">${check.words}</span>${timeOf(view, check.askedAt)}</li>`,
    );
  const all = [...returns, ...calls, ...missed];
  return all.length > 0 ? html`<ul class="plain">${all}</ul>` : html`<p class="nothing">${say(words.noWaiting)}</p>`;
}

function streetsTable(view: View, streets: readonly StreetStanding[]): Markup {
  const { say } = view;
  return html`<div class="scroll"><table>
<thead><tr>${[words.street, words.state, words.lastContact, words.confirmedTo, words.desks, words.whistles].map(
    (head) => html`<th scope="col">${say(head)}</th>`,
  )}</tr></thead>
<tbody>${withDesksFirst(streets).map(({ code, name, online, lastContactAt, lastNo, desks, openWhistles }) => {
    const held = desks.filter(({ revoked }) => !revoked);
    const link = html`<th scope="row"><a id="street-${code}" href="/streets/${code}">${name}</a></th>`;
    if (held.length === 0)
      return html`<tr>${link}<td colspan="5"><span class="off">${say(words.noDesk)}</span></td></tr>`;
    return html`<tr>${link}<td>${onlineTag(view, online)}</td>
<td>${lastContactAt === null ? html`<span class="off">${say(words.never)}</span>` : timeOf(view, lastContactAt)}</td>
<td>${heldText(view, Math.max(...held.map(({ holdsNo }) => holdsNo)), lastNo)}</td>
<td class="figures">${held.filter((desk) => desk.online).length}/${held.length}</td>
<td class="figures">${openWhistles > 0 && openWhistles}</td></tr>`;
  })}</tbody></table></div>`;
}

export const askFormName = "ask";

/** PS-9: asks one street, those that are online, or every one. */
function askForm(view: View, streets: readonly StreetStanding[]): Markup {
  const { say } = view;
  const chosen = typedIn(view, askFormName)?.street ?? "online";
  const option = (value: string, label: string) =>
    html`<option value="${value}"${value === chosen && html` selected`}>${label}</option>`;
  return html`<form method="post" action="/duty-check">${hidden(view)}<div class="fields">
<div><label for="ask-street">${say(words.street)}</label><select id="ask-street" name="street">
${option("online", say(words.onlineStreets))}${option("all", say(words.allStreets))}${withDesksFirst(streets).map(({ code, name }) => option(code, name))}</select></div>
${field(view, askFormName, "words", say(words.question), { max: 400 })}
${field(view, askFormName, "answerMinutes", say(words.minutes), { value: "5", number: [1, 1440], required: true })}
</div><p class="foot"><button class="next">${say(words.ask)}</button></p></form>`;
}

import { levelNames, levels } from "#shared/domain/duty-event/event.ts";
import { bothNames } from "#shared/lib/text.ts";
import type { StreetStanding } from "../operator/contacts.ts";
import type { Category } from "../operator/street-tables.ts";
import { field, framed, hidden, typedIn, type View } from "./frame.ts";
import { html, type Markup } from "./html.ts";
import { onlineTag, withDesksFirst } from "./parts.ts";
import { words } from "./words.ts";

export const dispatchFormName = "dispatch";

/** DS-1: first the street, then what is sent down to it: categories and limits are the street's own. */
export function dispatchPage(
  view: View,
  streets: readonly StreetStanding[],
  street: StreetStanding | undefined,
  categories: readonly Category[],
): string {
  const { say } = view;
  return framed(
    view,
    say(words.dispatch),
    html`<h1>${street ? say(words.toStreet).replace("{street}", street.name) : say(words.dispatch)}</h1>
${street ? matterForm(view, street, categories) : streetForm(view, streets)}`,
  );
}

const streetForm = (
  { say }: View,
  streets: readonly StreetStanding[],
): Markup => html`<section class="pane form"><div class="body">
<form method="get" action="/dispatch"><div class="fields"><div><label for="street">${say(words.street)}</label>
<select id="street" name="street" autofocus>${withDesksFirst(streets).map(
  ({ code, name, online }) =>
    html`<option value="${code}">${name}${!online && html`（${say(words.offline)}）`}</option>`,
)}</select></div></div><p class="foot"><button class="next">${say(words.next)}</button></p></form></div></section>`;

function matterForm(view: View, street: StreetStanding, categories: readonly Category[]): Markup {
  const { say } = view;
  const typed = typedIn(view, dispatchFormName) ?? {};
  const form = dispatchFormName;
  return html`<section class="pane form"><div class="body"><p class="head">${onlineTag(view, street.online)}<a href="/dispatch">${say(words.anotherStreet)}</a></p>
<form method="post" action="/dispatch">${hidden(view, { street: street.code })}<div class="fields">
<fieldset class="wide"><legend>${say(words.level)}</legend>${levels.map(
    (level) =>
      html`<label><input type="radio" name="level" value="${level}" required${typed.level === level && html` checked`}>${say(levelNames[level])}</label>`,
  )}</fieldset>
${field(view, form, "title", say(words.title), { required: true, max: 80, wide: true })}
${field(view, form, "text", say(words.text), { max: 4000, long: true, wide: true })}
${field(view, form, "place", say(words.place), { max: 200 })}
<div><label for="category">${say(words.category)}</label><select id="category" name="category"><option value="">${say(words.streetSays)}</option>${categories.map(
    (row) =>
      html`<option value="${row.code}"${typed.category === row.code && html` selected`}>${say(bothNames(row))}</option>`,
  )}</select></div>
${field(view, form, "requirement", say(words.requirement), { max: 2000, long: true, wide: true })}
${field(view, form, "limit", say(words.limit), { max: 40, hint: say(words.limitHint) })}
${field(view, form, "callerName", say(words.callerName), { max: 40 })}
${field(view, form, "callerPhone", say(words.callerPhone), { max: 30 })}
<div class="wide"><label class="tick"><input type="checkbox" name="confidential" value="1"${typed.confidential && html` checked`}>${say(words.confidential)}</label></div>
</div><p class="foot"><button class="next">${say(words.send)}</button></p></form></div></section>`;
}

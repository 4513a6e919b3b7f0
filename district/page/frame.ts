import { type Bilingual, fill, type Language } from "#shared/lib/text.ts";
import { dayOf, defaultOffsetMin, minuteMs } from "#shared/lib/time.ts";
import { html, type Markup } from "./html.ts";
import type { Notice, Session } from "./sessions.ts";
import { words } from "./words.ts";

/** What every view is told: who looks, when, in which language, and what is to be said once. */
export interface View {
  readonly session: Session;
  readonly notice: Notice | null;
  readonly at: number;
  /** Path and query of the page, to come back to. */
  readonly here: string;
  readonly say: (words: Bilingual) => string;
}

export const sayIn =
  (lang: Language) =>
  (text: Bilingual): string =>
    text[lang];

const two = (figure: number): string => String(figure).padStart(2, "0");

/** `14:03:22` of today, `11月21日 14:03` of another day. */
export function timeText(at: number, { at: now, session: { lang } }: Pick<View, "at" | "session">): string {
  const there = new Date(at + defaultOffsetMin * minuteMs);
  const clock = `${two(there.getUTCHours())}:${two(there.getUTCMinutes())}`;
  if (dayOf(at, defaultOffsetMin) === dayOf(now, defaultOffsetMin)) return `${clock}:${two(there.getUTCSeconds())}`;
  const [month, day] = [there.getUTCMonth() + 1, there.getUTCDate()];
  return lang === "zh" ? `${month}月${day}日 ${clock}` : `${two(month)}-${two(day)} ${clock}`;
}

/** A whole document; `body` stands under the strip. */
export function documentOf(lang: Language, title: string, body: Markup): string {
  return html`<!doctype html>
<html lang="${lang === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/page.css">
<link rel="icon" href="data:,">
<script src="/page.js" defer></script>
</head>
<body>
${body}
</body>
</html>
`.toString();
}

const places = [
  { path: "/", name: words.overview },
  { path: "/dispatch", name: words.dispatch },
  { path: "/audit", name: words.audit },
] as const;

/** A page of somebody who is signed in: strip, notice, content. */
export function framed(view: View, title: string, content: Markup): string {
  const { session, say, notice, here } = view;
  const current = places.find(({ path }) => path === here.split("?")[0]);
  return documentOf(
    session.lang,
    `${title} · ${say(words.page)}`,
    html`<a class="skip" href="#main">${say(words.skip)}</a>
<header class="strip">
<strong>${say(words.page)}</strong>
<nav aria-label="${say(words.page)}">${places.map(
      (place) => html`<a href="${place.path}"${place === current && html` aria-current="page"`}>${say(place.name)}</a>`,
    )}</nav>
<div class="end"><span id="updated" data-live class="soft figures">${fill(say(words.updated), { at: timeText(view.at, view) })}</span><span>${session.name}</span>
${smallForm(view, "/language", say(words.other))}${smallForm(view, "/sign-out", say(words.signOut))}</div>
</header>
<main id="main">
<p id="stale" role="alert" hidden>${say(words.stale)}</p>
${notice && html`<p class="notice ${notice.tone}" role="${notice.tone === "wrong" ? "alert" : "status"}">${say(notice.text)}</p>`}
${content}
</main>`,
  );
}

const smallForm = (view: View, action: string, label: string): Markup =>
  html`<form method="post" action="${action}">${hidden(view)}<button>${label}</button></form>`;

/** What goes with every form: that it is ours, and where to come back to. */
export const hidden = ({ session, here }: View, more: Readonly<Record<string, string>> = {}): Markup =>
  html`${Object.entries({ formKey: session.formKey, back: here, ...more }).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}`;

/** A part that comes anew while the page is open. */
export const livePart = (view: View, id: string, title: string, content: Markup): Markup =>
  html`<section class="pane" id="${id}" data-live aria-labelledby="${id}-title">
<header><h2 id="${id}-title">${title}</h2><span class="held" hidden>${view.say(words.held)}</span></header>
${content}
</section>`;

/** A labelled field; what was typed before a refusal stands there again. */
export function field(
  view: View,
  form: string,
  name: string,
  label: string,
  more: {
    readonly long?: boolean;
    readonly required?: boolean;
    readonly max?: number;
    readonly value?: string;
    readonly hint?: string;
    readonly wide?: boolean;
    readonly number?: readonly [least: number, most: number];
  } = {},
): Markup {
  const id = `${form}-${name}`.replaceAll("/", "-");
  const value = typedIn(view, form)?.[name] ?? more.value ?? "";
  const must = more.required && html` required`;
  const max = html` maxlength="${more.max ?? 200}"`;
  const hint = more.hint && html` aria-describedby="${id}-hint"`;
  const [least, most] = more.number ?? [];
  return html`<div${more.wide && html` class="wide"`}><label for="${id}">${label}</label>${
    more.long
      ? html`<textarea id="${id}" name="${name}"${max}${must}${hint}>${`\n${value}`}</textarea>`
      : more.number
        ? html`<input id="${id}" name="${name}" type="number" min="${least}" max="${most}" value="${value}"${must}>`
        : html`<input id="${id}" name="${name}" value="${value}" autocomplete="off"${max}${must}${hint}>`
  }${more.hint && html`<span class="soft" id="${id}-hint">${more.hint}</span>`}</div>`;
}

/** What was typed into this form before it was refused. */
export const typedIn = ({ notice }: View, form: string): Readonly<Record<string, string>> | undefined =>
  notice?.form === form ? notice.typed : undefined;

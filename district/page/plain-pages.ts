import { dispatchStepNames } from "#shared/domain/duty-event/dispatch.ts";
import { whistleStepNames } from "#shared/domain/duty-event/whistle.ts";
import type { Bilingual, Language } from "#shared/lib/text.ts";
import type { Audited } from "../store/audit.ts";
import { documentOf, framed, livePart, sayIn, type View } from "./frame.ts";
import { html } from "./html.ts";
import { type Names, timeOf } from "./parts.ts";
import { audited, words } from "./words.ts";

/** The door of the page: who comes, and the token that only the district's own machine has. */
export function signInPage(lang: Language, problem: Bilingual | null, name: string): string {
  const say = sayIn(lang);
  const other = lang === "zh" ? "en" : "zh";
  return documentOf(
    lang,
    say(words.page),
    html`<main id="main" class="door"><section class="pane"><header><h1>${say(words.page)}</h1><span class="end"><a href="/sign-in?lang=${other}" lang="${other}">${say(words.other)}</a></span></header>
<div class="body">${problem && html`<p class="notice wrong" role="alert">${say(problem)}</p>`}
<form method="post" action="/sign-in?lang=${lang}">
<label for="name">${say(words.name)}</label><input id="name" name="name" value="${name}" maxlength="40" required autocomplete="name"${name === "" && html` autofocus`}>
<label for="token">${say(words.token)}</label><input id="token" name="token" type="password" required autocomplete="current-password" aria-describedby="token-hint"${name !== "" && html` autofocus`}>
<p class="soft" id="token-hint">${say(words.tokenHint)}</p>
<p class="foot"><button class="next">${say(words.signIn)}</button></p></form></div></section></main>`,
  );
}

interface AuditLine {
  readonly no: number;
  readonly at: number;
  readonly what: string;
  readonly device: string | null;
  readonly detail: string;
}

const stepNames: Readonly<Record<string, Bilingual>> = { ...whistleStepNames, ...dispatchStepNames };

/** The trail as it is kept: codes of streets and steps by their names, everything else as it stands there. */
export function auditPage(view: View, lines: readonly AuditLine[], names: Names): string {
  const { say } = view;
  const inWords = (detail: string) =>
    detail
      .split(" ")
      .map((word) => names.get(word) ?? (Object.hasOwn(stepNames, word) ? say(stepNames[word] as Bilingual) : word))
      .join(" ");
  return framed(
    view,
    say(words.audit),
    html`<h1>${say(words.audit)}</h1>
${livePart(
  view,
  "audit",
  say(words.audit),
  html`<div class="scroll"><table><thead><tr>${[words.number, words.when, words.what, words.device, words.detail].map(
    (head) => html`<th scope="col">${say(head)}</th>`,
  )}</tr></thead><tbody>${lines.map(
    ({ no, at, what, device, detail }) =>
      html`<tr><td class="figures">${no}</td><td>${timeOf(view, at)}</td><td>${say(audited[what as Audited] ?? { zh: what, en: what })}</td><td>${device}</td><td class="words">${inWords(detail)}</td></tr>`,
  )}</tbody></table></div>`,
)}`,
  );
}

/** What is said where nothing else can be shown. */
export function sorryPage(lang: Language, sentence: Bilingual): string {
  const say = sayIn(lang);
  return documentOf(
    lang,
    say(words.page),
    html`<main id="main" class="door"><section class="pane"><header><h1>${say(words.page)}</h1></header>
<div class="body"><p role="alert">${say(sentence)}</p><p><a href="/">${say(words.back)}</a></p></div></section></main>`,
  );
}

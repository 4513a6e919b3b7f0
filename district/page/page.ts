import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Bilingual, Language } from "#shared/lib/text.ts";
import { fillBoth } from "#shared/lib/text.ts";
import { limitRate } from "../auth/rate.ts";
import type { Context } from "../context.ts";
import { dispatchedTo } from "../operator/dispatch.ts";
import { categoriesOf } from "../operator/street-tables.ts";
import { tokenKeeper } from "../operator/token.ts";
import { isAway } from "../store/open.ts";
import { acts, type Typed } from "./acts.ts";
import { dispatchFormName, dispatchPage } from "./dispatch-form.ts";
import { sayIn, type View } from "./frame.ts";
import { liveScript } from "./live.ts";
import { askFormName, overviewPage } from "./overview.ts";
import { auditPage, signInPage, sorryPage } from "./plain-pages.ts";
import { auditLines, checksOf, whistlesOf } from "./read.ts";
import { openSessions, type Session } from "./sessions.ts";
import { streetPage } from "./street.ts";
import { pageStyle } from "./style.ts";
import { sentenceOf, words } from "./words.ts";

const bodyLimit = 64 * 1024;
const cookieName = "zhishou_operator";
const mostName = 40;
/** One door, one bucket: everybody who reaches it sits at this machine. */
const source = "page";
/** Tokens that may be tried: nobody guesses one, and nobody floods the audit. */
const tries = { burst: 10, perSecond: 0.2 };

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const formOf: Readonly<Record<string, string>> = { "/dispatch": dispatchFormName, "/duty-check": askFormName };

/**
 * PR-29: the operator's page, over plain HTTP on loopback and on a port of its own: what a browser shows there never leaves
 * this machine, and the desks' port stays theirs alone. Every page is made here, whole; what is done goes the way of the
 * operator's door.
 */
export function buildPage(context: Context): FastifyInstance {
  const app = Fastify({ bodyLimit, requestTimeout: 30_000, forceCloseConnections: true, exposeHeadRoutes: false });
  const sessions = openSessions(context.monotonic, context.randomId);
  const waitFor = limitRate(context.monotonic, tries);
  const holdsToken = tokenKeeper(context.operatorToken);

  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.addHook("onRequest", async (request, reply) => {
    reply.headers({
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
    });
    if (!isOurs(request)) return show(reply, sorryPage("zh", words.foreign), 403);
  });
  app.setNotFoundHandler((_request, reply) => show(reply, sorryPage("zh", words.notFound), 404));
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = isAway(error) ? 503 : (error.statusCode ?? 500);
    if (status === 500)
      context.log(`page ${request.method} ${request.routeOptions.url ?? "?"}: ${error.stack ?? error.message}`);
    return show(
      reply,
      sorryPage("zh", status === 503 ? words.away : status < 500 ? words.foreign : words.fault),
      status,
    );
  });

  app.get("/page.css", (_request, reply) => reply.type("text/css; charset=utf-8").send(pageStyle));
  app.get("/page.js", (_request, reply) => reply.type("text/javascript; charset=utf-8").send(liveScript));
  app.get("/sign-in", (request, reply) => show(reply, signInPage(langOf(request), null, "")));
  app.post("/sign-in", async (request, reply) => {
    const { name = "", token = "" } = typedOf(request);
    const lang = langOf(request);
    const refuse = (problem: Bilingual, status: number) =>
      show(reply, signInPage(lang, problem, name.slice(0, mostName)), status);
    const waitMs = waitFor(source);
    if (waitMs > 0) return refuse(fillBoth(words.tooOften, { seconds: Math.ceil(waitMs / 1_000) }), 429);
    if (!holdsToken(`Bearer ${token.trim()}`)) {
      await context.audit("operator_refused", null, source);
      return refuse(words.wrongToken, 401);
    }
    if (!/^[^\p{C}]{1,40}$/u.test(name.trim())) return refuse(words.wrongName, 400);
    const session = sessions.begin(name.trim(), lang);
    await context.audit("operator_in", null, session.name);
    return reply
      .header("set-cookie", `${cookieName}=${session.id}; HttpOnly; SameSite=Strict; Path=/`)
      .redirect("/", 303);
  });

  /** A page for whoever is signed in. What is to be said once is said when a person asks, not when the page refreshes itself. */
  const shown = (path: string, draw: (view: View, request: FastifyRequest) => Promise<string | undefined>) =>
    app.get(path, async (request, reply) => {
      const asked = request.headers["x-refresh"] === undefined;
      const session = sessionOf(request, asked);
      if (!session) return reply.redirect("/sign-in", 303);
      const { notice } = session;
      const view: View = { session, notice, at: context.now(), here: request.url, say: sayIn(session.lang) };
      const page = await draw(view, request);
      if (page === undefined) return show(reply, sorryPage(session.lang, words.notFound), 404);
      if (asked) session.notice = null;
      return show(reply, page);
    });

  const overview = (at: number) => context.contacts.overview(at);
  const { db } = context.store;

  shown("/", async (view) => {
    const streets = await overview(view.at);
    const codes = streets.map(({ code }) => code);
    return overviewPage(view, {
      streets,
      whistles: await whistlesOf(db, codes),
      dispatched: await dispatchedTo(db, codes),
      checks: await checksOf(db, codes, view.at),
    });
  });
  shown("/streets/:code", async (view, request) => {
    const { code } = request.params as { code: string };
    const street = (await overview(view.at)).find((one) => one.code === code);
    return (
      street &&
      streetPage(view, {
        street,
        whistles: await whistlesOf(db, [code]),
        dispatched: await dispatchedTo(db, [code]),
        checks: await checksOf(db, [code], view.at),
      })
    );
  });
  shown("/dispatch", async (view, request) => {
    const streets = await overview(view.at);
    const street = streets.find(({ code }) => code === (request.query as { street?: string }).street);
    return dispatchPage(view, streets, street, street ? await categoriesOf(db, street.code) : []);
  });
  shown("/audit", async (view) => {
    const names = new Map((await overview(view.at)).map(({ code, name }) => [code, name]));
    return auditPage(view, await auditLines(context), names);
  });

  /** An act of whoever is signed in, by a form of ours; what comes of it is said on the page that follows. */
  const done = (
    path: string,
    work: (session: Session, typed: Typed, reply: FastifyReply) => Promise<string | undefined>,
  ) =>
    app.post(path, async (request, reply) => {
      const session = sessionOf(request, true);
      if (!session) return reply.redirect("/sign-in", 303);
      const typed = typedOf(request);
      if (typed.formKey !== session.formKey) return show(reply, sorryPage(session.lang, words.foreign), 403);
      return reply.redirect((await work(session, typed, reply)) ?? backOf(typed), 303);
    });

  for (const [path, act] of Object.entries(acts))
    done(path, async (session, typed) => {
      const outcome = await act(context, typed, session.name);
      const form = typed.form ?? formOf[path] ?? path;
      session.notice = outcome.ok
        ? { tone: "done", text: outcome.value }
        : { tone: "wrong", text: sentenceOf(outcome.error), form, typed };
      return outcome.ok && path === "/dispatch" ? `/streets/${typed.street}` : undefined;
    });
  done("/language", async (session) => {
    session.lang = session.lang === "zh" ? "en" : "zh";
    return undefined;
  });
  done("/sign-out", async (session, _typed, reply) => {
    sessions.end(session.id);
    await context.audit("operator_out", null, session.name);
    reply.header("set-cookie", `${cookieName}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`);
    return "/sign-in";
  });

  function sessionOf(request: FastifyRequest, asked: boolean): Session | undefined {
    const cookies = (request.headers.cookie ?? "").split(";").map((one) => one.trim());
    const own = cookies.find((one) => one.startsWith(`${cookieName}=`));
    return own === undefined ? undefined : sessions.of(own.slice(cookieName.length + 1), asked);
  }
  return app;
}

const show = (reply: FastifyReply, page: string, status = 200): FastifyReply =>
  reply.code(status).type("text/html; charset=utf-8").send(page);

const typedOf = ({ body }: FastifyRequest): Typed => (body ?? {}) as Typed;

const langOf = (request: FastifyRequest): Language =>
  (request.query as { lang?: string }).lang === "en" ? "en" : "zh";

/** Back to a page of ours, whatever the form says. */
const backOf = ({ back = "" }: Typed): string =>
  /^\/(streets\/\d{9}|dispatch(\?street=\d{9})?|audit)?$/.test(back) ? back : "/";

/** By its headers: from this machine's own name of us, and from no other page. A foreign site cannot forge them in a browser. */
function isOurs({ headers, method, socket }: FastifyRequest): boolean {
  const host = headers.host ?? "";
  if (![`127.0.0.1:${socket.localPort}`, `localhost:${socket.localPort}`].includes(host)) return false;
  const site = headers["sec-fetch-site"];
  if (method === "GET") return site !== "cross-site" || headers["sec-fetch-mode"] === "navigate";
  return headers.origin === `http://${host}` && (site === undefined || site === "same-origin");
}

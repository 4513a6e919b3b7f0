import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { html } from "#district/page/html.ts";
import { openSessions } from "#district/page/sessions.ts";
import { tokens } from "#district/page/style.ts";

test("PR-30 a gap of the page is text, wherever it stands; markup is only what the page made itself", () => {
  const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&amp;`;
  const made =
    html`<p title="${hostile}">${hostile}${html`<b>${hostile}</b>`}${[hostile, false, null, 0]}</p>`.toString();
  expect(made.match(/<[^>]*>/g)).toEqual([expect.stringMatching(/^<p title="[^"<>]*">$/), "<b>", "</b>", "</p>"]);
  expect(made).not.toContain("'alert");
  expect(made.endsWith("0</p>")).toBe(true);
  // An object that looks like markup is none: its text is escaped.
  expect(html`${{ toString: () => "<i>" } as never}`.toString()).toBe("&lt;i&gt;");
  expect(html`${"a\u202eb\u0000c\u0085"}`.toString()).toBe("a\ufffdb\ufffdc\ufffd");
  expect(() => html`<a href=${"/x"}>`).toThrow("quotes");
  expect(html`<a href="/x?a=${"1&b"}">a=${"<"}</a>`.toString()).toBe('<a href="/x?a=1&amp;b">a=&lt;</a>');
});

test("PR-30 a session ends after half an hour without a person, after twelve hours in any case, and when it is ended", () => {
  let now = 0;
  let made = 0;
  const sessions = openSessions(
    () => now,
    () => `id${++made}`,
  );
  const minutes = (count: number) => {
    now += count * 60_000;
  };
  const { id } = sessions.begin("钱调度", "zh");
  minutes(29);
  expect(sessions.of(id, true)?.name).toBe("钱调度");
  minutes(29);
  // What the page asks by itself keeps nobody signed in.
  expect(sessions.of(id, false)).toBeDefined();
  minutes(2);
  expect(sessions.of(id, true)).toBeUndefined();
  const long = sessions.begin("钱调度", "zh").id;
  for (let turn = 0; turn < 36; turn++) {
    minutes(20);
    expect(sessions.of(long, true), `${turn}`).toBeDefined();
  }
  minutes(1);
  expect(sessions.of(long, true)).toBeUndefined();
  const ended = sessions.begin("钱调度", "zh").id;
  sessions.end(ended);
  expect(sessions.of(ended, true)).toBeUndefined();
  const first = sessions.begin("一", "zh").id;
  for (let more = 0; more < 40; more++) sessions.begin("二", "zh");
  expect(sessions.of(first, true)).toBeUndefined();
});

test("the page has the colours of the desk", () => {
  const css = readFileSync(join(import.meta.dirname, "../../../renderer/style/tokens.css"), "utf8");
  for (const [theme, colours] of Object.entries(tokens)) {
    const block = css.slice(css.indexOf(`:root[data-theme="${theme}"]`));
    for (const [name, colour] of Object.entries(colours))
      expect(block.slice(0, block.indexOf("}")), `${theme} ${name}`).toContain(`--${name}: ${colour};`);
  }
});

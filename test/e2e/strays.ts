import type { Page } from "@playwright/test";
import { markOfRun } from "#test/hostile.ts";
import { expect } from "./desk.ts";

/** What stands in the page that no screen of ours makes: a handler in an attribute, a frame, a script of its own. */
const strays = (page: Page): Promise<string[]> =>
  page.evaluate((mark) => {
    const strange = "script:not([src]), iframe, object, embed, base, [srcdoc], math, [href^='javascript' i], [src=x]";
    const handled = [...document.querySelectorAll("*")].filter(({ attributes }) =>
      [...attributes].some(({ name }) => /^on/i.test(name)),
    );
    return [...document.querySelectorAll(strange), ...handled]
      .map(({ outerHTML }) => outerHTML.slice(0, 120))
      .concat(mark in window ? ["it was run"] : []);
  }, markOfRun);

/** What may be wider than its place, because one goes along it: rows of tabs, the grids of a rule table, of a roster. */
const goesAlong = ".views, .tables-scroll, .roster-frame";

/** Words that run out of the box they stand in, and panes that can be pushed sideways by them. */
const pushed = (page: Page): Promise<string[]> =>
  page.evaluate((along) => {
    const found: string[] = [];
    const named = (one: Element, what: string) =>
      found.push(`${what}: ${one.parentElement?.className} > ${one.className} ${one.textContent?.slice(0, 40)}`);
    const whole = document.documentElement;
    if (whole.scrollWidth > innerWidth) found.push(`the page: ${whole.scrollWidth} of ${innerWidth}`);
    for (const one of document.querySelectorAll("body *")) {
      if (one.scrollWidth <= one.clientWidth + 1 || one.clientWidth === 0 || one.matches(along)) continue;
      if (["auto", "scroll"].includes(getComputedStyle(one).overflowX)) named(one, "goes sideways");
    }
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = words.nextNode(); node; node = words.nextNode()) {
      range.selectNodeContents(node);
      const { right, width } = range.getBoundingClientRect();
      if (width === 0 || node.parentElement?.closest(".sr-only")) continue;
      for (let box = node.parentElement; box && box !== document.body; box = box.parentElement) {
        const style = getComputedStyle(box);
        if (style.overflowX !== "visible" || style.position === "absolute" || style.position === "fixed") break;
        if (style.display === "inline" || style.display === "contents") continue;
        // A space at the end of a line hangs over its edge.
        if (right <= box.getBoundingClientRect().right + 6) continue;
        named(box, "runs out");
        break;
      }
    }
    return found;
  }, goesAlong);

/** Looks at a page for whatever was made, run or pushed apart by what is only text. */
export async function lookerAt(page: Page): Promise<(what: string) => Promise<void>> {
  const said: string[] = [];
  page.on("pageerror", ({ message }) => said.push(message));
  page.on("dialog", (dialog) => {
    said.push(dialog.message());
    void dialog.dismiss();
  });
  const own = await strays(page);
  const pushedOwn = await pushed(page);
  // A look that could not find anything would prove nothing.
  await page.evaluate(() => {
    document.body.append(document.createElement("math"));
    const narrow = document.body.appendChild(document.createElement("div"));
    narrow.style.cssText = "width: 9px; white-space: nowrap";
    narrow.textContent = "WWWWWWWW";
  });
  expect(await strays(page)).toHaveLength(own.length + 1);
  expect(await pushed(page)).toHaveLength(pushedOwn.length + 1);
  await page.evaluate(() => {
    for (let turn = 0; turn < 2; turn++) document.body.lastElementChild?.remove();
  });
  return async (what) => {
    expect(await strays(page), what).toEqual(own);
    expect(await pushed(page), what).toEqual([]);
    expect(said, what).toEqual([]);
  };
}

import type { HandoverDraft } from "#shared/contract.ts";
import { countKeys, fillTo, pdfOf, picturesOf, signByKeys } from "./busy-shift.ts";
import { expect, deskTest as test } from "./desk.ts";
import { signIn } from "./screens.ts";

test.use({ start: { demo: true } });

const open = 60;
/** What the officer does by hand may not grow beyond this. */
const mostKeys = 130;

/**
 * Keystroke-level model (Card, Moran and Newell): 0.28 s a key of a person who does not type blind, for each item 1.35 s to
 * make up one's mind and 2 s to read a row of some 14 characters; 0.6 s to read the name of a check (walking to the thing
 * itself is not the desk's time).
 */
const secondsFor = (keys: number, items: number, checks: number): number =>
  keys * 0.28 + items * (1.35 + 2) + checks * 0.6;

test("HO-6: the handover of a shift with sixty open events, all by keyboard, keys counted; printed again it is the same", async ({
  desk,
  page,
}) => {
  test.setTimeout(240_000);
  await signIn(page);
  await fillTo(desk, open);
  await page.keyboard.press("F9");
  const draft = (await desk.call("handover.draft")) as HandoverDraft;
  expect(draft.record.openEvents).toHaveLength(open);
  const items = draft.review.length;
  const tab = page.getByRole("tab", { name: /逐项核对/ });
  await expect(tab).toContainText(`0/${items}`);
  await expect(page.locator(".review .row.is-selected")).toBeVisible();

  const keys = countKeys(page);
  // Three items get a note, two are carried over, all others are seen.
  for (let item = 0; item < items; item++) {
    if (item % 25 === 3) {
      await keys.press("n");
      await keys.type("等回电");
      await keys.press("Enter");
    } else if (item === 5 || item === 30) await keys.press("y");
    else await keys.press("Space");
    await expect(tab).toContainText(`${item + 1}/${items}`);
  }
  await keys.press("2");
  await expect(page.locator(".handover-checks").first()).toBeVisible();
  await keys.press("g");
  await signByKeys(page, keys);
  await expect(page.getByRole("list", { name: "交接进度" }).locator("[aria-current=step]")).toHaveText("交班已签");
  const byHand = keys.keys;
  const minutes = secondsFor(byHand, items, draft.record.checklist.length + draft.record.keys.length) / 60;
  console.log(
    `${open} open events, ${items} items: ${byHand} keys, ${minutes.toFixed(1)} min of the officer's time by the keystroke model`,
  );
  expect(byHand).toBeLessThanOrEqual(mostKeys);
  expect(minutes).toBeLessThanOrEqual(5);

  await page.locator(".handover-head").click();
  await signByKeys(page, keys);
  await expect(page.getByText("签名核验通过")).toHaveCount(2);

  // HO-14: what is printed now and what is printed after a new start.
  const sheet = await page.locator(".paper").innerHTML();
  expect(sheet.match(/20\d{6}-[A-Z]+\d{3}/g)?.length).toBeGreaterThanOrEqual(open);
  expect(sheet).not.toContain("老人走失");
  const first = picturesOf(await pdfOf(page), 40);
  const again = await desk.restart();
  await signIn(again);
  await desk.call("event.report", { text: "交班后又来一件" });
  await again.keyboard.press("F9");
  await expect(again.getByText("签名核验通过")).toHaveCount(2);
  expect(await again.locator(".paper").innerHTML()).toBe(sheet);
  const second = picturesOf(await pdfOf(again), 40);
  if (!first || !second) {
    console.log("no pdftoppm here: the pictures of the PDF were not compared");
    return;
  }
  expect(first.length).toBeGreaterThanOrEqual(3);
  expect(second.map((picture) => picture.toString("base64").length)).toEqual(
    first.map((picture) => picture.toString("base64").length),
  );
  expect(second.every((picture, index) => first[index]?.equals(picture))).toBe(true);
});

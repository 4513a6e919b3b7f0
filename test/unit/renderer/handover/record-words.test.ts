import { afterAll, expect, test } from "vitest";
import { detailWord, markWord, stepWord, titleWord } from "#renderer/features/handover/record-words.ts";
import { setLanguage } from "#renderer/text/text.ts";

afterAll(() => setLanguage("zh"));

test("the fixed words of a record speak the language of the page; what people wrote stays as it is", async () => {
  await setLanguage("en");
  expect([stepWord("受理"), markWord("批示"), markWord("请示"), markWord("首报"), markWord("维修中")]).toEqual([
    "Accept",
    "Instruction",
    "Request",
    "First report",
    "In repair",
  ]);
  expect(markWord("某单位")).toBe("某单位");
  const detail = (section: string, words: string) => detailWord({ key: `${section}/1`, detail: words });
  const title = (section: string, words: string) => titleWord({ key: `${section}/1`, title: words });
  expect([
    stepWord("待平安建设岗等5方办完"),
    stepWord("待平安建设岗签收"),
    stepWord("综合执法岗已退单，待改派"),
    markWord("到岗"),
    detail("report", "尚未报告"),
    detail("report", "已报 2 次"),
    detail("hazard", "待整改 永川供电公司（示例）"),
    detail("whistle", "区水利局（待派哨）"),
    detail("task", "待受理"),
    detail("fault", "本班发现"),
    title("watch", "值班长缺 1 人"),
    title("watch", "贺成 3 分钟内应答"),
    title("watch/stood", "主班：贺成 20:30–02:00、无人 02:00–02:10（请假）、童安然 02:10–08:30（临时顶岗）"),
  ]).toMatchInlineSnapshot(`
    [
      "Until 平安建设岗 (of 5) finishes",
      "Until 平安建设岗 acknowledges",
      "综合执法岗 declined: replace",
      "Arrived",
      "Not reported yet",
      "Reported 2 times",
      "To rectify 永川供电公司（示例）",
      "区水利局 (To route)",
      "To accept",
      "Found in this shift",
      "Shift leader: 1 missing",
      "贺成 answered within 3 min",
      "Main: 贺成 20:30–02:00, empty 02:00–02:10 (Leave), 童安然 02:10–08:30 (Relief)",
    ]
  `);
  // What people wrote is never taken for a sentence of the desk.
  expect([detail("closed", "本班发现"), title("fault", "无人应答")]).toEqual(["本班发现", "无人应答"]);
  await setLanguage("zh");
  expect([stepWord("受理"), markWord("批示")]).toEqual(["受理", "批示"]);
  expect([stepWord("待平安建设岗签收"), detail("whistle", "区水利局（待派哨）")]).toEqual([
    "待平安建设岗签收",
    "区水利局（待派哨）",
  ]);
});

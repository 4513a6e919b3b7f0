import { expect, test } from "vitest";
import { checkHouse } from "../../tools/check/house.ts";
import { plant, told } from "./tree.ts";

const machine = ["", "work", "main", "notes.md"].join("/");

test("clock, random, markup, code from text, machine paths, a second bridge: each is found where it is planted", async () => {
  const tree = plant({
    "shared/now.ts": "export const a = Date.now();",
    "shared/today.ts": "export const a = new Date( );",
    "shared/text-date.ts": "export const a = Date();",
    "shared/luck.ts": "export const a = Math.random();",
    "electron/core/now.ts": "export const a = () => Date.now();",
    "electron/core/tick.ts": "export const a = performance.now();",
    "electron/core/luck.ts":
      'import {\n  createHash,\n  randomBytes,\n} from "node:crypto";\nexport { createHash, randomBytes };',
    "electron/core/commands/pins.ts": 'sql(db, "UPDATE asset SET status = ? WHERE id = ?");',
    "electron/core/uuid.ts": 'import { randomUUID } from "node:crypto"; export const a = randomUUID();',
    "district/ledger/now.ts": "export const a = Date.now();",
    "district/luck.ts": "export const a = Math.random();",
    "renderer/markup.tsx": "export const A = () => <p dangerouslySetInnerHTML={{ __html: '' }} />;",
    "renderer/inner.ts": "document.body.innerHTML = location.hash;",
    "renderer/outer.ts": "document.body.outerHTML = '';",
    "renderer/adjacent.ts": "document.body.insertAdjacentHTML('beforeend', '');",
    "renderer/write.ts": "document.write('');",
    "renderer/code.ts": "new Function('return 1')();",
    "electron/shell/code.ts": "eval('1');",
    "renderer/features/queue/wire.ts": "export const a = () => fetch('/rpc/x');",
    "renderer/app/date.tsx": 'export const A = () => <input type="date" />;',
    "renderer/app/key.tsx": 'useHotkey("F6", go);',
    "renderer/app/button-key.tsx": 'export const A = () => <Button hotkey="a" onPress={go} />;',
    "renderer/app/row.tsx": 'export const A = () => <input type={dated ? "date" : "text"} />;',
    "renderer/app/wire.ts": "export const a = window.desk;",
    "tools/here.ts": `export const a = "${machine}";`,
    "README.md": `See \`${machine}\`.`,
    "renderer/text/zh/narrow.ts": 'export const a = "断网,已存本机";',
    "shared/comment.ts": `// ${machine}\nexport const a = 1;`,
    "test/unit/one.test.ts": 'import { test } from "vitest"; test.only("x", () => {});',
  });
  expect(told(await checkHouse(tree))).toEqual([
    "README.md house machine-path",
    "district/ledger/now.ts house clock",
    "district/luck.ts house weak-random",
    "electron/core/commands/pins.ts house asset-writer",
    "electron/core/luck.ts house random",
    "electron/core/now.ts house clock",
    "electron/core/tick.ts house clock",
    "electron/core/uuid.ts house random",
    "electron/shell/code.ts house eval",
    "renderer/adjacent.ts house html",
    "renderer/app/button-key.tsx house key",
    "renderer/app/date.tsx house date-field",
    "renderer/app/key.tsx house key",
    "renderer/app/row.tsx house date-field",
    "renderer/app/wire.ts house one-bridge",
    "renderer/code.ts house eval",
    "renderer/features/queue/wire.ts house one-bridge",
    "renderer/inner.ts house html",
    "renderer/markup.tsx house html",
    "renderer/outer.ts house html",
    "renderer/text/zh/narrow.ts house half-width",
    "renderer/write.ts house html",
    "shared/comment.ts house machine-path",
    "shared/luck.ts house random",
    "shared/luck.ts house weak-random",
    "shared/now.ts house clock",
    "shared/text-date.ts house clock",
    "shared/today.ts house clock",
    "test/unit/one.test.ts house focused-test",
    "tools/here.ts house machine-path",
  ]);
});

test("what is honest passes: an instant made from a number, words in a comment, the bridge, a shell's own clock", async () => {
  const tree = plant({
    "shared/time.ts":
      "/* never Date.now() */\nexport const a = (at: number) => new Date(at).toISOString(); // Math.random()",
    "renderer/app/key.tsx": "useHotkey(hotkeys.queue.find, go); useHotkey(`Alt+${row.key}`, go);",
    "renderer/parts/date-field.tsx": 'export const A = () => <input type="date" max="9999-12-31" />;',
    "electron/shell/clock.ts": "export const now = () => Date.now();",
    "electron/core/words.ts":
      'export const a = "https://example.invalid/home/x"; export const b = "node_modules/x/mnt/y";',
    "renderer/bridge/desk.ts": "export const a = () => fetch('/rpc/x'); export const b = window.desk;",
    "shared/words.ts": "export const a = { 带: 1, 长: 2 };\nexport const b = /值班员?$/;\nexport const c = '带班，';",
    "tools/random.ts": 'import { randomBytes } from "node:crypto"; export const a = randomBytes(4);',
  });
  expect(await checkHouse(tree)).toEqual([]);
});

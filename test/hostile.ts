/** What markup of these strings would leave in the page if anything of it were run. */
export const markOfRun = "__zhishouRan";
const run = `window.${markOfRun}=1`;

const markup = [
  `<script>${run}</script>`,
  `</textarea><script>${run}</script>`,
  `</title></style><script>${run}</script>`,
  `<img src=x onerror=${run}>`,
  `"><img src=x onerror="${run}">`,
  `'><svg onload=${run}>`,
  `<svg><animate onbegin=${run} attributeName=x dur=1s>`,
  `<iframe srcdoc="<script>parent.${markOfRun}=1</script>">`,
  `<a href="javascript:${run}">点我</a>`,
  `<details open ontoggle=${run}>`,
  `<input autofocus onfocus=${run}>`,
  `<video><source onerror=${run}></video>`,
  `<math><mtext><style><img src=x onerror=${run}></style></mtext></math>`,
  `<form action=javascript:${run}><button>发</button></form>`,
  "<style>*{display:none!important}</style>",
  "<!-- 未完",
  "]]><x/>",
  "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
  `&lt;script&gt;${run}&lt;/script&gt;`,
  "&#60;b&#62;粗&#60;/b&#62;",
  `javascript:${run}`,
  `data:text/html,<script>${run}</script>`,
  `{{constructor.constructor('${run}')()}}`,
  `\${${run}}`,
  `\`;${run}//`,
  `');${run}//`,
];
const formulas = [
  '=HYPERLINK("http://x.test","点我")',
  "=1+1",
  "+1+1",
  "-1+1",
  "@SUM(A1:A9)",
  "\t=1+1",
  "\r=1+1",
  "\n=1+1",
  "=cmd|' /C calc'!A0",
  '=DDE("cmd";"/C calc";"x")',
  "＝1+1",
  "＋1",
  "－1",
  "＠SUM(A1)",
  "'=1+1",
  '"=1+1"',
  ";=1+1",
  ",=1+1",
];
const directions = [
  "\u202e倒着写\u202c",
  "\u202d直着写",
  "\u2066孤立\u2069",
  "\u2067孤立",
  "\u200f右\u200e左",
  "مرحبا 积水 שלום",
  "文件\u202egpj.exe",
  "\u061c阿",
];
const controls = [
  "\u0000空",
  "\u0007响",
  "\u0008退",
  "\u001b[31m红\u001b[0m",
  "\u001b]0;题\u0007",
  "\u007f删",
  "\u0085行",
  "一\r\n二\r三\n四",
  "一\u2028二\u2029三",
  "\ufeff头",
  "\ufffe非",
  "\ud800半",
  "半\udc00",
  "零\u200b宽\u200d\u2060",
  "\u00ad软",
];
const huge = [
  "W".repeat(3_900),
  "长".repeat(3_900),
  `e${"\u0301".repeat(900)}`,
  "👨‍👩‍👧‍👦".repeat(300),
  "a ".repeat(1_900),
  `${"\n".repeat(900)}底`,
  "﷽".repeat(900),
];
const queries = [
  "'; DROP TABLE duty_event;--",
  '" OR 1=1 --',
  '"',
  "'",
  "*",
  "a*",
  "NEAR(a b)",
  "a AND OR NOT",
  "title:积水",
  "^积水",
  "%_%",
  "\\",
  "(积水",
  "-积水",
  "{积水}",
];
const names = [
  "../../etc/passwd",
  "..\\..\\win.ini",
  "CON",
  "nul.txt",
  "C:\\x",
  "__proto__",
  "constructor",
  "%00",
  "%2e%2e%2f",
  "null",
  "undefined",
  "NaN",
  "0",
  "{}",
  "[]",
];

const kinds = [...markup, ...formulas, ...directions, ...controls, ...huge, ...queries, ...names];
const dressed: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `桥面${text}`,
  (text) => `${text} 请查看`,
  (text) => `“${text}”`,
  (text) => `${text}${text}`,
];

/** 500 strings that want to be something else than text: markup, formulas, directions, controls, too much, queries, names. */
export const hostileStrings: readonly string[] = dressed
  .flatMap((dress) => kinds.map((text) => dress(text).slice(0, 3_990)))
  .slice(0, 500);

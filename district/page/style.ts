/** Colours of the desk (`renderer/style/tokens.css`), as far as the page needs them: a test holds them equal. */
export const tokens = {
  day: {
    ground: "#d6dadf",
    strip: "#c9ced4",
    pane: "#eceef1",
    "pane-head": "#e1e4e8",
    field: "#f8f9fa",
    hover: "#e0e4e8",
    line: "#bcc3ca",
    "line-soft": "#d5dade",
    "line-field": "#848d97",
    text: "#1d2227",
    "text-soft": "#3f4851",
    button: "#f4f5f7",
    "button-hover": "#ffffff",
    next: "#2c3640",
    "next-hover": "#1b232b",
    "next-text": "#f3f5f7",
    focus: "#10151a",
    "red-ink": "#a80f15",
    "red-wash": "#f3d9d9",
    "orange-ink": "#8f4300",
    "orange-wash": "#f4e0cc",
    "blue-wash": "#d5e2f1",
  },
  night: {
    ground: "#07090b",
    strip: "#101317",
    pane: "#0e1114",
    "pane-head": "#14181c",
    field: "#090b0d",
    hover: "#181c21",
    line: "#2b3239",
    "line-soft": "#1d2227",
    "line-field": "#5b656f",
    text: "#c3c9cf",
    "text-soft": "#9fa8b1",
    button: "#1a1f24",
    "button-hover": "#242a31",
    next: "#aab3bc",
    "next-hover": "#c3cad1",
    "next-text": "#0e1114",
    focus: "#dfe3e7",
    "red-ink": "#ff7f7f",
    "red-wash": "#34181a",
    "orange-ink": "#f29a4e",
    "orange-wash": "#33210f",
    "blue-wash": "#14243a",
  },
} as const;

const set = (of: Readonly<Record<string, string>>): string =>
  Object.entries(of)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(";");

export const pageStyle = `
:root{color-scheme:light;${set(tokens.day)}}
@media (prefers-color-scheme:dark){:root{color-scheme:dark;${set(tokens.night)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:14px/1.5 "Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei","PingFang SC","WenQuanYi Micro Hei",sans-serif}
a{color:inherit;text-underline-offset:2px}
h1,h2,h3{margin:0;font-size:14px;font-weight:600}
h1{font-size:16px}
:focus-visible{outline:2px solid var(--focus);outline-offset:1px}
.skip{position:absolute;left:-9999px}
.skip:focus{position:static}
.strip{display:flex;flex-wrap:wrap;align-items:center;gap:4px 20px;padding:6px 16px;background:var(--strip);border-bottom:1px solid var(--line)}
.strip nav{display:flex;gap:2px}
.strip nav a{padding:5px 12px;text-decoration:none;border-bottom:2px solid transparent}
.strip nav a:hover{background:var(--hover)}
.strip nav a[aria-current]{border-bottom-color:var(--text);font-weight:600}
.end{margin-left:auto}
.strip .end{display:flex;align-items:center;gap:12px}
.strip form{display:inline}
main{display:grid;gap:12px;max-width:1500px;margin:0 auto;padding:12px 16px 40px}
.two{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:12px;align-items:start}
.column{display:grid;gap:12px;min-width:0}
.form{max-width:960px}
@media (max-width:1100px){.two{grid-template-columns:minmax(0,1fr)}}
.pane{min-width:0;background:var(--pane);border:1px solid var(--line)}
.pane>header{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 12px;padding:6px 12px;background:var(--pane-head);border-bottom:1px solid var(--line)}
.pane .body{padding:10px 12px}
.body>:first-child{margin-top:0}
.scroll{overflow-x:auto}
.soft,.held{color:var(--text-soft)}
.held{margin-left:auto}
table{width:100%;border-collapse:collapse}
th,td{padding:5px 12px;text-align:left;vertical-align:top;border-bottom:1px solid var(--line-soft);unicode-bidi:isolate;overflow-wrap:anywhere}
th{font-weight:400;color:var(--text-soft);white-space:nowrap}
tbody tr:last-child>*{border-bottom:0}
tbody th{color:inherit;font-weight:600;overflow-wrap:normal}
.figures{font-variant-numeric:tabular-nums;white-space:nowrap}
.tag{display:inline-block;padding:0 6px;border:1px solid var(--line);white-space:nowrap}
.red{color:var(--red-ink);background:var(--red-wash);border-color:currentColor}
.orange{color:var(--orange-ink);background:var(--orange-wash);border-color:currentColor}
.off{color:var(--text-soft)}
.keep{white-space:nowrap}
.words{unicode-bidi:isolate;white-space:pre-wrap;overflow-wrap:anywhere}
.plain{margin:0;padding:0;list-style:none}
.item{padding:8px 12px;border-bottom:1px solid var(--line-soft)}
.item:last-child{border-bottom:0}
.item>p{margin:2px 0}
.head{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 10px}
.steps{display:flex;flex-wrap:wrap;gap:6px;margin-top:6px}
details{border:1px solid var(--line-soft)}
details[open]{flex-basis:100%;padding-bottom:10px;background:var(--pane-head)}
summary{padding:4px 12px;cursor:pointer;background:var(--button)}
details[open]>summary{background:none;font-weight:600}
details form{padding:0 12px}
.fields{display:grid;grid-template-columns:repeat(auto-fit,minmax(220px,1fr));gap:8px 14px}
.wide{grid-column:1/-1}
label,legend{display:block;color:var(--text-soft)}
fieldset{margin:0;padding:0;border:0;min-width:0}
fieldset label,label.tick{display:inline-flex;align-items:center;gap:6px;margin-right:18px;color:var(--text);min-height:32px}
input:not([type=radio],[type=checkbox]),select,textarea{width:100%;min-height:32px;padding:4px 8px;border:1px solid var(--line-field);border-radius:2px;background:var(--field);color:var(--text);font:inherit}
textarea{min-height:76px;resize:vertical}
button{min-height:32px;padding:4px 16px;border:1px solid var(--line-field);border-radius:2px;background:var(--button);color:var(--text);font:inherit;cursor:pointer}
button:hover{background:var(--button-hover)}
button.next{border-color:var(--next);background:var(--next);color:var(--next-text)}
button.next:hover{background:var(--next-hover)}
.strip button{min-height:28px;padding:2px 10px}
p.foot{margin-bottom:0}
.title{display:flex;flex-wrap:wrap;align-items:center;gap:4px 16px}
.go{padding:4px 16px;border:1px solid var(--line-field);background:var(--button);text-decoration:none}
.go:hover{background:var(--button-hover)}
.door label{margin-top:8px}
.foot{display:flex;align-items:center;gap:12px;margin-top:10px}
.notice{margin:0;padding:8px 12px;border:1px solid var(--line);background:var(--blue-wash)}
.notice.wrong,#stale{border:1px solid var(--red-ink);color:var(--red-ink);background:var(--red-wash)}
#stale{margin:0;padding:8px 12px}
[hidden]{display:none!important}
.door{max-width:440px;margin:12vh auto 0}
.nothing{margin:0;padding:10px 12px;color:var(--text-soft)}
@media print{
:root{color-scheme:light;${set(tokens.day)}}
body{background:none;font-size:11px}
nav,form,details,.skip,.held,.end,button{display:none!important}
.pane,.strip,.pane>header{background:none}
main{display:block;padding:0}
.pane{margin-bottom:12px;break-inside:auto}
tr,.item{break-inside:avoid}
.two{display:block}
}
`;

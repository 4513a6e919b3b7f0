import "./app/no-eval.ts";
import "./style/tokens.css";
import "./style/base.css";
import "./style/parts.css";
import "./style/frame.css";
import "./style/screens.css";
import "./style/alarms.css";
import "./parts/attachments/attachments.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.tsx";
import { usePage } from "./app/store.ts";
import { askAhead } from "./bridge/answers.ts";
import { followDesk } from "./bridge/follow-desk.ts";
import { isWall } from "./bridge/open-wall.ts";
import { obeyPolicy } from "./parts/nonce.ts";
import { setLanguage } from "./text/text.ts";

obeyPolicy();
followDesk();
const first = isWall()
  ? (["system.status", "system.tables", "wall.now"] as const)
  : (["system.status", "session.current", "system.tables"] as const);
for (const name of first) void askAhead(name);
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
await setLanguage(usePage.getState().language);
const page = createRoot(root);
// No start of the desk waits for the wall. Not awaited here: its code is made of this file's.
if (isWall()) void import("./app/wall/Wall.tsx").then(({ Wall }) => page.render(<Wall />));
else page.render(<App />);

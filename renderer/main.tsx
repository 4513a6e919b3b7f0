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
import { obeyPolicy } from "./parts/nonce.ts";
import { startText } from "./text/text.ts";

obeyPolicy();
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
await startText(usePage.getState().language);
createRoot(root).render(<App />);

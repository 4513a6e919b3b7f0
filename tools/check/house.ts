import { filesOf, placesOf, readIn, withoutComments } from "./files.ts";
import type { Problem } from "./problem.ts";

interface Ban {
  readonly rule: string;
  readonly pattern: RegExp;
  /** Where it is forbidden… */
  readonly inside: RegExp;
  /** …and where all the same it may stand. */
  readonly except?: RegExp;
  readonly why: string;
  readonly commentsToo?: boolean;
  /** Looks at quoted text alone: a key or a pattern may say otherwise. */
  readonly quotedOnly?: boolean;
}

/** Everything but quoted text blanked out, line for line. */
const quotedText = (source: string): string =>
  source.replace(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|[^"'`\n]+|["'`]/g,
    (_whole, text: string | undefined) => text ?? " ",
  );

/** Folders that stand at the root of somebody's machine: a path through one of them works nowhere else. */
const machineFolders = ["home", "root", "Users", "work", "mnt", "farm"].join("|");

const bans: readonly Ban[] = [
  {
    rule: "clock",
    pattern: /\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(\s*\)|\bperformance\.now\b/g,
    inside: /^(shared|electron\/core|district\/(ledger|rules))\//,
    why: "the clock is a port: rules are told the time, they never ask",
  },
  {
    rule: "random",
    pattern:
      /\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b|\brandomBytes\b[^;]*?\bfrom\s+["'](?:node:)?crypto["']/g,
    inside: /^(shared|electron\/core)\//,
    why: "random bytes are a port",
  },
  {
    rule: "weak-random",
    pattern: /\bMath\.random\b/g,
    inside: /^(shared|electron|district|renderer|tools)\//,
    why: "nothing here may hang on a guessable number",
  },
  {
    rule: "asset-writer",
    pattern: /\b(?:INSERT(?: OR \w+)? INTO|DELETE FROM|UPDATE) asset(?:_tile(?:_aside)?|_import)?(?=[\s(])/g,
    inside: /^electron\//,
    except: /^electron\/core\/store\/(asset|migrations\/)/,
    why: "what the map counts is what the table holds: electron/core/store/assets.ts writes both",
  },
  {
    rule: "html",
    pattern:
      /\bdangerouslySetInnerHTML\b|\.(inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdocument\.write\b|\bsrcdoc\b/gi,
    inside: /^(renderer|shared|electron)\//,
    why: "text never becomes markup",
  },
  {
    rule: "eval",
    pattern: /\beval\s*\(|\bnew Function\s*\(/g,
    inside: /^(renderer|shared|electron|district)\//,
    why: "text never becomes code",
  },
  {
    rule: "one-bridge",
    pattern: /\bfetch\s*\(|\bwindow\.desk\b|\bXMLHttpRequest\b|\bWebSocket\b|\bEventSource\b|\bsendBeacon\b/g,
    inside: /^renderer\//,
    except: /^renderer\/bridge\//,
    why: "one place of the pages knows how to reach the core: renderer/bridge",
  },
  {
    rule: "key",
    pattern: /\buseHotkey\(\s*(?:["']|`(?!Alt\+\$\{))|\bhotkey(?:=\{?|:\s*)["'`]/g,
    inside: /^renderer\//,
    why: "every key of every screen stands in renderer/parts/keys.ts, where no two can meet",
  },
  {
    rule: "date-field",
    pattern: /\btype=(?:"date"|\{[^}\n]*"date"[^}\n]*\})/g,
    inside: /^renderer\//,
    except: /^renderer\/parts\/date-field\.tsx$/,
    why: "a date is typed in renderer/parts/date-field.tsx, whose year has four figures",
  },
  {
    rule: "machine-path",
    pattern: new RegExp(
      `(?<![\\w.@:/#$}-])/(?:${machineFolders})/[\\w.-]+|\\b[A-Z]:\\\\\\\\?Users\\b|\\.libr[a]ry\\b|\\.\\./shared/\\w+\\.md`,
      "g",
    ),
    inside: /^(?!test\/check\/)/,
    why: "a path of one machine leads nowhere on another",
    commentsToo: true,
  },
  {
    rule: "half-width",
    pattern: /\p{Script=Han}[,;:!?]/gu,
    quotedOnly: true,
    inside: /^(shared|electron|district|renderer)\//,
    except: /^renderer\/text\/en\//,
    why: "Chinese takes full-width punctuation",
  },
  {
    rule: "focused-test",
    pattern: /\b(it|test|describe)\.only\s*\(/g,
    inside: /^test\/(?!check\/)/,
    why: "a focused test silences the others",
  },
];

const plainText = /\.(tsx?|mjs|cjs|js|json|sql|css|html|md|sh|yml|yaml|svg)$|^run$/;

/** What no line of this house may say. */
export async function checkHouse(root: string): Promise<Problem[]> {
  return filesOf(root, ["."], plainText)
    .filter((file) => file !== "package-lock.json")
    .flatMap((file) => problemsIn(file, readIn(root, file)));
}

function problemsIn(file: string, source: string): Problem[] {
  const isCode = /\.(tsx?|mjs|cjs|js)$/.test(file);
  const bare = isCode ? withoutComments(source) : source;
  return bans
    .filter((ban) => ban.inside.test(file) && !ban.except?.test(file) && (isCode || ban.commentsToo))
    .flatMap((ban) =>
      [...placesOf(ban.commentsToo ? source : ban.quotedOnly ? quotedText(bare) : bare, ban.pattern)].map(
        ({ line, match }) => ({
          file,
          line,
          rule: `house ${ban.rule}`,
          text: `\`${match[0]}\`: ${ban.why}`,
        }),
      ),
    );
}

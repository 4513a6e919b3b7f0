import { parseArgs } from "node:util";

export interface Arguments {
  readonly dataDir: string;
  /** 0: the port it had before if that is free, else any. */
  readonly port: number;
  /** Of the operator's page, as `port`; `undefined`: no page. */
  readonly pagePort: number | undefined;
  readonly allowSample: boolean;
  /** Print a fresh one-time code of every street when ready. */
  readonly codes: boolean;
  /** Only make and print one code of this street; the district may be running meanwhile. */
  readonly codeFor: string | undefined;
  /** Only revoke this device. */
  readonly revoke: string | undefined;
  /** Only ask this street whether somebody is there; the district must be running. */
  readonly ask: string | undefined;
  /** What the question says, who asks, and the minutes to answer. */
  readonly words: string | undefined;
  readonly operator: string | undefined;
  readonly minutes: number | undefined;
  /** Only print what is known of this street's presence. */
  readonly presence: string | undefined;
  /** Only set the rules of presence of `forStreet` from this file. */
  readonly rules: string | undefined;
  /** Only set a rule table of `forStreet` from this file. */
  readonly table: string | undefined;
  readonly forStreet: string | undefined;
  /** Only print the whistles of this street that wait. */
  readonly whistles: string | undefined;
  /** Only take a step in a whistle of this street: for which event, which step, whom it names, who came. */
  readonly whistle: string | undefined;
  readonly event: string | undefined;
  readonly step: string | undefined;
  readonly to: string | undefined;
  readonly people: string | undefined;
  /** Only send an event down to this street. */
  readonly dispatch: string | undefined;
  readonly title: string | undefined;
  readonly level: string | undefined;
  readonly category: string | undefined;
  readonly place: string | undefined;
  /** What is to be done, and told back. */
  readonly want: string | undefined;
  /** Only recall from this street, or not take back, what was sent down to it: `event`, with `words`. */
  readonly recall: string | undefined;
  readonly insist: string | undefined;
  /** Only print what was sent down to this street. */
  readonly dispatched: string | undefined;
  /** Only print every street: its desks, last contact, what they hold, whistles that wait. */
  readonly streets: boolean;
  /** Only print every receipt given to the desks, with the key that verifies them. */
  readonly receipts: boolean;
  /** Only copy the ledger into this file; the district may be running. */
  readonly backup: string | undefined;
  /** Only put this copy in the place of the ledger, and start a new epoch; the district must not be running. */
  readonly restore: string | undefined;
  /** The data was restored from a backup: start a new epoch. */
  readonly restored: boolean;
  /** The ledger in a file of the folder, whatever `DATABASE_URL` says. */
  readonly embedded: boolean;
  /** End when the parent goes. */
  readonly withParent: boolean;
  /** Name and streets of the district, in the form of `resources/districts/<code>/divisions.json`. */
  readonly divisions: string | undefined;
}

export const usage =
  "district --data DIR [--port N] [--page-port N|--no-page] [--no-sample] [--codes] [--restored] [--embedded] [--with-parent] [--divisions FILE] | --data DIR --code STREET | --data DIR --revoke DEVICE | --data DIR --ask STREET [--words TEXT] [--operator NAME] [--minutes N] | --data DIR --presence STREET | --data DIR --rules FILE --for STREET | --data DIR --table FILE --for STREET | --data DIR --whistles STREET | --data DIR --whistle STREET --event NUMBER --step STEP [--to DEPARTMENT] [--people TEXT] [--words TEXT] [--operator NAME] | --data DIR --dispatch STREET --title TEXT --level critical|urgent|normal [--words TEXT] [--want TEXT] [--category CODE] [--place TEXT] [--minutes N] [--operator NAME] | --data DIR --dispatched STREET | --data DIR (--recall|--insist) STREET --event NUMBER --words TEXT [--operator NAME] | --data DIR --streets | --data DIR --receipts | --data DIR --backup FILE | --data DIR --restore FILE";

/** Reads the command line; throws a plain sentence when it cannot be meant. */
export function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: "string" },
      port: { type: "string", default: "0" },
      "page-port": { type: "string", default: "0" },
      "no-page": { type: "boolean", default: false },
      "no-sample": { type: "boolean", default: false },
      codes: { type: "boolean", default: false },
      code: { type: "string" },
      revoke: { type: "string" },
      receipts: { type: "boolean", default: false },
      streets: { type: "boolean", default: false },
      restored: { type: "boolean", default: false },
      backup: { type: "string" },
      restore: { type: "string" },
      embedded: { type: "boolean", default: false },
      "with-parent": { type: "boolean", default: false },
      divisions: { type: "string" },
      ask: { type: "string" },
      words: { type: "string" },
      operator: { type: "string" },
      minutes: { type: "string" },
      presence: { type: "string" },
      rules: { type: "string" },
      table: { type: "string" },
      for: { type: "string" },
      whistles: { type: "string" },
      whistle: { type: "string" },
      event: { type: "string" },
      step: { type: "string" },
      to: { type: "string" },
      people: { type: "string" },
      dispatch: { type: "string" },
      dispatched: { type: "string" },
      recall: { type: "string" },
      insist: { type: "string" },
      title: { type: "string" },
      level: { type: "string" },
      category: { type: "string" },
      place: { type: "string" },
      want: { type: "string" },
    },
  });
  const port = Number(values.port);
  const pagePort = Number(values["page-port"]);
  if (!values.data) throw new Error("--data DIR is missing");
  for (const [name, typed] of Object.entries({ port: values.port, "page-port": values["page-port"] }))
    if (!/^\d{1,5}$/.test(typed) || Number(typed) > 65_535) throw new Error(`--${name} is a number from 0 to 65535`);
  const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
  if (minutes !== undefined && !(minutes > 0)) throw new Error("--minutes is a number of minutes");
  if (((values.rules ?? values.table) === undefined) !== (values.for === undefined))
    throw new Error("--rules FILE and --table FILE need --for STREET");
  if (values.whistle !== undefined && (values.event === undefined || values.step === undefined))
    throw new Error("--whistle STREET needs --event NUMBER and --step STEP");
  if (values.dispatch !== undefined && (values.title === undefined || values.level === undefined))
    throw new Error("--dispatch STREET needs --title TEXT and --level LEVEL");
  if ((values.recall ?? values.insist) !== undefined && (values.event === undefined || values.words === undefined))
    throw new Error("--recall STREET and --insist STREET need --event NUMBER and --words TEXT");
  return {
    dataDir: values.data,
    port,
    pagePort: values["no-page"] ? undefined : pagePort,
    allowSample: !values["no-sample"],
    codes: values.codes,
    codeFor: values.code,
    revoke: values.revoke,
    receipts: values.receipts,
    streets: values.streets,
    restored: values.restored,
    backup: values.backup,
    restore: values.restore,
    embedded: values.embedded,
    withParent: values["with-parent"],
    divisions: values.divisions,
    ask: values.ask,
    words: values.words,
    operator: values.operator,
    minutes,
    presence: values.presence,
    rules: values.rules,
    table: values.table,
    forStreet: values.for,
    whistles: values.whistles,
    whistle: values.whistle,
    event: values.event,
    step: values.step,
    to: values.to,
    people: values.people,
    dispatch: values.dispatch,
    dispatched: values.dispatched,
    recall: values.recall,
    insist: values.insist,
    title: values.title,
    level: values.level,
    category: values.category,
    place: values.place,
    want: values.want,
  };
}

/** One thing that is not as the house wants it: where, which rule, in a sentence. `file` is relative to the root. */
export interface Problem {
  readonly file: string;
  readonly line?: number;
  readonly rule: string;
  readonly text: string;
}

/** A check looks at a tree and finds problems; it changes nothing. */
export type Check = (root: string) => Promise<Problem[]>;

export const sayProblem = (problem: Problem): string =>
  `${problem.file}${problem.line ? `:${problem.line}` : ""} [${problem.rule}] ${problem.text}`;

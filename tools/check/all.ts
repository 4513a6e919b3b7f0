import { checkHouse } from "./house.ts";
import { checkImports } from "./imports.ts";
import { checkLint } from "./lint.ts";
import { checkMigrations } from "./migrations.ts";
import type { Check } from "./problem.ts";
import { checkRuleBook } from "./rule-book.ts";
import { checkTexts } from "./texts.ts";
import { checkTypes } from "./types.ts";
import { checkWire } from "./wire.ts";

/** Every check of the house by name, in the order in which they are reported. */
export const checks: Readonly<Record<string, { readonly about: string; readonly check: Check }>> = {
  types: { about: "every room against the platform it may know", check: checkTypes },
  lint: { about: "format and lint", check: checkLint },
  imports: { about: "who may import what, no cycles", check: checkImports },
  rules: { about: "every numbered rule has a test that cites it", check: checkRuleBook },
  wire: { about: "messages and their history", check: checkWire },
  house: { about: "no clock, random, markup or machine path where none belongs", check: checkHouse },
  texts: { about: "two languages, same keys; every error has its sentence", check: checkTexts },
  migrations: { about: "numbered, listed, never edited", check: checkMigrations },
};

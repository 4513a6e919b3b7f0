import { type EventFilter, type EventSelection, eventFilterNames, type InputOf } from "#shared/contract.ts";

/** What narrows a view, and the order of its list. */
export type Narrow = Omit<InputOf<"event.list">, "view" | "cursor" | "from" | "limit">;

export const selectionOf = (view: EventSelection["view"], narrow: Narrow): EventSelection => ({
  ...narrow,
  sort: narrow.sort ?? "urgency",
  turned: narrow.turned ?? false,
  view,
});

/** Filters that are set, by name. */
export const namedIn = (narrow: Narrow): (keyof EventFilter)[] =>
  eventFilterNames.filter((name) => {
    const value = narrow[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });

/** Without its filters and words, in the same order. */
export const widened = ({ sort, turned }: Narrow): Narrow => ({
  ...(sort ? { sort } : {}),
  ...(turned ? { turned } : {}),
});

/** One filter set anew; an empty one is none. */
export function withFilter<K extends keyof EventFilter>(narrow: Narrow, name: K, value: EventFilter[K]): Narrow {
  const { [name]: _, ...rest } = narrow;
  const none = value === undefined || (Array.isArray(value) && value.length === 0) || value === "";
  return none ? rest : { ...rest, [name]: value };
}

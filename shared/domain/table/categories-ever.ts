/** How a category is called. */
export interface Named {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
}

/** Of categories that once stood, the names of those that do not stand now: each code once, as the first one says it. */
export function takenOut(standing: readonly Pick<Named, "code">[], once: readonly Named[]): Named[] {
  const stand = new Set(standing.map(({ code }) => code));
  const gone = new Map<string, Named>();
  for (const { code, name, nameEn } of once)
    if (!stand.has(code) && !gone.has(code)) gone.set(code, { code, name, nameEn });
  return [...gone.values()];
}

/** Categories that an event may carry: those of the table as it stands, and those that an edition has taken out, the street's own and the product's. */
export const categoriesEver = (tables: {
  readonly categories: { readonly rows: readonly Named[]; readonly former: readonly Named[] };
}): readonly Named[] => [...tables.categories.rows, ...tables.categories.former];

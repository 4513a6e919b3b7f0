interface Named {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
}

/** Categories that an event may carry: those of the table as it stands, and those that an edition has taken out, the street's own and the product's. */
export const categoriesEver = (tables: {
  readonly categories: { readonly rows: readonly Named[]; readonly former: readonly Named[] };
}): readonly Named[] => [...tables.categories.rows, ...tables.categories.former];

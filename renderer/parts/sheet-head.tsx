/** The head of an official sheet: office, title, what stands under it, stamps. */
export function SheetHead({
  sheet,
}: {
  sheet: {
    readonly office: string;
    readonly title: string;
    readonly under: string;
    readonly stamps: readonly string[];
  };
}) {
  return (
    <header className="sheet-head">
      <p className="sheet-office">{sheet.office}</p>
      <h1 className="sheet-title">{sheet.title}</h1>
      <p className="sheet-under">
        {sheet.under}
        {sheet.stamps.map((stamp) => (
          <b key={stamp}>{stamp}</b>
        ))}
      </p>
    </header>
  );
}

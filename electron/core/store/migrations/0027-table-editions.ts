/**
 * Past editions of the rule tables with their rows, as ops made them here or brought them. Until now a desk kept the rows of the edition that
 * stands and of those it had set itself: these are taken over. Of others before it only what they changed is known.
 */
export const tableEditions = `
CREATE TABLE table_edition (
  op_id TEXT PRIMARY KEY, name TEXT NOT NULL, edition INTEGER NOT NULL, no INTEGER, confirmed_at INTEGER,
  head TEXT NOT NULL, rows TEXT NOT NULL
) STRICT;
CREATE INDEX table_edition_name ON table_edition (name, edition);
CREATE TEMP VIEW stood AS
  SELECT id AS name, state AS text, confirmed IS NULL AS said, no, confirmed_at FROM main.entity
  WHERE kind = 'table' AND state <> 'null'
  UNION ALL SELECT id, confirmed, 1, no, confirmed_at FROM main.entity
  WHERE kind = 'table' AND confirmed IS NOT NULL AND confirmed <> 'null';
INSERT OR IGNORE INTO table_edition
  SELECT o.id, o.entity_id, head.value ->> '$.edition', o.no, o.confirmed_at, head.value, o.body -> '$.rows'
  FROM op o JOIN stood s ON s.name = o.entity_id
  JOIN json_each(json_insert(s.text -> '$.past', '$[#]', json(s.text -> '$.head'))) AS head
    ON head.value ->> '$.at' = o.at AND head.value ->> '$.by' = o.by AND head.value ->> '$.rows' = json_array_length(o.body, '$.rows')
  WHERE o.entity = 'table';
INSERT OR IGNORE INTO table_edition
  SELECT 'before-0027/' || name || '/' || (text ->> '$.head.edition'), name, text ->> '$.head.edition',
    iif(said, no, NULL), iif(said, confirmed_at, NULL), text -> '$.head', text -> '$.rows'
  FROM stood s WHERE NOT EXISTS (
    SELECT 1 FROM table_edition t WHERE t.name = s.name AND t.edition = s.text ->> '$.head.edition'
      AND t.head ->> '$.at' = s.text ->> '$.head.at' AND t.head ->> '$.by' = s.text ->> '$.head.by');
DROP VIEW stood;
`;

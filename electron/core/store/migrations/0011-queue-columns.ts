/**
 * What the queue is filtered and sorted by beside state, level, category and board; who has had a hand in which event;
 * what an officer keeps for himself on this desk (views of the queue, columns). Filled from the events in place: the
 * search index is not drawn anew.
 */
export const queueColumns = `
ALTER TABLE duty_event ADD COLUMN stage INTEGER NOT NULL DEFAULT 0;
ALTER TABLE duty_event ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE duty_event ADD COLUMN community TEXT NOT NULL DEFAULT '';
ALTER TABLE duty_event ADD COLUMN grid TEXT NOT NULL DEFAULT '';
ALTER TABLE duty_event ADD COLUMN lead TEXT NOT NULL DEFAULT '';
ALTER TABLE duty_event ADD COLUMN parties TEXT NOT NULL DEFAULT '';
ALTER TABLE duty_event ADD COLUMN confidential INTEGER NOT NULL DEFAULT 0;
ALTER TABLE duty_event ADD COLUMN sample INTEGER NOT NULL DEFAULT 0;
ALTER TABLE duty_event ADD COLUMN whistled INTEGER NOT NULL DEFAULT 0;
DROP INDEX duty_event_state;
UPDATE duty_event SET board = coalesce(board, ''), source = s.source, community = s.community, grid = s.grid, lead = s.lead,
  parties = s.parties, confidential = s.confidential, sample = s.sample, whistled = s.whistled,
  stage = CASE duty_event.state WHEN 'accepted' THEN 1 WHEN 'assessed' THEN 2 WHEN 'assigned' THEN 3 WHEN 'handling' THEN 4
    WHEN 'whistled' THEN 5 WHEN 'fed_back' THEN 6 WHEN 'verified' THEN 7 WHEN 'closed' THEN 8 WHEN 'void' THEN 9 ELSE 0 END
FROM (
  SELECT id AS event_id, coalesce(json_extract(state, '$.source'), '') AS source,
    coalesce(json_extract(state, '$.place.community'), '') AS community, coalesce(json_extract(state, '$.place.grid'), '') AS grid,
    coalesce(json_extract(state, '$.lead.name'), '') AS lead,
    coalesce(char(10) || json_extract(state, '$.lead.name') || char(10), '')
      || coalesce((SELECT char(10) || group_concat(json_extract(value, '$.name'), char(10) || char(10)) || char(10)
        FROM json_each(entity.state, '$.coHandlers')), '') AS parties,
    coalesce(json_extract(state, '$.confidential'), 0) AS confidential, coalesce(json_extract(state, '$.sample'), 0) AS sample,
    json_extract(state, '$.whistle') IS NOT NULL AS whistled
  FROM entity WHERE kind = 'event' AND state <> 'null'
) AS s WHERE s.event_id = duty_event.id;
CREATE INDEX duty_event_stage ON duty_event (stage, reported_at, row);
CREATE INDEX duty_event_source ON duty_event (source, reported_at, row);
CREATE INDEX duty_event_community ON duty_event (community, reported_at, row);
CREATE INDEX duty_event_lead ON duty_event (lead, reported_at, row);
CREATE TABLE event_hand (
  officer_id TEXT NOT NULL, event_id TEXT NOT NULL, PRIMARY KEY (officer_id, event_id)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO event_hand SELECT by, event_id FROM duty_log WHERE event_id IS NOT NULL;
CREATE TABLE kept (
  officer_id TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (officer_id, key)
) STRICT, WITHOUT ROWID;
`;

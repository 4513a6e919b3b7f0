/**
 * A line names its place in the chain itself, so that the chain needs no index of their names: a line is chained in the transaction that
 * writes it, which so writes a page less, and lists read the place with the line.
 */
export const placeInChain = `
ALTER TABLE duty_log ADD COLUMN chain_seq INTEGER;
UPDATE duty_log SET chain_seq = (SELECT seq FROM chain WHERE log_id = duty_log.id);
CREATE TABLE chain_by_number (
  seq INTEGER PRIMARY KEY, hash TEXT NOT NULL, entry TEXT NOT NULL, sig TEXT NOT NULL,
  log_id TEXT NOT NULL REFERENCES duty_log (id), salt TEXT, desk_facts TEXT
) STRICT;
INSERT INTO chain_by_number SELECT seq, hash, entry, sig, log_id, salt, desk_facts FROM chain ORDER BY seq;
DROP TABLE chain;
ALTER TABLE chain_by_number RENAME TO chain;
CREATE TRIGGER chain_kept BEFORE DELETE ON chain BEGIN SELECT RAISE(ABORT, 'the chain is append-only'); END;
CREATE TRIGGER chain_fixed BEFORE UPDATE ON chain
WHEN NEW.salt IS NOT NULL OR (NEW.seq, NEW.hash, NEW.entry, NEW.sig, NEW.log_id, NEW.desk_facts)
  IS NOT (OLD.seq, OLD.hash, OLD.entry, OLD.sig, OLD.log_id, OLD.desk_facts)
BEGIN SELECT RAISE(ABORT, 'the chain is append-only'); END;
CREATE TRIGGER duty_log_chained BEFORE UPDATE OF chain_seq ON duty_log
BEGIN SELECT RAISE(ABORT, 'the duty log is append-only'); END;
`;

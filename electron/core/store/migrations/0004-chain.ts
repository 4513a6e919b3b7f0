/**
 * The proof of the duty log: one chained, signed entry for each line that this desk writes, the district's receipts, and
 * the one way in which a line may change: its content is erased, once. People and assets that a line speaks of come with it.
 */
export const chain = `
-- What was signed, as it was signed. The body is drawn from duty_log and op (chain-body.ts) and hashed with the salt;
-- without the salt it is erased for good. desk_facts is the body of an entry that the desk itself makes.
CREATE TABLE chain (
  seq INTEGER PRIMARY KEY, hash TEXT NOT NULL, entry TEXT NOT NULL, sig TEXT NOT NULL,
  log_id TEXT NOT NULL UNIQUE REFERENCES duty_log (id), salt TEXT, desk_facts TEXT
) STRICT;
CREATE TRIGGER chain_kept BEFORE DELETE ON chain BEGIN SELECT RAISE(ABORT, 'the chain is append-only'); END;
CREATE TRIGGER chain_fixed BEFORE UPDATE ON chain
WHEN NEW.salt IS NOT NULL OR (NEW.seq, NEW.hash, NEW.entry, NEW.sig, NEW.log_id, NEW.desk_facts)
  IS NOT (OLD.seq, OLD.hash, OLD.entry, OLD.sig, OLD.log_id, OLD.desk_facts)
BEGIN SELECT RAISE(ABORT, 'the chain is append-only'); END;

CREATE TABLE chain_receipt (
  row INTEGER PRIMARY KEY, seq INTEGER NOT NULL, outcome TEXT NOT NULL, receipt TEXT NOT NULL UNIQUE, sig TEXT NOT NULL,
  key TEXT NOT NULL
) STRICT;
CREATE INDEX chain_receipt_seq ON chain_receipt (outcome, seq);
CREATE TRIGGER chain_receipt_kept BEFORE DELETE ON chain_receipt BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;
CREATE TRIGGER chain_receipt_fixed BEFORE UPDATE ON chain_receipt BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;

ALTER TABLE duty_log ADD COLUMN officers TEXT NOT NULL DEFAULT '';
ALTER TABLE duty_log ADD COLUMN assets TEXT NOT NULL DEFAULT '';
ALTER TABLE duty_log ADD COLUMN erased_at INTEGER;
CREATE INDEX duty_log_corrects ON duty_log (corrects) WHERE corrects IS NOT NULL;
DROP TRIGGER duty_log_fixed;
CREATE TRIGGER duty_log_fixed BEFORE UPDATE OF
  id, at, by, kind, action, zh, en, event_id, corrects, caller_name, caller_phone, unit, officers, assets, erased_at ON duty_log
WHEN OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL
  OR (NEW.id, NEW.at, NEW.by, NEW.kind, NEW.action, NEW.event_id, NEW.corrects)
    IS NOT (OLD.id, OLD.at, OLD.by, OLD.kind, OLD.action, OLD.event_id, OLD.corrects)
  OR NEW.zh || NEW.en || NEW.caller_name || NEW.caller_phone || NEW.unit || NEW.officers || NEW.assets <> ''
BEGIN SELECT RAISE(ABORT, 'the duty log is append-only'); END;
`;

from django.db import migrations

# The application may add events and read them. Even the owner's UPDATE, DELETE and
# TRUNCATE are refused by triggers; whoever removes those leaves a chain that no longer holds.
APPEND_ONLY = """
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'journal_event is append-only';
END $$;

CREATE TRIGGER journal_event_append_only
    BEFORE UPDATE OR DELETE ON journal_event
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_event_no_truncate
    BEFORE TRUNCATE ON journal_event
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();

DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'qifu_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON journal_event FROM qifu_app;
    END IF;
END $$;
"""

# One round trip: wait for the county's lock, then look with a snapshot taken after it.
# The lock ends with the transaction, so sequence numbers have neither gaps nor doubles.
TAKE_HEAD = """
CREATE FUNCTION journal_take_head(
    of_county text, form_key text,
    OUT seq bigint, OUT hash text, OUT kind text, OUT subject_type text, OUT subject_id bigint
) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('journal:' || of_county, 0));
    SELECT e.seq, e.hash INTO seq, hash
        FROM journal_event e WHERE e.county = of_county ORDER BY e.seq DESC LIMIT 1;
    IF form_key <> '' THEN
        SELECT e.kind, e.subject_type, e.subject_id INTO kind, subject_type, subject_id
            FROM journal_event e WHERE e.county = of_county AND e.key = form_key;
    END IF;
END $$;
"""

UNDO = """
DROP FUNCTION journal_take_head(text, text);
DROP TRIGGER journal_event_no_truncate ON journal_event;
DROP TRIGGER journal_event_append_only ON journal_event;
DROP FUNCTION journal_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunSQL(APPEND_ONLY + TAKE_HEAD, UNDO)]

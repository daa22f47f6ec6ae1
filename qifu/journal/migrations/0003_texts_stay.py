from django.db import migrations

# A text is blanked, never deleted: its row must remain for the event that points to it.
KEEP = """
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'qifu_app') THEN
        REVOKE DELETE, TRUNCATE, REFERENCES, TRIGGER ON journal_text FROM qifu_app;
    END IF;
END $$;
"""
UNDO = """
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'qifu_app') THEN
        GRANT DELETE ON journal_text TO qifu_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]

    operations = [migrations.RunSQL(KEEP, UNDO)]

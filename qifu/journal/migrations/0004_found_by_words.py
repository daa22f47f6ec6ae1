from django.db import migrations

# Every name is written in full: an index is rebuilt with an empty search path (pg_restore).
FUNCTIONS = """
CREATE FUNCTION public.qifu_plain(heading text, body text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(normalize(coalesce(heading, '') || E'\\n' || coalesce(body, ''), NFKC));

CREATE FUNCTION public.qifu_pairs(plain text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(array_agg(DISTINCT pair), '{}')
    FROM (
        SELECT c || lead(c) OVER (ORDER BY n) AS pair
        FROM unnest(string_to_array(plain, NULL)) WITH ORDINALITY AS one(c, n)
    ) AS two
    WHERE pair IS NOT NULL
);

CREATE FUNCTION public.qifu_grams(plain text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN public.qifu_pairs(plain) || string_to_array(plain, NULL);
"""
UNDO_FUNCTIONS = """
DROP FUNCTION public.qifu_grams(text);
DROP FUNCTION public.qifu_pairs(text);
DROP FUNCTION public.qifu_plain(text, text);
"""
# Only what a case is found by; the many other texts cost nothing.
INDEX = """
CREATE INDEX journal_text_found ON journal_text
USING gin (public.qifu_grams(public.qifu_plain(heading::text, body)))
WHERE kind IN ('problem', 'enterprise');
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_texts_stay")]

    operations = [
        migrations.RunSQL(FUNCTIONS, UNDO_FUNCTIONS),
        migrations.RunSQL(INDEX, "DROP INDEX journal_text_found"),
    ]

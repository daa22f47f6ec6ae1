from django.db import migrations

INDEX = """
CREATE INDEX enterprise_found ON enterprises_enterprise
USING gin (public.qifu_grams(public.qifu_plain(name::text, short_name::text)));
"""


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0001_initial"), ("journal", "0004_found_by_words")]

    operations = [migrations.RunSQL(INDEX, "DROP INDEX enterprise_found")]

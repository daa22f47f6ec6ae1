from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appeals", "0015_exclusions")]

    operations = [
        migrations.AddIndex(
            model_name="appeal",
            index=models.Index(
                condition=models.Q(("reply_channel__in", ("PROVINCE", "CITY"))),
                fields=["county", "id"],
                name="appeals_from_above",
            ),
        ),
    ]

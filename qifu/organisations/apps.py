from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "qifu.organisations"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "机构与人员"

    def ready(self) -> None:
        from qifu.notices.registry import registry
        from qifu.organisations.address_book import CountyAddressBook

        registry.use(CountyAddressBook())
        registry.declare("SIGN_IN_CODE", secret=True)

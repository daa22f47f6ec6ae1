from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "qifu.organisations"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "机构与人员"

    def ready(self) -> None:
        from qifu.notices.registry import registry
        from qifu.organisations import notices, open_posts, open_things
        from qifu.organisations.address_book import CountyAddressBook

        registry.use(CountyAddressBook())
        registry.declare("SIGN_IN_CODE", secret=True, urgent=True)
        registry.declare("STEP_CODE", secret=True, urgent=True)
        notices.register()
        for family in (open_posts.Posts, open_posts.ReservedPosts, open_posts.StandingIn):
            open_things.declare(family())

from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "qifu.appeals"

    def ready(self) -> None:
        from qifu.appeals import notices, open_work, reminder_kinds
        from qifu.appeals.link_book import CaseLinks
        from qifu.notices.registry import registry
        from qifu.organisations import open_things

        notices.register()
        reminder_kinds.register()
        registry.use_links(CaseLinks())
        for family in (
            open_work.CasesInHand,
            open_work.ApprovalsWaiting,
            open_work.CasesToLookAt,
        ):
            open_things.declare(family())

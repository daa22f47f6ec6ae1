from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "qifu.appeals"

    def ready(self) -> None:
        from qifu.appeals import (
            notices,
            notices_excluding,
            notices_inside,
            notices_upward,
            open_work,
            reminder_kinds,
            tracking_words,
            veil,
        )
        from qifu.appeals.link_book import CaseLinks
        from qifu.notices.registry import registry
        from qifu.organisations import open_things

        notices.register()
        notices_excluding.register()
        notices_inside.register()
        notices_upward.register()
        reminder_kinds.register()
        tracking_words.register()
        veil.register()
        registry.use_links(CaseLinks())
        for family in (
            open_work.CasesInHand,
            open_work.ApprovalsWaiting,
            open_work.CasesToLookAt,
        ):
            open_things.declare(family())

from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "qifu.appeals"

    def ready(self) -> None:
        from qifu.appeals import (
            notices,
            notices_upward,
            open_work,
            reminder_kinds,
            tracking_words,
            veil,
        )
        from qifu.organisations import open_things

        notices.register()
        notices_upward.register()
        reminder_kinds.register()
        tracking_words.register()
        veil.register()
        for family in (
            open_work.CasesInHand,
            open_work.ApprovalsWaiting,
            open_work.CasesToLookAt,
        ):
            open_things.declare(family())

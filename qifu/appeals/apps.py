from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "qifu.appeals"

    def ready(self) -> None:
        from qifu.appeals import notices, open_work, reminder_kinds
        from qifu.organisations import open_things

        notices.register()
        reminder_kinds.register()
        for family in (
            open_work.CasesInHand,
            open_work.ApprovalsWaiting,
            open_work.CasesToLookAt,
        ):
            open_things.declare(family())

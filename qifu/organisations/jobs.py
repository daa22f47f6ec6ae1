"""What the worker does here: every night forget what sign-in needed for a day."""

from datetime import timedelta

from procrastinate.contrib.django import app

from qifu.kernel.clock import now
from qifu.organisations.actions import phone_codes, signing_in
from qifu.rounds.record import recorded

# The longest limit counts the codes of one day.
KEPT = timedelta(days=2)


# 03:20 in the county; the queue counts in UTC.
@app.periodic(cron="20 19 * * *")
@app.task(name="organisations.forget", queueing_lock="organisations.forget")
@recorded("organisations.forget", "清理验证码和登录记录")
def forget(timestamp: int) -> None:
    """Delete old codes and the counts of wrong passwords; the journal keeps the attempts."""
    before = now() - KEPT
    phone_codes.forget_old(before=before)
    signing_in.forget_old(before=before)

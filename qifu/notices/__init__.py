"""Notices (通知): what is told to whom, why, by which channel, and whether it arrived.

A room above says what happened, to which address or duty, and the sentence; who holds
the duty is asked at the moment of sending, so that whoever has left hears nothing.
Serves 二（四）: 第一时间推送至各地各部门.
May import: workdays, journal, rounds, kernel.
"""

"""Rounds (定时任务): what qifu does by itself, when it last did, and whether it is late.

May import: kernel.
"""

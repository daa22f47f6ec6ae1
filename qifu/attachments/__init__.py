"""Attachments (附件): files that are given along with a step, and where their bytes lie.

It knows neither cases nor plans: the room above keeps a file for one of its rows and says
who may read it. What lies in `QIFU_HOME/files` is named by its own hash and written, with
its folder, to the disk before a row names it; what no row names is swept away at night.
"""

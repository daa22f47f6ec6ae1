"""What was pasted from a group chat or a sheet, taken apart into drafts (粘贴登记). Pure.

`recogniser.recognise` never fails and loses nothing: every line is in a draft or left over.
"""

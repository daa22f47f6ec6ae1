"""Enterprises (企业): the register, who looks after them, and who speaks for them.

`Tie` and `Binding` are two of the three facts that decide who sees a case. Rooms above
write them through this one's actions; nobody who sees asks a room above.
Serves 二（二）: every enterprise is known and looked after.
May import: organisations, notices, journal, kernel.
"""

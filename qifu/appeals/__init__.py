"""Appeals (诉求): what an enterprise needs settled, from its words to its rating.

The heart of the house. Serves 二（一）属地化解、逐级上交，统一交办、分头落实 and
二（五）第一时间接收、及时汇报、认真办理、规定时间反馈, whatever the channel.
May import: enterprises, organisations, notices, workdays, journal, kernel.

Where a rule lives: `lifecycle` (what follows what), `rules` (limits and outcomes),
`catalogue` (who is proposed), `access` (who may), `actions` (every write).
"""

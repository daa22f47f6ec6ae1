"""Units, the people in their posts, what they have filed, and how they sign in (机构与人员).

Serves 二（一）: 确定1名负责同志分管专抓，明确1名专职人员负责，报县办备案; and the attachment,
the five working groups (附件). Who may do what is read from a person's posts: `Reach`.
May import: notices, journal, kernel.
"""

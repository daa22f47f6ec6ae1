"""反映干部作风: what an enterprise says of an officer's conduct, for oversight's eyes only.

Apart from the cases: no unit, no office, no leader and no administrator ever sees that one
is there, in no list, figure, search, file or message (amendment 14, decision 0018).
"""

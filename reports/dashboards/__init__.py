"""How the movement stands, for the two bodies and the leaders of the province.

Each module counts one matter and gives it as a `Block`: a table, its chart, and behind each number the
address of the list that was counted, narrowed by the same conditions.
"""

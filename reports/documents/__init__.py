"""What the bodies report: the standing body's summaries for the province, and working reports on one matter.

Every figure is counted from rows when the paper is printed; what no row tells is left open or said to be
missing, never estimated.
"""

"""征求意见: what the units proposed in their copies as one table to decide on, and the adopted rows of the table as edits."""

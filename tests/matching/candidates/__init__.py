"""The pure judgement: conditions, wishes, あと一歩, the board."""

"""Which places suit a person, and why: pure judgement over plain facts, without a database or a framework."""

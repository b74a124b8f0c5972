"""Data to try with: five real towns' published facts, and the fictional 見本町."""

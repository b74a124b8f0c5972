"""Settings: env (what may be set from outside), base, and one file per place of use."""

"""Pages of /desk/ about persons: get what this member of staff may see, let a form or an action do it, answer."""

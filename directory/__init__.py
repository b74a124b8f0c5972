"""Places, organizations and hosts: what a town's directory is made of. Imports none of the other packages."""

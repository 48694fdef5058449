"""The report: notebooks run on a folder, the site made of them, and the commands for it."""

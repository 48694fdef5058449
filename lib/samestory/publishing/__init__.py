"""Room 5, publishing: notebooks run on a folder, and the site made of them."""

"""A podcast of the stories that were exported into a folder: its feed, its episodes, and a server for them."""

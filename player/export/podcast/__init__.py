"""A podcast from a folder of exported stories: feed, episodes, and a server."""

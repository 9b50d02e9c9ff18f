"""Playing without a screen: its sentences, its keys, the library's queue, and the beginning of a long story."""

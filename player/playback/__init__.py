"""Making it sound: the transport and the outputs it plays into."""

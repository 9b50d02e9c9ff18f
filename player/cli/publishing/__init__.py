"""`listen publish`: stories made into a site, and an estimate of what that takes."""

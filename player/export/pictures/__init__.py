"""Pictures in exported files: covers, and the lettering that they share with videos."""

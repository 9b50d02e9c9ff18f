"""What commands print: lines, progress, notes, and addresses as QR codes."""

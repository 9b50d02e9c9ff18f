"""What fetching a page is made of: whose addresses may be asked, connections, packed bodies, reasons for people."""

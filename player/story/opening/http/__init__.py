"""Parts of fetching a page: permitted hosts, connections, unpacking, reasons for failure."""

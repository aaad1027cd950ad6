"""`reglet serve`: a report's pages, chapters and mistakes in a browser, renewed as files change.

One process builds (`builder`), the other waits for changes (`watch`), keeps what was last good
(`session`) and shows it (`server`, and the page in `page/`).
"""

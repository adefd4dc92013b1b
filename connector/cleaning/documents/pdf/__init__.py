"""PDF: each page is written anew into a fresh file, from a list of what a page needs."""

"""DOCX, XLSX and PPTX: a fresh package with the parts that are read, each without what tells of its makers."""

"""Results as people read them: figures, agreements, texts and files. The only layer that draws and writes documents."""

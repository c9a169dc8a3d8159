//! Cards as Block Kit, texts as rich text.

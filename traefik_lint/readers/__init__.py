"""One module per notation: what people write becomes the one kind of tree and the one model."""

"""What a person can do: a function each, one undoable step each."""

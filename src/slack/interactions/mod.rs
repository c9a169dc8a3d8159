//! Commands, presses, forms and typed replies, from their event to their answer.

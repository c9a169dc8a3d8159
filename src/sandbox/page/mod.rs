//! The chat page: a browser's view of the sandbox.

pub mod markdown;
mod prose;

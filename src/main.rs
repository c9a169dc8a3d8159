//! The program: see `cli` for its commands.

use std::process::ExitCode;

mod cli;

/// Quicker and smaller than the system's for what the bot does (`cargo bench --bench bot`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main()
}

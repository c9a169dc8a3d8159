//! Replies to a hint that asked which option is meant.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| greenroom_fuzz::hint(bytes));

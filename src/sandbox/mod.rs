//! A Discord on loopback: REST, gateway and a chat page.

pub mod page;

//! A Discord on loopback: REST, gateway and a chat page.

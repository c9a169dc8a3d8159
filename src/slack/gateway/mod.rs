//! How events come in: sockets, or requests over HTTP.

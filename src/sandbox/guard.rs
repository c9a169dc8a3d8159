//! Keeps other sites out of the sandbox: Host and Origin must name this machine.
//!
//! A page from elsewhere can have its own host name resolve to 127.0.0.1 (DNS rebinding) and would then
//! be of the same origin as the sandbox. Its requests still carry that host name.

use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::json;

/// Refuses requests whose Host, or Origin if there is one, is not a name of the loopback interface.
pub(super) async fn same_machine(request: Request, next: Next) -> Response {
    if trusted(request.headers()) {
        return next.run(request).await;
    }
    let body =
        json!({ "error": "The sandbox is there for this machine only, by the name localhost." });
    (StatusCode::FORBIDDEN, axum::Json(body)).into_response()
}

fn trusted(headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or_default())
    };
    let host = text(header::HOST).is_some_and(|host| is_local(&format!("http://{host}")));
    let origin = text(header::ORIGIN).is_none_or(is_local);
    host && origin
}

fn is_local(origin: &str) -> bool {
    let Ok(uri) = origin.parse::<Uri>() else {
        return false;
    };
    uri.scheme_str() == Some("http")
        && matches!(uri.host(), Some("127.0.0.1" | "localhost" | "[::1]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &str, origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().expect("a header value"));
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().expect("a header value"));
        }
        headers
    }

    #[test]
    fn names_of_this_machine_are_trusted() {
        for host in [
            "127.0.0.1:7878",
            "localhost:7878",
            "[::1]:7878",
            "localhost",
        ] {
            assert!(trusted(&headers(host, None)), "{host}");
        }
        assert!(trusted(&headers("localhost:1", Some("http://127.0.0.1:1"))));
    }

    #[test]
    fn other_names_and_origins_are_not() {
        assert!(!trusted(&HeaderMap::new()));
        for host in [
            "evil.example:7878",
            "127.0.0.1.evil.example",
            "localhost@evil.example",
            "",
        ] {
            assert!(!trusted(&headers(host, None)), "{host}");
        }
        for origin in [
            "http://evil.example",
            "null",
            "https://localhost",
            "file://",
        ] {
            assert!(!trusted(&headers("localhost", Some(origin))), "{origin}");
        }
    }
}

//! Keeps other sites out of the sandbox: Host and Origin must name this machine.
//!
//! A page from elsewhere can have its own host name resolve to 127.0.0.1 (DNS rebinding) and would then
//! be of the same origin as the sandbox. Its requests still carry that host name.

use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, Uri},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::json;

/// Refuses requests whose Host is not a name of the loopback interface, those whose Origin, if there is
/// one, is not this port of it, and those that a browser makes for another site, but for following a link
/// ("Fetch Metadata").
pub(super) async fn same_machine(request: Request, next: Next) -> Response {
    if trusted(request.headers()) {
        return next.run(request).await;
    }
    let body =
        json!({ "error": "The sandbox is there for this machine only, by the name localhost." });
    (StatusCode::FORBIDDEN, axum::Json(body)).into_response()
}

fn trusted(headers: &HeaderMap) -> bool {
    let text = |name: &str| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or_default())
    };
    let host = text("host").and_then(|host| local_port(&format!("http://{host}")));
    let origin = text("origin");
    let own = origin.is_none_or(|origin| local_port(origin) == host);
    let linked =
        text("sec-fetch-mode") == Some("navigate") && text("sec-fetch-dest") == Some("document");
    let site = text("sec-fetch-site").is_none_or(|site| ["same-origin", "none"].contains(&site));
    host.is_some() && own && (site || linked)
}

/// The port of an address of the loopback interface.
fn local_port(origin: &str) -> Option<u16> {
    let uri: Uri = origin.parse().ok()?;
    let host = uri.host().filter(|_| uri.scheme_str() == Some("http"))?;
    let bare = uri.authority().is_some_and(|whole| whole.as_str() == host);
    let port = uri.port_u16().or(bare.then_some(80))?;
    matches!(host, "127.0.0.1" | "localhost" | "[::1]").then_some(port)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers<const N: usize>(fields: [(&'static str, &str); N]) -> HeaderMap {
        let field = |(name, value): (&'static str, &str)| {
            let value = value.parse().expect("a header value");
            (name.parse().expect("a header name"), value)
        };
        fields.into_iter().map(field).collect()
    }

    #[test]
    fn names_of_this_machine_are_trusted() {
        for host in [
            "127.0.0.1:7878",
            "localhost:7878",
            "[::1]:7878",
            "localhost",
        ] {
            assert!(trusted(&headers([("host", host)])), "{host}");
        }
        let own = [("host", "localhost:1"), ("origin", "http://127.0.0.1:1")];
        assert!(trusted(&headers(own)));
        let plain = [("host", "localhost"), ("origin", "http://localhost:80")];
        assert!(trusted(&headers(plain)));
    }

    #[test]
    fn other_names_and_origins_are_not() {
        assert!(!trusted(&HeaderMap::new()));
        for host in [
            "evil.example:7878",
            "127.0.0.1.evil.example",
            "localhost@evil.example",
            "localhost:port",
            "",
        ] {
            assert!(!trusted(&headers([("host", host)])), "{host}");
        }
        for origin in [
            "http://evil.example",
            "null",
            "https://localhost",
            "http://localhost:3000",
            "file://",
        ] {
            let fields = [("host", "localhost"), ("origin", origin)];
            assert!(!trusted(&headers(fields)), "{origin}");
        }
    }

    #[test]
    fn a_link_from_elsewhere_may_be_followed_and_nothing_else() {
        let asked = |site, mode, dest| {
            trusted(&headers([
                ("host", "localhost:1"),
                ("sec-fetch-site", site),
                ("sec-fetch-mode", mode),
                ("sec-fetch-dest", dest),
            ]))
        };
        assert!(asked("same-origin", "cors", "empty") && asked("none", "navigate", "document"));
        assert!(asked("cross-site", "navigate", "document"));
        assert!(!asked("cross-site", "no-cors", "image"));
        assert!(!asked("cross-site", "navigate", "iframe"));
        assert!(!asked("same-site", "cors", "empty"));
    }
}

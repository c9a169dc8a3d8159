//! The proxy that the environment names for calls of the API. Discord's gateway and Slack's sockets are connected to
//! directly.

use http::Uri;
use hyper_util::client::proxy::matcher::Matcher;
use reqwest::Url;

/// Whether an address is on this machine, where no proxy leads to.
pub fn is_loopback(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else {
        return false;
    };
    let host = url.host_str().unwrap_or_default();
    let ip = host.trim_start_matches('[').trim_end_matches(']').parse();
    let name = host.trim_end_matches('.');
    name == "localhost"
        || name.ends_with(".localhost")
        || ip.is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}

/// The proxy through which calls to an address go, without the name and password that it may hold.
fn on_the_way(address: &str) -> Option<String> {
    // The rules that reqwest goes by: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY.
    let rules = Matcher::from_env();
    let address: Uri = address.parse().ok().filter(|_| !is_loopback(address))?;
    let proxy = rules.intercept(&address)?;
    let uri = proxy.uri();
    let scheme = uri.scheme_str().unwrap_or("http");
    let port = uri
        .port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    Some(format!("{scheme}://{}{port}", uri.host()?))
}

/// What to check when nobody answers at an address of an API.
pub fn to_check(address: &str) -> String {
    match on_the_way(address) {
        Some(proxy) => format!(
            "the proxy {proxy}, which the environment names (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY; except for NO_PROXY)"
        ),
        None => "the network, and `api` in the configuration".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_told_from_other_hosts() {
        for address in [
            "http://127.0.0.1:7878",
            "http://127.8.0.1",
            "http://localhost:1/x",
            "http://[::1]:7878",
        ] {
            assert!(is_loopback(address), "{address}");
        }
        for address in [
            "https://discord.com",
            "http://10.0.0.1",
            "http://localhost.example",
            "http://[::2]",
            "",
        ] {
            assert!(!is_loopback(address), "{address}");
        }
    }
}

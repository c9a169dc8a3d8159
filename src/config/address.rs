//! Another address of Discord's API, as it is written in the settings.

use reqwest::Url;

/// Why nothing can be sent to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadAddress {
    /// It doesn't begin with `http://` or `https://`.
    Scheme,
    /// It isn't a URL. What its parser says.
    Malformed(String),
    /// It holds a name or password.
    Credentials,
    /// It holds a query or a fragment.
    TooLong,
    /// It holds the path of the API, which is added to it.
    Path,
}

/// Checks that calls can be sent there: a URL with scheme and host, and nothing that belongs to a single call.
pub(super) fn usable(api: &str) -> Result<(), BadAddress> {
    let url = match Url::parse(api) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => url,
        Ok(_) => return Err(BadAddress::Scheme),
        Err(_) if !api.contains("://") => return Err(BadAddress::Scheme),
        Err(error) => return Err(BadAddress::Malformed(error.to_string())),
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BadAddress::Credentials);
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(BadAddress::TooLong);
    }
    let mut path = url.path().split('/');
    if path.any(|part| part == "api") {
        return Err(BadAddress::Path);
    }
    Ok(())
}

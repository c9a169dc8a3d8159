//! Another address of a platform's API, as it is written in the settings.

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
    /// It lacks the path of the API.
    NoPath,
}

/// Checks that calls of Discord's API can be sent there.
pub(super) fn usable_on_discord(api: &str) -> Result<(), BadAddress> {
    let url = read(api)?;
    let mut path = url.path().split('/');
    if path.any(|part| part == "api") {
        return Err(BadAddress::Path);
    }
    Ok(())
}

/// Checks that calls of Slack's Web API can be sent there, to the names of methods below it.
pub(super) fn usable_on_slack(api: &str) -> Result<(), BadAddress> {
    let url = read(api)?;
    if !url.path().trim_end_matches('/').ends_with("/api") {
        return Err(BadAddress::NoPath);
    }
    Ok(())
}

/// A URL with scheme and host, and nothing that belongs to a single call.
fn read(api: &str) -> Result<Url, BadAddress> {
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
    Ok(url)
}

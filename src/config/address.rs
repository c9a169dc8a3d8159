//! Another address of Discord's API, as it is written in the settings.

use reqwest::Url;

/// Whether calls can be sent there: a URL with scheme and host, and with nothing that belongs to one call.
pub(super) fn usable(api: &str) -> Result<(), String> {
    let wrong = |why: &str| {
        Err(format!(
            "is not an address of an API: {why}. Write one as in \"http://127.0.0.1:7878\""
        ))
    };
    let url = match Url::parse(api) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => url,
        Ok(_) => return wrong("it must begin with http:// or https://"),
        Err(_) if !api.contains("://") => return wrong("it must begin with http:// or https://"),
        Err(error) => return wrong(&error.to_string()),
    };
    if !url.username().is_empty() || url.password().is_some() {
        return wrong("a name and password in it are not used");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return wrong("it must end before `?` and `#`");
    }
    if url
        .path()
        .trim_end_matches('/')
        .split('/')
        .any(|part| part == "api")
    {
        return wrong("the path of the API, /api/v10, is added to it");
    }
    Ok(())
}

//! The name of a browser as its member knows it: `Firefox on Linux`.

/// The session's key of the name.
pub(crate) const BROWSER: &str = "browser";

/// Browsers by the words with which they introduce themselves. The first that fits is right, because most of them claim to be others.
const BROWSERS: [(&str, &str); 5] =
    [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

/// Systems likewise.
const SYSTEMS: [(&str, &str); 6] =
    [("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

/// Returns the name of the browser that sent this request. It is for recognition alone, because anybody can send any name.
pub(crate) fn of_this_request() -> String {
    let parts = leptos::prelude::use_context::<http::request::Parts>();
    let agent = parts.as_ref().and_then(|parts| parts.headers.get(http::header::USER_AGENT)?.to_str().ok());
    name(agent.unwrap_or_default())
}

fn name(agent: &str) -> String {
    let found = |all: &[(&str, &'static str)]| all.iter().find(|(word, _)| agent.contains(word)).map(|(_, name)| *name);
    match (found(&BROWSERS), found(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "An unknown browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn browsers_are_called_as_people_call_them() {
        for (agent, called) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1",
                "Safari on iOS",
            ),
            ("curl/8.0", "An unknown browser"),
            ("", "An unknown browser"),
        ] {
            assert_eq!(name(agent), called, "{agent}");
        }
    }
}

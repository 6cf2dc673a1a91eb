//! The base URL: a scheme, a host and maybe a port, in one spelling. Cookies, links and the check for forged requests depend on it.

use super::{Mode, Refusal};
use http::Uri;

/// Checks a base URL and returns it in lower case, without the scheme's usual port.
pub(super) fn origin(said: &str, mode: Mode) -> Result<String, Refusal> {
    let said = said.trim().trim_end_matches('/');
    if said.split("://").nth(1).is_some_and(|rest| rest.split('/').next().is_some_and(|authority| authority.contains('@'))) {
        // The message does not repeat the address, because of the password in it.
        return Err(Refusal(
            "GUILDHALL_BASE_URL holds a user name or a password, and links in mail begin with it: write the host alone, like https://guildhall.example.org".into(),
        ));
    }
    let unusable = || {
        Refusal(format!(
            "GUILDHALL_BASE_URL is '{said}'; it must be http:// or https://, a host and maybe a port, like https://guildhall.example.org"
        ))
    };
    let uri: Uri = said.parse().map_err(|_| unusable())?;
    let host = uri.host().filter(|host| !host.is_empty()).ok_or_else(unusable)?;
    let port = uri.port_u16();
    let is_bare = matches!(uri.path(), "" | "/") && uri.query().is_none();
    // A port that is no number is part of the authority and of nothing else.
    let has_all =
        uri.authority().is_some_and(|authority| authority.as_str().len() == host.len() + uri.port().map_or(0, |p| p.as_str().len() + 1));
    let (scheme, usual) = match uri.scheme_str() {
        Some("http") => ("http", 80),
        Some("https") => ("https", 443),
        _ => return Err(unusable()),
    };
    if !is_bare || !has_all || port == Some(0) {
        return Err(unusable());
    }
    if scheme == "http" && mode == Mode::Production {
        return Err(Refusal(format!(
            "GUILDHALL_BASE_URL is '{said}'; in production it must begin with https://, or passwords and cookies could be read on the way"
        )));
    }
    let port = port.filter(|port| *port != usual).map(|port| format!(":{port}")).unwrap_or_default();
    Ok(format!("{scheme}://{}{port}", host.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_spelling() {
        for (said, url) in [
            ("https://guild.example", "https://guild.example"),
            ("https://guild.example/", "https://guild.example"),
            ("HTTPS://Guild.Example", "https://guild.example"),
            ("https://guild.example:443", "https://guild.example"),
            ("https://guild.example:8443", "https://guild.example:8443"),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("HTTP://[::1]:80", "http://[::1]"),
        ] {
            assert_eq!(origin(said, Mode::Sandbox).map_err(|refusal| refusal.0), Ok(url.to_owned()), "{said}");
        }
    }

    #[test]
    fn what_is_no_address_of_a_site_is_refused() {
        for said in [
            "guild.example",
            "ftp://guild.example",
            "https://",
            "https://guild.example/market",
            "https://guild.example?x=1",
            "https://guild.example:",
            "https://guild.example:0",
            "https://guild.example:99999",
            "https://guild example",
        ] {
            assert!(origin(said, Mode::Sandbox).is_err(), "{said}");
        }
        let refusal = origin("https://me:hunter2@guild.example", Mode::Sandbox).expect_err("a password");
        assert!(!refusal.0.contains("hunter2"), "{refusal}");
        assert!(origin("HTTP://guild.example", Mode::Production).is_err(), "without TLS");
    }
}

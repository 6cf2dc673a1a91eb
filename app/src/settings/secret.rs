//! A new key's secret, shown once. It is never stored here: it travels to its owner's browser in a cookie that scripts
//! can't read and the next page takes away.

#[cfg(feature = "ssr")]
use leptos::prelude::*;

/// The cookie's name, and the only page it is sent to.
#[cfg(feature = "ssr")]
const COOKIE: &str = "new_key";

/// Sends the secret along with the redirect.
#[cfg(feature = "ssr")]
pub(super) fn hand_over(secret: &str, terms: &market::Terms) {
    let secure = if terms.base_url.starts_with("https://") { "; Secure" } else { "" };
    set(&format!("{COOKIE}={secret}; Path=/settings/keys; Max-Age=120; HttpOnly; SameSite=Lax{secure}"));
}

#[cfg(feature = "ssr")]
fn set(cookie: &str) {
    let options = use_context::<leptos_axum::ResponseOptions>();
    if let (Some(options), Ok(value)) = (options, http::HeaderValue::from_str(cookie)) {
        options.append_header(http::header::SET_COOKIE, value);
        options.insert_header(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    }
}

/// Takes the secret out of the browser's cookies, if one was just made.
pub fn take() -> Option<String> {
    #[cfg(feature = "ssr")]
    {
        let parts = use_context::<http::request::Parts>()?;
        let secret = crate::site::cookie(&parts.headers, COOKIE).filter(|secret| !secret.is_empty())?.to_owned();
        set(&format!("{COOKIE}=; Path=/settings/keys; Max-Age=0; HttpOnly; SameSite=Lax"));
        Some(secret)
    }
    #[cfg(not(feature = "ssr"))]
    None
}

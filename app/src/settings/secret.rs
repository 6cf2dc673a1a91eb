//! The secret of a new key, shown once. It is not stored on the server: it is sent in a cookie that scripts can't read and that the
//! next page deletes.

use leptos::prelude::*;

/// The cookie's name.
const COOKIE: &str = "new_key";

/// Sets the secret's cookie on the redirect.
pub(super) fn hand_over(secret: &str, rules: &market::Rules) {
    let secure = if rules.base_url.starts_with("https://") { "; Secure" } else { "" };
    set(&format!("{COOKIE}={secret}; Path=/settings/keys; Max-Age=120; HttpOnly; SameSite=Lax{secure}"));
}

fn set(cookie: &str) {
    let options = use_context::<leptos_axum::ResponseOptions>();
    if let (Some(options), Ok(value)) = (options, http::HeaderValue::from_str(cookie)) {
        options.append_header(http::header::SET_COOKIE, value);
        options.insert_header(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    }
}

/// Reads and deletes the secret's cookie, if a key was just created.
pub fn take() -> Option<String> {
    let parts = use_context::<http::request::Parts>()?;
    let secret = crate::site::cookie(&parts.headers, COOKIE).filter(|secret| !secret.is_empty())?.to_owned();
    set(&format!("{COOKIE}=; Path=/settings/keys; Max-Age=0; HttpOnly; SameSite=Lax"));
    Some(secret)
}

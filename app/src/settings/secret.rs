//! Secrets that are shown once: that of a new key or webhook, and recovery codes. They are not stored on the server: they are sent in a
//! cookie that scripts can't read and that the next page deletes.

use leptos::prelude::*;

/// A kind of secret: the name of its cookie, and the page that shows it.
#[derive(Debug)]
pub struct Once {
    cookie: &'static str,
    page: &'static str,
}

/// The secret of a new key.
pub const KEY: Once = Once { cookie: "new_key", page: "/settings/keys" };

/// New recovery codes, with a point between them.
pub const RECOVERY_CODES: Once = Once { cookie: "new_codes", page: "/settings/security" };

/// The secret of a new webhook, or its new one. The page of the webhook shows it: see [`Once::hand_over_at`].
pub const WEBHOOK: Once = Once { cookie: "new_webhook_secret", page: "/webhooks" };

impl Once {
    /// Sets the secret's cookie on the redirect.
    pub(super) fn hand_over(&self, secret: &str, rules: &market::Rules) {
        self.hand_over_at(self.page, secret, rules);
    }

    /// Sets the secret's cookie on the redirect to the page of one thing.
    pub(crate) fn hand_over_at(&self, page: &str, secret: &str, rules: &market::Rules) {
        let secure = if rules.base_url.starts_with("https://") { "; Secure" } else { "" };
        set(&format!("{}={secret}; Path={page}; Max-Age=120; HttpOnly; SameSite=Lax{secure}", self.cookie));
    }

    /// Reads and deletes the secret's cookie, if there is one.
    pub fn take(&self) -> Option<String> {
        self.take_at(self.page)
    }

    /// Reads and deletes the secret's cookie of the page of one thing, if there is one.
    pub(crate) fn take_at(&self, page: &str) -> Option<String> {
        let parts = use_context::<http::request::Parts>()?;
        let secret = crate::site::cookie(&parts.headers, self.cookie).filter(|secret| !secret.is_empty())?.to_owned();
        set(&format!("{}=; Path={page}; Max-Age=0; HttpOnly; SameSite=Lax", self.cookie));
        Some(secret)
    }
}

fn set(cookie: &str) {
    let options = use_context::<leptos_axum::ResponseOptions>();
    if let (Some(options), Ok(value)) = (options, http::HeaderValue::from_str(cookie)) {
        options.append_header(http::header::SET_COOKIE, value);
        options.insert_header(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    }
}

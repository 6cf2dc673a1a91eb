//! The response of a page besides its HTML: the status, redirects, the content security policy.

/// Sets the status of the response.
pub fn status(code: u16) {
    if let (Some(options), Ok(code)) = (options(), http::StatusCode::from_u16(code)) {
        options.set_status(code);
    }
}

/// Adds a `Set-Cookie` header to the response.
pub fn cookie(cookie: &http::HeaderValue) {
    if let Some(options) = options() {
        options.append_header(http::header::SET_COOKIE, cookie.clone());
    }
}

/// Redirects the browser to another page of this site.
pub fn see_other(to: &str) {
    if let (Some(options), Ok(to)) = (options(), http::HeaderValue::from_str(to)) {
        options.set_status(http::StatusCode::SEE_OTHER);
        options.insert_header(http::header::LOCATION, to);
    }
}

/// Returns the id of this request, as the log has it.
pub fn request_id() -> Option<String> {
    let parts = leptos::prelude::use_context::<http::request::Parts>()?;
    parts.headers.get("x-request-id").and_then(|id| id.to_str().ok()).map(str::to_owned)
}

/// Sets the content security policy of this page.
pub fn policy() {
    crate::site::policy::set();
}

fn options() -> Option<leptos_axum::ResponseOptions> {
    leptos::prelude::use_context()
}

//! What a page says to the browser beside its text: a status, or where to go instead.

/// The response's status.
pub fn status(code: u16) {
    #[cfg(feature = "ssr")]
    if let (Some(options), Ok(code)) = (options(), http::StatusCode::from_u16(code)) {
        options.set_status(code);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = code;
}

/// Sends the browser to another page of ours.
pub fn see_other(to: &str) {
    #[cfg(feature = "ssr")]
    if let (Some(options), Ok(to)) = (options(), http::HeaderValue::from_str(to)) {
        options.set_status(http::StatusCode::SEE_OTHER);
        options.insert_header(http::header::LOCATION, to);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = to;
}

/// What this request is called in the log.
pub fn request_id() -> Option<String> {
    #[cfg(feature = "ssr")]
    {
        let parts = leptos::prelude::use_context::<http::request::Parts>()?;
        parts.headers.get("x-request-id").and_then(|id| id.to_str().ok()).map(str::to_owned)
    }
    #[cfg(not(feature = "ssr"))]
    None
}

/// Says what this page may load.
pub fn policy() {
    #[cfg(feature = "ssr")]
    crate::site::policy::set();
}

#[cfg(feature = "ssr")]
fn options() -> Option<leptos_axum::ResponseOptions> {
    leptos::prelude::use_context()
}

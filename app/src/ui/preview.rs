//! The preview of a text that somebody writes: rendered as its page will render it, and stored nowhere.

use crate::fault::Fault;
use leptos::prelude::*;

/// The most characters of a text that is rendered: those of the longest deliverable.
#[cfg_attr(not(test), allow(dead_code, reason = "the server's half of the function alone uses it"))]
const TEXT_MAX: usize = 200_000;

/// Renders a text for the member who writes it; `kind` is `work` for a deliverable.
#[server(prefix = "/_fn", endpoint = "text/preview")]
pub async fn preview(text: String, kind: String) -> Result<String, Fault> {
    crate::visitor::visitor()?;
    let count = text.chars().count();
    if count > TEXT_MAX {
        let message = format!("It has {count} characters; texts of up to {TEXT_MAX} can be previewed.");
        return Err(market::Error::invalid("too_long_to_preview", message).into());
    }
    Ok(crate::review::reading::previewed(text, kind == "work").await?)
}

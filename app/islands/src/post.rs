//! Posting to the server's functions from a script.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response, UrlSearchParams};

/// Posts fields to a server function; returns whether it succeeded, and its text or the error message.
pub(crate) async fn post(to: &str, fields: &UrlSearchParams, keepalive: bool) -> Result<(bool, Result<String, JsValue>), JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", "application/json")?;
    let how = RequestInit::new();
    how.set_method("POST");
    how.set_headers(&headers);
    how.set_body(fields);
    if keepalive {
        js_sys::Reflect::set(&how, &"keepalive".into(), &JsValue::TRUE)?;
    }
    let answer = JsFuture::from(leptos::prelude::window().fetch_with_str_and_init(to, &how)).await?;
    let answer: Response = answer.dyn_into()?;
    let value = JsFuture::from(answer.json()?).await?;
    if answer.ok() {
        return Ok((true, value.as_string().ok_or(value)));
    }
    let message = js_sys::Reflect::get(&value, &"message".into())?;
    Ok((false, Ok(message.as_string().unwrap_or_default())))
}

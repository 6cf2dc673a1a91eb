//! Form submissions to server functions: post, redirect, get.
//!
//! The values and the error of a refused form are stored in the session, for the page the form is on; those of a member whose
//! session has ended wait for the next sign-in.

use super::origin;
use super::request::PageContext;
use super::{Site, policy};
use crate::fault::Fault;
use crate::flash::{self, Failed};
use crate::member::{SIGN_IN_REQUIRED, unsent};
use crate::once::{self, ONCE};
use crate::ui::form::{FORM_PATH, MARK, PAGE, TEAM};
use crate::url;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Form, FromRequest, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::server_fn::error::FromServerFnError;
use market::db::DISK_FULL;
use market::{Error, Kind, Result};
use storage::body_budget::Sender;
use storage::{BodyFault, whole};

/// The media type of a form.
const FORM: &str = "application/x-www-form-urlencoded";
/// The largest body of a form.
const BODY_MAX: usize = 1 << 20;

/// The values of a form in their order, hidden ones too.
type Typed = Vec<(String, String)>;

pub(super) async fn answer(State(site): State<Site>, http: Request) -> Response {
    match try_answer(&site, http).await {
        Ok(response) => response,
        Err(error) => policy::bare(&error),
    }
}

async fn try_answer(site: &Site, http: Request) -> Result<Response> {
    let (mut parts, body) = http.into_parts();
    if is_of_other_type(&parts.headers) {
        return Ok((StatusCode::UNSUPPORTED_MEDIA_TYPE, format!("Send the form as {FORM}.")).into_response());
    }
    // The body comes first: a form whose bytes arrive slowly must not act for a session that has ended meanwhile.
    let sender = parts.extensions.get::<Sender>().cloned().ok_or_else(Error::internal)?;
    let bytes = whole(body, BODY_MAX, &sender).await.map_err(unread)?;
    let mut page_context = PageContext::without_flash(site, &parts).await?;
    let form = parts.uri.path().trim_start_matches(FORM_PATH).to_owned();
    let typed = if is_form(&parts.headers) { Some(read(&parts.headers, bytes.clone()).await?) } else { None };
    // With HTML accepted, a browser sent it; else a script did, which reads the error itself.
    let typed_page = typed.as_ref().filter(|_| accepts_html(&parts.headers)).cloned();
    if let Some((typed, actor)) = typed_page.as_ref().zip(page_context.visitor.actor.as_ref()) {
        page_context.visitor.once = Some(once::ticket(&site.market, actor, &form, typed)?);
    }
    if let Err(error) = may_act(site, &page_context, &form, typed.as_ref()).await {
        return match typed_page {
            Some(typed) => refused(page_context, form, typed, error).await,
            None => Ok(told(error)),
        };
    }
    // With HTML accepted, Leptos would redirect itself and put the error into the address.
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let call = Request::from_parts(parts, Body::from(bytes));
    let context = page_context.clone();
    let answered = leptos_axum::handle_server_fns_with_context(move || context.provide(), call).await.into_response();
    match typed_page {
        Some(typed) => redirect(page_context, form, typed, answered).await,
        None => json_response(answered).await,
    }
}

/// Fails if the form is not of this visitor's page, or is one too many.
async fn may_act(site: &Site, page_context: &PageContext, form: &str, typed: Option<&Typed>) -> Result<()> {
    if let Some(typed) = typed {
        origin::check(page_context, form, typed).await?;
    }
    let Some(actor) = &page_context.visitor.actor else { return Ok(()) };
    (site.form_limit)(actor, form, typed.and_then(|typed| origin::hidden(typed, "job")))
}

fn unread(fault: BodyFault) -> Error {
    match fault {
        BodyFault::TooLarge => Error::new(Kind::TooLarge, "too_large", "That is more than one form may send, which is 1 MiB."),
        BodyFault::Crowded => storage::errors::crowded(),
        BodyFault::Broken => Error::invalid("incomplete_body", "The form broke off on its way. Send it again."),
    }
}

/// Answers a form with a redirect.
async fn redirect(page_context: PageContext, form: String, typed: Typed, answered: Response) -> Result<Response> {
    let Some(error) = fault(&answered) else {
        // The next page tells of this form; what an earlier one was refused for is over.
        if !leaves_a_form(&form) {
            flash::take(&page_context.visitor.session).await?;
        }
        let redirects = answered.headers().contains_key(header::LOCATION);
        return Ok(if redirects { answered } else { see_other(&back(&typed)) });
    };
    // An unknown form is not stored: its name and fields could be anything.
    let (form, typed, error) =
        if error { (form, typed, read_fault(answered).await) } else { (String::new(), Vec::new(), Error::not_found("form")) };
    refused(page_context, form, typed, error).await
}

/// Returns true for the forms after which the session holds a form that is to be sent again.
fn leaves_a_form(form: &str) -> bool {
    matches!(form, "sign-in" | "sign-in/code")
}

/// Returns the page that a form was on.
fn back(typed: &[(String, String)]) -> String {
    origin::hidden(typed, PAGE).map(url::ours).unwrap_or("/").to_owned()
}

/// Stores a refused form for its page, and redirects there. A disk that is full takes no form: the browser's own Back has it.
async fn refused(page_context: PageContext, form: String, typed: Typed, error: Error) -> Result<Response> {
    if error.code == DISK_FULL {
        return Err(error);
    }
    let back = back(&typed);
    let is_early = error.kind == Kind::Unauthenticated && error.code == SIGN_IN_REQUIRED;
    let visitor = &page_context.visitor;
    let whose = origin::member(&visitor.market, &typed);
    // Secrets come back from the page's own address, never from the session's row.
    let is_hidden = |name: &str| [PAGE, TEAM, MARK, ONCE, "token", "code", "secret"].contains(&name) || name.contains("password");
    let values = typed.into_iter().filter(|(name, _)| !is_hidden(name)).collect();
    let mut failed = Failed { form, values, error };
    let to = if is_early { format!("/sign-in?next={}", url::encode(&back)) } else { back.clone() };
    if is_early {
        if let Some(member) = whose {
            unsent::keep(&visitor.market, &member, &back, failed.clone()).await?;
        }
        // The page of the form is not the next one, which would take the values and not show them.
        failed.values.clear();
    }
    let kept_max = if visitor.actor.is_some() { flash::KEPT_MAX } else { flash::STRANGER_KEPT_MAX };
    visitor.session.insert(flash::KEY, failed.within_bounds(kept_max)).await.map_err(flash::unkept)?;
    Ok(see_other(&to))
}

/// Answers a script: an error as JSON, with its own status.
async fn json_response(answered: Response) -> Result<Response> {
    if fault(&answered) != Some(true) {
        return Ok(answered);
    }
    Ok(told(read_fault(answered).await))
}

fn told(error: Error) -> Response {
    let status = StatusCode::from_u16(error.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, axum::Json(error)).into_response()
}

/// Returns none for success; for a failure, true if the response contains the market's error.
fn fault(answered: &Response) -> Option<bool> {
    let told = answered.headers().contains_key(leptos::server_fn::error::SERVER_FN_ERROR_HEADER);
    (told || answered.status().is_client_error() || answered.status().is_server_error()).then_some(told)
}

async fn read_fault(answered: Response) -> Error {
    let bytes = to_bytes(answered.into_body(), BODY_MAX).await.unwrap_or_default();
    Fault::de(bytes).0
}

fn accepts_html(headers: &HeaderMap) -> bool {
    has(headers, header::ACCEPT, "text/html")
}

fn is_form(headers: &HeaderMap) -> bool {
    has(headers, header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

fn has(headers: &HeaderMap, name: header::HeaderName, word: &str) -> bool {
    headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(word))
}

/// Returns true if the body is announced as something else than a form.
fn is_of_other_type(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap_or_default());
    kind.is_some_and(|kind| !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(FORM))
}

async fn read(headers: &HeaderMap, bytes: Bytes) -> Result<Typed> {
    let mut request = Request::post("/").body(Body::from(bytes)).map_err(|_| Error::internal())?;
    request.headers_mut().extend(headers.get(header::CONTENT_TYPE).map(|value| (header::CONTENT_TYPE, value.clone())));
    let read = Form::<Typed>::from_request(request, &()).await;
    read.map(|Form(pairs)| pairs).map_err(|_| Error::invalid("unreadable_form", "The form is not URL-encoded UTF-8."))
}

fn see_other(to: &str) -> Response {
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

//! Files of a job, for pages: an upload form that works without JavaScript, and the bytes for whoever is signed in.
//!
//! The market decides who may send and read, the file store moves the bytes; the API has routes of its own for programs.

use api::Services;
use app::flash::{self, Failed, notice};
use app::member::{SIGN_IN_REQUIRED, must_be_own_form, signed_in};
use app::once::{self, ONCE};
use app::ui::form::MARK;
use app::url;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use market::file::{self, File};
use market::id::JobId;
use market::idempotency::{self, Answer};
use market::{Actor, Error, Market, Result, Rules, job};
use storage::{Form, LingeringBody, Received, receive};
use tower_sessions::Session;

/// The form's name, by which the page shows its errors.
const FORM: &str = "files/send";

/// Builds the routes; they are mounted among the pages, inside their session.
pub(crate) fn routes(services: Services) -> Router {
    Router::new().route("/jobs/{id}/files", post(send)).route("/jobs/{id}/files/{file}", get(open)).with_state(services)
}

/// `POST /jobs/{id}/files?page=/jobs/…` stores a file as the kind in `kind`, else as attachment, part of the work or evidence, depending
/// on the job's status. A browser is redirected to the page with a notice; a script gets JSON.
async fn send(State(services): State<Services>, Path(id): Path<String>, session: Session, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let (body, waits) = (LingeringBody::new(body), parts.headers.contains_key(header::EXPECT));
    let kept = keep(&services, &id, &session, &parts, &body).await;
    body.drain(waits, services.market.rules.file_max.unsigned_abs()).await;
    match accepts_html(&parts.headers) {
        true => back(&services.market.rules, &session, &parts, &id, kept).await,
        false => json_response(kept),
    }
}

async fn keep(services: &Services, id: &str, session: &Session, parts: &Parts, body: &LingeringBody) -> Result<File> {
    let Services { market, files, .. } = services;
    let actor = visitor(market, session).await?;
    must_be_own_form(market, &actor, None, query(parts, MARK).as_deref())?;
    let id = JobId::parse(id)?;
    let form = body.take().and_then(|body| Form::of(&parts.headers, body));
    let form =
        form.ok_or_else(|| Error::invalid("unreadable_form", "The form must be sent as multipart/form-data with the field file."))?;
    let kind = match query(parts, "kind").as_deref().and_then(file::Kind::parse) {
        Some(kind) => kind,
        None => file::meant(&mut market.read().await?, &actor, &id).await?,
    };
    let received = receive(market, files, &actor, &id, kind, form).await.map_err(for_people)?;
    // The member may have signed out while the bytes arrived, which the record that was read before them can't tell.
    session.load().await.map_err(|_| Error::unavailable())?;
    let actor = visitor(market, session).await?;
    match query(parts, ONCE).filter(|_| accepts_html(&parts.headers)) {
        Some(value) => record_once(market, &actor, received, value).await,
        // A script sends several files by one form.
        None => received.record_now(market, &actor).await,
    }
}

/// Records an upload, unless an earlier press of the same button sent the same file.
async fn record_once(market: &Market, actor: &Actor, received: Received, value: String) -> Result<File> {
    // Another file from the same page is another upload.
    let file = received.fingerprint().map(String::from_utf8_lossy).join(" ");
    let ticket = once::ticket(market, actor, &format!("{FORM} {file}"), &[(ONCE.to_owned(), value)])?;
    let (file, is_first) = market::act!(market, |tx| Ok::<_, Error>(match idempotency::claim(tx, &ticket).await? {
        Some(first) => (serde_json::from_str(&first.body).map_err(|_| Error::internal())?, false),
        None => {
            let file = received.record(tx, actor).await?;
            let body = serde_json::to_string(&file).map_err(|_| Error::internal())?;
            idempotency::keep(tx, &Answer { status: 201, body }).await?;
            (file, true)
        }
    }))?;
    if is_first {
        received.confirm();
    }
    Ok(file)
}

/// Rewords the error of an empty file field: a browser sends it as a file without a name.
fn for_people(error: Error) -> Error {
    let is_empty = error.fields.iter().any(|field| field.message.starts_with("It has no file name"));
    if is_empty { Error::field("file", "Choose a file first.") } else { error }
}

async fn visitor(market: &Market, session: &Session) -> Result<Actor> {
    let (actor, _) = signed_in(market, session)
        .await?
        .ok_or_else(|| Error::unauthenticated(SIGN_IN_REQUIRED, "Sign in first, then send this again."))?;
    Ok(actor)
}

/// Redirects to the form's page with a notice of success or the error.
async fn back(rules: &Rules, session: &Session, parts: &Parts, id: &str, kept: Result<File>) -> Response {
    let job = format!("/jobs/{}", JobId::parse(id).map(|id| id.0).unwrap_or_default());
    let page = query(parts, "page").unwrap_or(job);
    let page = url::ours(&page);
    let error = match kept {
        Ok(file) => {
            if flash::take(session).await.is_err() {
                return json_response(Err(Error::unavailable()));
            }
            let mut response = see_other(page);
            response.headers_mut().append(header::SET_COOKIE, notice::cookie(&format!("{} is uploaded.", file.name), rules));
            return response;
        }
        Err(error) => error,
    };
    let to = if error.code == SIGN_IN_REQUIRED { format!("/sign-in?next={}", url::encode(page)) } else { page.to_owned() };
    let failed = Failed { form: FORM.to_owned(), values: vec![("job".to_owned(), id.chars().take(40).collect())], error };
    match session.insert(flash::KEY, failed).await {
        Ok(()) => see_other(&to),
        Err(_) => json_response(Err(Error::unavailable())),
    }
}

/// `GET /jobs/{id}/files/{file}` sends the bytes, or the range that is asked for, as long as the session and its permission last. A
/// player or a document on a page comes back for more long after the page was opened, so there is no link here that expires.
async fn open(
    State(services): State<Services>,
    Path((id, file)): Path<(String, String)>,
    session: Session,
    method: Method,
    headers: HeaderMap,
) -> Response {
    match bytes(&services, &session, (&id, &file), &method, &headers).await {
        Ok(response) => response,
        Err(error) if error.code == SIGN_IN_REQUIRED && accepts_html(&headers) => {
            see_other(&format!("/sign-in?next={}", url::encode(&format!("/jobs/{id}"))))
        }
        Err(error) => json_response(Err(error)),
    }
}

/// Sends a file of a job, if the visitor may read it now.
async fn bytes(services: &Services, session: &Session, (id, file): (&str, &str), method: &Method, headers: &HeaderMap) -> Result<Response> {
    let Services { market, files, .. } = services;
    let actor = visitor(market, session).await?;
    let mut conn = market.read().await?;
    let access = job::access(&mut conn, &actor, &JobId::parse(id)?).await?;
    let file = file::by_path(&mut conn, &access, file).await?;
    drop(conn);
    storage::send(files, &file, method, headers).await
}

/// Renders the result for a script.
fn json_response(kept: Result<File>) -> Response {
    match kept {
        Ok(file) => (StatusCode::CREATED, axum::Json(file)).into_response(),
        Err(error) => {
            let status = StatusCode::from_u16(error.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, axum::Json(error)).into_response()
        }
    }
}

fn see_other(to: &str) -> Response {
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

fn accepts_html(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accepts| accepts.contains("text/html"))
}

fn query(parts: &Parts, name: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = axum::extract::Query::try_from_uri(&parts.uri).ok()?.0;
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

//! `GET /events`: the event stream for pages of signed-in members. It is the API's stream, opened by a session.

use crate::session::row;
use api::Services;
use api::event_stream::{StreamOptions, flow, last_event_id};
use axum::Router;
use axum::extract::{Query, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use market::live::{Grant, StreamParams};
use market::network::Network;
use market::{Error, Result, feed};
use serde::Deserialize;
use std::time::Duration;
use tower_sessions::Session;

/// The interval of keep-alive comments on an idle stream.
const KEEPALIVE: Duration = Duration::from_secs(30);

/// Builds the route; it is mounted among the pages, inside their session.
pub(crate) fn routes(services: Services) -> Router {
    Router::new().route("/events", get(events)).with_state(services)
}

/// The query of a page that opens the stream for the first time.
#[derive(Deserialize)]
struct StreamQuery {
    /// The number of the last event before the page was rendered.
    last_event_id: Option<i64>,
}

async fn events(State(services): State<Services>, session: Session, Query(drawn): Query<StreamQuery>, request: Request) -> Response {
    let headers = request.headers();
    let network = Network::of(services.limiter.address(headers, request.extensions()));
    let after = last_event_id(headers).or(drawn.last_event_id);
    match listen(&services, &session, &network, after).await {
        Ok(response) => response,
        // Only the status matters: browsers ignore the body, and reconnect after anything but a 4xx.
        Err(error) => {
            let status = StatusCode::from_u16(error.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, error.message.into_owned()).into_response()
        }
    }
}

async fn listen(services: &Services, session: &Session, network: &Network, after: Option<i64>) -> Result<Response> {
    let nobody = || Error::unauthenticated("sign_in_required", "Sign in first.");
    let (actor, epoch) = app::member::signed_in(&services.market, session).await?.ok_or_else(nobody)?;
    let pass = Grant::session(&actor.member, &actor.team, epoch, row(&session.id().ok_or_else(nobody)?));
    let permit = services.limiter.stream(&actor, network)?;
    let viewer = feed::viewer(&mut services.market.read().await?, &actor).await?;
    let stream = services.hub.open(&services.market, viewer, pass, StreamParams { after, ..StreamParams::default() }).await?;
    let headers = HeaderMap::from_iter([
        (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ]);
    // A page has one listener for all events, so they carry no names.
    let options = StreamOptions { clock: services.market.clock.clone(), keepalive: KEEPALIVE, is_named: false };
    Ok((headers, flow(stream, permit, options)).into_response())
}

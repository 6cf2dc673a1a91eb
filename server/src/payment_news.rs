//! The address to which Stripe posts its events.

use api::Services;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use http::{HeaderMap, StatusCode};
use market::Result;
use market::network::Network;
use market::payment::{self, News};
use std::sync::Arc;
use storage::{BodyFault, whole};
use stripe::{BODY_MAX, NewsError};

/// The address, as docs/going-live.md names it.
const PATH: &str = "/stripe/webhook";
const SIGNATURE: &str = "stripe-signature";

/// The receiver's state: the secret never leaves it.
#[derive(Clone)]
struct Receiver {
    services: Services,
    secret: Arc<str>,
    is_live: bool,
}

/// Builds the route; a server without Stripe has none.
pub(crate) fn routes(services: &Services, secret: Option<&str>, is_live: bool) -> Router {
    let Some(secret) = secret else { return Router::new() };
    let receiver = Receiver { services: services.clone(), secret: secret.into(), is_live };
    Router::new().route(PATH, post(receive)).with_state(receiver)
}

async fn receive(State(receiver): State<Receiver>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let network = Network::of(receiver.services.limiter.address(&parts.headers, &parts.extensions));
    let body = match whole(body, BODY_MAX, &receiver.services.bodies.of_network(&network)).await {
        Ok(body) => body,
        Err(BodyFault::TooLarge) => return (StatusCode::PAYLOAD_TOO_LARGE, "an event has at most 256 KiB\n").into_response(),
        Err(BodyFault::Crowded) => return (StatusCode::SERVICE_UNAVAILABLE, "no memory for more bodies; send it again\n").into_response(),
        Err(BodyFault::Broken) => return (StatusCode::BAD_REQUEST, "the body broke off\n").into_response(),
    };
    let now = receiver.services.market.clock.now().seconds();
    let news = match stripe::read(&receiver.secret, receiver.is_live, signature(&parts.headers), &body, now) {
        Ok(news) => news,
        Err(error) => return refused(error),
    };
    match apply(&receiver.services, &news).await {
        Ok(()) => (StatusCode::OK, "received\n").into_response(),
        Err(error) => {
            tracing::error!(event = news.id, kind = news.kind, code = %error.code, "an event of Stripe's could not be applied; Stripe sends it again");
            let status = StatusCode::from_u16(error.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, "not applied; send it again\n").into_response()
        }
    }
}

async fn apply(services: &Services, news: &News) -> Result<()> {
    payment::take(&services.market, services.payments.provider()?, news).await.map(drop)
}

fn signature(headers: &HeaderMap) -> &str {
    headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn refused(error: NewsError) -> Response {
    let reason = match error {
        NewsError::Signature(reason) => reason,
        NewsError::Unreadable => "the body is not an event",
        NewsError::OtherMode => "the event is of Stripe's other mode: test and live have webhook endpoints of their own",
    };
    tracing::warn!(reason, "a posted event was refused");
    (StatusCode::BAD_REQUEST, format!("{reason}\n")).into_response()
}

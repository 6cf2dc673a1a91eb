//! `GET /api/agent/events`: the caller's events as a stream.

use api::call::Call;
use api::context::RequestContext;
use api::credential::Presented;
use api::event_stream::{LastEventId, StreamOptions, flow};
use api::query::Query;
use api::rate_limit::too_many_streams;
use api::response::{ApiError, ApiResult, EVENTS, stream};
use api::route::{Argument, Route, get};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use market::actor::Credential;
use market::live::{Grant, StreamParams};
use market::nouns::REGISTRY;
use market::{Actor, Error, Result, actor, feed, token};
use serde::Deserialize;
use serde_json::json;
use std::sync::LazyLock;
use utoipa::IntoParams;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/agent/events", events)
            .named("agentgigs_events")
            .says("Events as a stream", &ABOUT)
            .gives(200, json!(EXAMPLE))
            .in_media(EVENTS)
            .refuses(REGISTRY.events.read_types("job.lost").expect_err("there is no such type"))
            .refuses(actor::errors::missing_scope("events:read"))
            .refuses(too_many_streams("You have", 20))
            .refuses(market::live::errors::too_many_streams(market::live::STREAMS_MAX)),
    ]
}

const EXAMPLE: &str = "retry: 3000\nid: 1041\n\nevent: application.update\nid: 1042\ndata: {\"id\":\"evt_4f7h1k9m2p5r8t3v6x0z\",\
    \"type\":\"application.update\",\"job_id\":\"308f8811-0a46-4024-b8ef-514f4dcd857b\",\"at\":\"2026-01-31T12:00:00.000Z\",\
    \"title\":\"Parse invoices\",\"application_id\":\"prop_6w9z2c5f8j1m4p7s0v3y\",\"price\":45000,\"status\":\"funded\"}\n\n: keepalive\n\n";

static ABOUT: LazyLock<String> = LazyLock::new(|| {
    let kinds: String = REGISTRY.events.stream_types().iter().map(|sent| format!("\n- `{}`: {}", sent.name, sent.sentence)).collect();
    format!(
        "A stream of server-sent events. Each has its type as `event`, its number as `id`, and as `data` one JSON object with `id`, \
         `type`, `job_id`, `at` and the facts of its type. Amounts are in cents.\n\n\
         After a break send the number of your last event as `Last-Event-ID` (browsers do so by themselves): the stream begins with the \
         events that you missed, each once and in order. `event: reset` says that this number is too old or unknown: read again what you \
         keep a copy of; the stream continues. A comment comes every 30 seconds when no event does. The stream ends within a second \
         when your key is revoked or your token expires, and with a `retry` hint when the server stops. A person may have 20, 100 or 500 \
         streams open (free, pro, enterprise).\n\nTypes:{kinds}"
    )
});

/// The parameters of an event stream.
#[derive(Default, Deserialize, IntoParams)]
struct Asked {
    /// Only events of these types, separated by commas; all types if left out
    #[param(example = "job.available,application.update")]
    types: Option<String>,
    /// The number of the last event that you have, if you can't set the header `Last-Event-ID`; the header takes precedence
    #[param(minimum = 0)]
    last_event_id: Option<i64>,
    /// `false` to end the stream after the events that have happened so far, for clients that poll
    #[param(default = true)]
    follow: Option<bool>,
}

async fn events(call: Call, held: Held, last: LastEventId, Query(asked): Query<Asked>) -> ApiResult<String> {
    let wanted = StreamParams {
        kinds: REGISTRY.events.read_types(asked.types.as_deref().unwrap_or_default())?,
        after: last.0.or(asked.last_event_id),
        ends: asked.follow == Some(false),
    };
    let (market, services) = (call.market(), &call.state().services);
    let permit = services.limiter.stream(&call.actor, call.network())?;
    let viewer = feed::viewer(&mut call.read().await?, &call.actor).await?;
    let events = services.hub.open(market, viewer, held.pass(&call.actor)?, wanted).await?;
    let options = StreamOptions { clock: market.clock.clone(), keepalive: services.keepalive, is_named: true };
    Ok(stream(EVENTS, flow(events, permit, options)))
}

/// The epoch and expiry of the request's access token; none for an API key.
struct Held(Option<(i64, market::Time)>);

impl Held {
    fn pass(self, actor: &Actor) -> Result<Grant> {
        match (&actor.credential, self.0) {
            (Credential::Key { id, .. }, _) => Ok(Grant::Key(id.clone())),
            (_, Some((epoch, until))) => Ok(Grant::token(&actor.member, &actor.team, epoch, until)),
            _ => Err(Error::internal()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Held {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let context = RequestContext::of(parts)?;
        match Presented::find(&parts.headers, context.dialect)? {
            Presented::Key(_) => Ok(Self(None)),
            Presented::Token(jwt) => Ok(Self(Some(token::life(&context.state.services.market, jwt)?))),
        }
    }
}

impl Argument for Held {
    fn describe(_: &mut api::openapi::Doc) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_of_a_type_there_is() {
        let kind = EXAMPLE.lines().find_map(|line| line.strip_prefix("event: "));
        assert!(REGISTRY.events.stream_types().iter().any(|sent| Some(sent.name) == kind), "{kind:?}");
    }
}

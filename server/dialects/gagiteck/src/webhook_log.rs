//! The log of a webhook: its deliveries and their attempts, and sending them again.

use crate::webhooks::no_webhook;
use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, accepted, ok};
use api::route::{Route, get, post};
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::delivery::{self, LogFilter, Replay, Replayed, Shown, State, Which};
use market::id::{DeliveryId, EndpointId};
use market::text::Word;
use market::{Error, Page, Paging, Result, Time, endpoint};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/v1/webhooks/{id}/deliveries", list)
            .named("gagiteck_list_deliveries")
            .says("The log of a webhook", "Lists the deliveries of the last 30 days, newest first; `status`, `event` and `id` narrow it.")
            .gives(200, shown::<Deliveries>(samples::page(vec![sample_row()])))
            .refuses(no_webhook()),
        get("/v1/webhooks/{id}/deliveries/{delivery_id}", show)
            .named("gagiteck_show_delivery")
            .says("A delivery", "With the body that is posted and the last attempts, the last one first.")
            .gives(200, shown::<ShownDelivery>(Shown { delivery: sample_row(), body: "{}".into(), attempts: vec![sample_attempt()] }))
            .refuses(no_delivery()),
        post("/v1/webhooks/{id}/deliveries/{delivery_id}/redeliver", redeliver)
            .named("gagiteck_redeliver")
            .says("Send a delivery again", "It keeps its id, so a receiver that had it can tell.")
            .gives(202, sample_delivery())
            .refuses(delivery::errors::delivery_in_flight())
            .refuses(endpoint::errors::webhook_disabled())
            .refuses(no_delivery()),
        post("/v1/webhooks/{id}/replay", replay)
            .named("gagiteck_replay")
            .says("Send the events of a time again", "`which`: `failed` for those that were not delivered, `all` for all. Events keep their delivery's id; at most 10,000 at a time, the oldest first.")
            .takes(json!({ "since": "2026-01-31T12:00:00Z", "which": "failed" }))
            .gives(202, shown::<ReplayedRange>(Replayed { count: 12, is_all: true, next_since: None }))
            .refuses(endpoint::errors::webhook_disabled())
            .refuses(no_webhook()),
    ]
}

fn no_delivery() -> Error {
    Error::not_found("delivery")
}

fn sample_row() -> delivery::Delivery {
    delivery::Delivery {
        id: "msg_1d4g7k0n3q6t9w2z5b8e".into(),
        endpoint_id: "wh_1d4g7k0n3q6t9w2z5b8e".into(),
        event: "job.delivered".into(),
        event_at: samples::AT,
        state: State::Waiting,
        attempts: 1,
        next_at: Some(samples::AT),
        created_at: samples::AT,
        ended_at: None,
        last_status: Some(503),
        last_latency_ms: Some(190),
    }
}

fn sample_attempt() -> delivery::Attempt {
    delivery::Attempt { nth: 1, at: samples::AT, status: Some(503), latency_ms: 190, answer: Some("warming up".into()), error: None }
}

pub(crate) fn sample_delivery() -> Value {
    shown::<Delivery>(sample_row())
}

/// A delivery: one event to one webhook.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::Delivery)]
pub(crate) struct Delivery {
    /// The id, which the header `webhook-id` carries with every attempt
    id: String,
    webhook_id: String,
    event: String,
    event_at: Stamp,
    #[schema(schema_with = enum_schema::of::<State>)]
    status: &'static str,
    attempts: i64,
    /// When it is sent next; null once it is over
    next_attempt_at: Option<Stamp>,
    created_at: Stamp,
    ended_at: Option<Stamp>,
    /// The HTTP status of the last answer; null without one
    last_status: Option<i64>,
    /// The time that the last attempt took; null before the first one
    last_latency_ms: Option<i64>,
}

impl From<delivery::Delivery> for Delivery {
    fn from(row: delivery::Delivery) -> Self {
        Self {
            id: row.id.0,
            webhook_id: row.endpoint_id.0,
            event: row.event,
            event_at: row.event_at.into(),
            status: row.state.as_str(),
            attempts: row.attempts,
            next_attempt_at: row.next_at.map(Stamp::from),
            created_at: row.created_at.into(),
            ended_at: row.ended_at.map(Stamp::from),
            last_status: row.last_status,
            last_latency_ms: row.last_latency_ms,
        }
    }
}

/// A page of deliveries.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::Deliveries)]
struct Deliveries {
    data: Vec<Delivery>,
    total: i64,
    limit: i64,
    offset: i64,
}

impl From<Page<delivery::Delivery>> for Deliveries {
    fn from(page: Page<delivery::Delivery>) -> Self {
        let Page { items, total, limit, offset, .. } = page;
        Self { data: items.into_iter().map(Delivery::from).collect(), total, limit, offset }
    }
}

/// An attempt to send a delivery.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::Attempt)]
struct Attempt {
    /// The number, from 1
    attempt: i64,
    at: Stamp,
    /// The HTTP status of the answer; null without one
    status: Option<i64>,
    latency_ms: i64,
    /// The beginning of the answer, 4 KiB at most
    answer: Option<String>,
    /// The reason why there was no answer
    error: Option<String>,
}

impl From<delivery::Attempt> for Attempt {
    fn from(row: delivery::Attempt) -> Self {
        let delivery::Attempt { nth, at, status, latency_ms, answer, error } = row;
        Self { attempt: nth, at: at.into(), status, latency_ms, answer, error }
    }
}

/// A delivery with its body and its attempts.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::ShownDelivery)]
struct ShownDelivery {
    #[serde(flatten)]
    delivery: Delivery,
    /// The body that is posted, as it is signed
    body: String,
    /// The last attempts, the last one first
    log: Vec<Attempt>,
}

impl From<Shown> for ShownDelivery {
    fn from(shown: Shown) -> Self {
        Self { delivery: shown.delivery.into(), body: shown.body, log: shown.attempts.into_iter().map(Attempt::from).collect() }
    }
}

/// The part of a log.
#[derive(Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
struct LogParams {
    /// The state of the deliveries; all of them if it is left out
    status: Option<String>,
    /// The name of the event; all of them if it is left out. With it, the last 10,000 of that event are searched
    event: Option<String>,
    /// The delivery's id, as your server knows it from `webhook-id`
    id: Option<String>,
    /// The most deliveries of the answer, 1 to 100; 20 if it is left out
    limit: Option<i64>,
    /// The number of deliveries that are left out
    offset: Option<i64>,
}

impl TryFrom<LogParams> for LogFilter {
    type Error = Error;
    fn try_from(wanted: LogParams) -> Result<Self> {
        let state = wanted.status.as_deref().map(|word| State::read("status", word)).transpose()?;
        Ok(Self { state, event: wanted.event, id: wanted.id.map(DeliveryId::from) })
    }
}

/// The events of a time.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gagiteck::NewReplay)]
#[serde(default)]
struct NewReplay {
    /// The beginning, within the last 30 days
    #[schema(required, format = DateTime, example = "2026-01-31T12:00:00Z")]
    since: String,
    /// The end; now if it is left out
    #[schema(format = DateTime)]
    until: Option<String>,
    /// The deliveries of that time; `failed` if it is left out
    #[schema(schema_with = enum_schema::of::<Which>)]
    which: Option<String>,
}

impl TryFrom<NewReplay> for Replay {
    type Error = Error;
    fn try_from(new: NewReplay) -> Result<Self> {
        let since = Time::parse("since", &new.since)?;
        let until = new.until.map(|text| Time::parse("until", &text)).transpose()?;
        let which = new.which.map_or(Ok(Which::Failed), |word| Which::read("which", &word))?;
        Ok(Self { since, until, which })
    }
}

/// The result of a replay.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::Replayed)]
struct ReplayedRange {
    /// The number of deliveries that are sent now
    count: i64,
    /// False if there are more: call it again later
    complete: bool,
    /// The `since` of the next call, if not all events of the range were looked at
    next_since: Option<Stamp>,
}

impl From<Replayed> for ReplayedRange {
    fn from(Replayed { count, is_all, next_since }: Replayed) -> Self {
        Self { count, complete: is_all, next_since: next_since.map(Stamp::from) }
    }
}

async fn list(call: Call, Id(id): Id<EndpointId>, Query(wanted): Query<LogParams>) -> ApiResult<Deliveries> {
    let paging = Paging::new(wanted.limit, wanted.offset)?;
    let filter = wanted.try_into()?;
    let mut conn = call.read().await?;
    Ok(ok(delivery::list(&mut conn, &call.actor, &id, &filter, paging).await?))
}

async fn show(call: Call, Id(webhook): Id<EndpointId>, Id(id): Id<DeliveryId>) -> ApiResult<ShownDelivery> {
    let mut conn = call.read().await?;
    delivery::must_be_of(&mut conn, &call.actor, &webhook, &id).await?;
    Ok(ok(delivery::show(&mut conn, &call.actor, &id).await?))
}

async fn redeliver(call: Call, Id(webhook): Id<EndpointId>, Id(id): Id<DeliveryId>) -> ApiResult<Delivery> {
    let mut tx = call.begin().await?;
    delivery::must_be_of(&mut tx, &call.actor, &webhook, &id).await?;
    let sent = delivery::redeliver(&mut tx, &call.actor, &id).await?;
    call.commit(tx, accepted(sent)).await
}

async fn replay(call: Call, Id(id): Id<EndpointId>, Body(new): Body<NewReplay>) -> ApiResult<ReplayedRange> {
    let wanted = new.try_into()?;
    let mut tx = call.begin().await?;
    let replayed = delivery::replay(&mut tx, &call.actor, &call.webhooks(), &id, &wanted).await?;
    call.commit(tx, accepted(replayed)).await
}

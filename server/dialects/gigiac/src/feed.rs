//! The feed: what happens on this server, for everybody, as a list and as a stream.

use crate::follow::follow;
use crate::paging::PageParams;
use api::amount::Dollars;
use api::call::AnonymousCall;
use api::enum_schema;
use api::list;
use api::query::Query;
use api::rate_limit::{ANONYMOUS_STREAMS_MAX, too_many_streams};
use api::response::{ApiResult, EVENTS, ok, stream};
use api::route::{Route, get};
use api::samples::{self, JOB, TEAM};
use api::stamp::Stamp;
use market::Money;
use market::activity::{self, Activity, Kind, PublicJob};
use market::id::JobId;
use market::job::Category;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/feed", list)
            .named("gigiac_feed")
            .says(
                "What happens on this server",
                "New tasks, paid work and payouts, newest first. It needs no key, and only what happened is in it. Of confidential tasks it tells \
                 what the list of open tasks tells, and no more; the receivers of payouts are nobody's business.",
            )
            .gives(200, json!(Feed::from(samples::page(vec![sample()])))),
        get("/api/feed/stream", streamed)
            .named("gigiac_feed_stream")
            .says("What happens on this server, as it happens", "A stream of server-sent events: each has the `type` of an item of the feed as `event`, and the item as `data`.")
            .gives(200, json!(format!("event: task.created\nid: 1042\ndata: {}\n\n", json!(Item::from(sample())))))
            .in_media(EVENTS)
            .refuses(too_many_streams("Your network address has", ANONYMOUS_STREAMS_MAX)),
    ]
}

/// Something that happened.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::FeedItem)]
pub(super) struct Item {
    id: String,
    /// The type: `task.created`, `task.completed` or `payout`
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    at: Stamp,
    /// The budget of a new task, the price of a completed one, the sum of a payout, in dollars
    amount: Dollars,
    /// The task; null for a payout
    task: Option<FeedTask>,
}

/// The part of a task that everybody may know.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::FeedTask)]
struct FeedTask {
    /// The id; null once the task is not listed any more
    id: Option<String>,
    /// The title; null once the task is not listed any more
    title: Option<String>,
    #[schema(schema_with = enum_schema::of::<market::job::Category>)]
    category: &'static str,
    user: Named,
    /// The bot that completed the task; null for a new one
    bot: Option<Named>,
    /// The id of the hallmark of its work; null without one
    hallmark_id: Option<String>,
}

/// A party with its name.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::FeedParty)]
struct Named {
    id: String,
    name: String,
}

impl From<Activity> for Item {
    fn from(activity: Activity) -> Self {
        Self {
            id: activity.id.0,
            kind: match activity.kind {
                Kind::Posted => "task.created",
                Kind::Completed => "task.completed",
                Kind::PaidOut => "payout",
            },
            at: activity.at.into(),
            amount: activity.amount.into(),
            task: activity.job.map(FeedTask::from),
        }
    }
}

impl From<PublicJob> for FeedTask {
    fn from(job: PublicJob) -> Self {
        let (id, title) = job.listed.map(|(id, title)| (id.task_id(), title)).unzip();
        Self {
            id,
            title,
            category: job.category.as_str(),
            user: Named { id: job.poster.0.0, name: job.poster.1 },
            bot: job.worker.map(|(id, name)| Named { id: id.0, name }),
            hallmark_id: job.hallmark.map(|hallmark| hallmark.id.0),
        }
    }
}

list! {
    /// A page of the feed.
    #[schema(as = gigiac::Feed)]
    struct Feed { items: Item } of Activity
}

fn sample() -> Activity {
    let job = PublicJob {
        listed: Some((JobId::from(JOB), "Parse invoices".into())),
        category: Category::Coding,
        poster: (TEAM.into(), "Ada".into()),
        worker: None,
        hallmark: None,
    };
    Activity {
        id: "evt_4f7h1k9m2p5r8t3v6x0z".into(),
        seq: 1_042,
        kind: Kind::Posted,
        at: samples::AT,
        amount: Money(48_000),
        job: Some(job),
    }
}

async fn list(call: AnonymousCall, Query(page): Query<PageParams>) -> ApiResult<Feed> {
    let part = page.part()?;
    let mut conn = call.read().await?;
    Ok(ok(activity::list(&mut conn, part).await?))
}

async fn streamed(call: AnonymousCall) -> ApiResult<String> {
    let services = &call.state().services;
    let permit = services.limiter.anonymous_stream(call.network())?;
    let last = activity::last(&mut call.read().await?).await?;
    Ok(stream(EVENTS, follow(services, permit, last)))
}

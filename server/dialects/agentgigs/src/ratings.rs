//! Ratings: poster and worker of a completed job rate each other.

use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::hundredths::Hundredths;
use api::paging::PartParams;
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, created, ok};
use api::route::{Route, get, post};
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::id::JobId;
use market::job::{self, Status};
use market::rating::{self, Draft, Rating, Ratings, Reputation, errors};
use market::{Error, Page};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/jobs/{id}/ratings", list)
            .named("agentgigs_ratings")
            .says(
                "The ratings of a job",
                "Shows your own rating, and the other side's once both have rated or 14 days have passed since the job was completed.",
            )
            .gives(200, shown::<Both>(Ratings { items: vec![samples::job::rating()], may_rate: false, until: Some(samples::job::rating().visible_at) }))
            .refuses(Error::not_found("job"))
            .refuses(super::ref_is_no_id()),
        post("/api/jobs/{id}/ratings", rate)
            .named("agentgigs_rate")
            .says(
                "Rate the other side",
                "Each side rates once, within 14 days of the job's completion, and can't change it. The other side reads it when it has rated too, or when the 14 days are over.",
            )
            .takes(json!({ "stars": 5, "comment": "All samples covered, and a day early." }))
            .gives(201, shown::<RatingView>(samples::job::rating()))
            .refuses(Error::not_found("job"))
            .refuses(super::ref_is_no_id())
            .refuses(errors::not_completed(Status::Delivered))
            .refuses(errors::already_rated())
            .refuses(errors::rating_over()),
        get("/api/agent/ratings", received)
            .named("agentgigs_received_ratings")
            .says("The ratings you received", "Lists ratings newest first, with the mean of all. Ratings that are still hidden are left out.")
            .gives(200, shown::<Received>((samples::job::reputation(), samples::page(vec![samples::job::rating()])))),
    ]
}

/// A new rating.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::NewRating)]
#[serde(default)]
struct NewRating {
    #[schema(required, minimum = 1, maximum = 5)]
    stars: Option<i64>,
    #[schema(max_length = 2000)]
    comment: String,
}

impl From<NewRating> for Draft {
    fn from(new: NewRating) -> Self {
        Self { stars: new.stars, comment: new.comment }
    }
}

/// The author of a rating.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Rater)]
struct Rater {
    #[schema(schema_with = enum_schema::of::<market::party::Party>)]
    role: &'static str,
    /// The name of the poster's team, or of the worker's agent
    name: String,
}

/// One side's rating of the other.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Rating)]
struct RatingView {
    id: String,
    job_id: String,
    job_title: String,
    author: Rater,
    #[schema(minimum = 1, maximum = 5)]
    stars: i64,
    comment: String,
    created_at: Stamp,
    /// The time from which others than its author can read the rating
    visible_at: Stamp,
}

impl From<Rating> for RatingView {
    fn from(rating: Rating) -> Self {
        Self {
            id: rating.id.0,
            job_id: rating.job_id.0,
            job_title: rating.job_title,
            author: Rater { role: rating.side.as_str(), name: rating.author },
            stars: rating.stars,
            comment: rating.comment,
            created_at: rating.created_at.into(),
            visible_at: rating.visible_at.into(),
        }
    }
}

/// A job's ratings.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::JobRatings)]
struct Both {
    ratings: Vec<RatingView>,
    /// True if you can still rate
    may_rate: bool,
    /// The end of the time for rating; null before the job is completed
    until: Option<Stamp>,
}

impl From<Ratings> for Both {
    fn from(both: Ratings) -> Self {
        Self {
            ratings: both.items.into_iter().map(RatingView::from).collect(),
            may_rate: both.may_rate,
            until: both.until.map(Stamp::from),
        }
    }
}

/// A page of received ratings, with their mean.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::ReceivedRatings)]
struct Received {
    /// The mean of all visible ratings, in stars; null while there is none
    average: Option<Hundredths>,
    /// The number of visible ratings
    count: i64,
    ratings: Vec<RatingView>,
    total: i64,
    limit: i64,
    offset: i64,
}

impl From<(Reputation, Page<Rating>)> for Received {
    fn from((standing, page): (Reputation, Page<Rating>)) -> Self {
        Self {
            average: (standing.count > 0).then_some(Hundredths(standing.average_hundredths)),
            count: standing.count,
            ratings: page.items.into_iter().map(RatingView::from).collect(),
            total: page.total,
            limit: page.limit,
            offset: page.offset,
        }
    }
}

async fn list(call: Call, Id(id): Id<JobId>) -> ApiResult<Both> {
    let mut conn = call.read().await?;
    let access = job::access(&mut conn, &call.actor, &id).await?;
    Ok(ok(rating::list(&mut conn, &access).await?))
}

async fn rate(call: Call, Id(id): Id<JobId>, Body(new): Body<NewRating>) -> ApiResult<RatingView> {
    let mut tx = call.begin().await?;
    let rating = rating::rate(&mut tx, &call.actor, &id, &new.into()).await?;
    call.commit(tx, created(rating)).await
}

async fn received(call: Call, Query(page): Query<PartParams>) -> ApiResult<Received> {
    let part = page.part()?;
    let mut conn = call.read().await?;
    let standing = rating::of_team(&mut conn, &call.actor.team).await?;
    let page = rating::received(&mut conn, &call.actor, part).await?;
    Ok(ok((standing, page)))
}

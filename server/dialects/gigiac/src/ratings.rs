//! Ratings: those of a task, of a bot or of a user, and rating the other side.

use crate::paging::PageParams;
use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::hundredths::Hundredths;
use api::query::Query;
use api::response::{ApiResult, created, ok};
use api::route::{Route, get, post};
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::db::Conn;
use market::id::{AgentId, JobId, TeamId};
use market::job::{self, Status};
use market::page::Part;
use market::profile::{PublicRating, Rated, RatingsOf, ratings_of};
use market::rating::{self, Draft, Rating, Reputation, errors};
use market::{Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/ratings", list)
            .named("gigiac_ratings")
            .says(
                "Ratings",
                "With `task_id` the ratings of a task of yours: your own, and the other side's once both have rated or 14 days have passed. \
                 With `bot_id` or `user_id` the ratings that everybody reads. Without any, those that you received.",
            )
            .gives(200, shown::<Ratings>(vec![samples::job::rating()]))
            .refuses(Error::field("bot_id", ONE_OF))
            .refuses(Error::not_found("task")),
        post("/api/ratings", rate)
            .named("gigiac_rate")
            .says("Rate the other side of a task", "Each side rates once, within 14 days of the task's completion, and can't change it.")
            .takes(json!({ "task_id": JobId::from(samples::JOB).task_id(), "rating": 5, "comment": "All samples covered, and a day early." }))
            .gives(201, shown::<RatingView>(samples::job::rating()))
            .refuses(Error::not_found("task"))
            .refuses(errors::not_completed(Status::Delivered))
            .refuses(errors::already_rated())
            .refuses(errors::rating_over()),
    ]
}

const ONE_OF: &str = "Name a task, a bot or a user, not several of them.";

/// The choice of ratings.
#[derive(Default, Deserialize, IntoParams)]
struct RatingParams {
    /// The id of a task of yours
    task_id: Option<String>,
    /// The id of a bot, for the ratings of its work
    bot_id: Option<String>,
    /// The id of a team, for the ratings of it as a poster
    user_id: Option<String>,
}

/// A new rating.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gigiac::NewRating)]
#[serde(default)]
struct NewRating {
    /// The id of the task
    #[schema(required)]
    task_id: String,
    /// The stars
    #[serde(alias = "stars")]
    #[schema(required, minimum = 1, maximum = 5)]
    rating: Option<i64>,
    #[schema(max_length = 2000)]
    comment: String,
}

/// One side's rating of the other.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Rating)]
struct RatingView {
    /// The id of the rating
    id: String,
    /// The id of the task; null for strangers to it
    task_id: Option<String>,
    /// The side that rates; null for strangers to the task
    #[schema(schema_with = enum_schema::or_none::<market::party::Party>)]
    side: Option<&'static str>,
    /// The name of the rater
    author: String,
    #[schema(minimum = 1, maximum = 5)]
    rating: i64,
    /// The words; empty for strangers if an admin hid them
    comment: String,
    /// True if an admin hid the comment
    hidden: bool,
    /// The time from which others than its author can read the rating
    visible_at: Stamp,
}

impl From<Rating> for RatingView {
    fn from(rating: Rating) -> Self {
        Self {
            id: rating.id.0,
            task_id: Some(rating.job_id.task_id()),
            side: Some(rating.side.as_str()),
            author: rating.author,
            rating: rating.stars,
            comment: rating.comment,
            hidden: rating.is_hidden,
            visible_at: rating.visible_at.into(),
        }
    }
}

impl From<PublicRating> for RatingView {
    fn from(rating: PublicRating) -> Self {
        Self {
            id: rating.id.0,
            task_id: None,
            side: None,
            author: rating.author,
            rating: rating.stars,
            comment: rating.comment,
            hidden: rating.is_hidden,
            visible_at: rating.visible_at.into(),
        }
    }
}

/// A list of ratings with their mean.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Ratings)]
struct Ratings {
    ratings: Vec<RatingView>,
    /// The mean of all ratings of a bot, of a user, or that you received; null while there is none, and for a task
    average: Option<Hundredths>,
    /// The number of all of them
    total: i64,
}

impl From<Vec<Rating>> for Ratings {
    fn from(items: Vec<Rating>) -> Self {
        let total = i64::try_from(items.len()).unwrap_or(i64::MAX);
        Self { ratings: items.into_iter().map(RatingView::from).collect(), average: None, total }
    }
}

impl From<Rated> for Ratings {
    fn from(rated: Rated) -> Self {
        let ratings = rated.page.items.into_iter().map(RatingView::from).collect();
        Self { ratings, average: mean(rated.mean), total: rated.mean.count }
    }
}

fn mean(reputation: Reputation) -> Option<Hundredths> {
    (reputation.count > 0).then_some(Hundredths(reputation.average_hundredths))
}

async fn list(call: Call, Query(wanted): Query<RatingParams>, Query(page): Query<PageParams>) -> ApiResult<Ratings> {
    let part = page.part()?;
    let mut conn = call.read().await?;
    let ratings = match (wanted.task_id, wanted.bot_id, wanted.user_id) {
        (Some(task), None, None) => {
            let access = job::access(&mut conn, &call.actor, &JobId::parse(&task)?).await?;
            rating::list(&mut conn, &access).await?.items.into()
        }
        (None, Some(bot), None) => public(&mut conn, &call, &RatingsOf::Agent(AgentId::from(bot)), part).await?,
        (None, None, Some(user)) => public(&mut conn, &call, &RatingsOf::Poster(TeamId::from(user)), part).await?,
        (None, None, None) => received(&mut conn, &call, part).await?,
        _ => return Err(Error::field("bot_id", ONE_OF).into()),
    };
    Ok(ok(ratings))
}

async fn public(conn: &mut Conn, call: &Call, of: &RatingsOf, part: Part) -> Result<Ratings> {
    Ok(ratings_of(conn, Some(&call.actor), of, part.paging).await?.into())
}

async fn received(conn: &mut Conn, call: &Call, part: Part) -> Result<Ratings> {
    let page = rating::received(conn, &call.actor, part).await?;
    let reputation = rating::of_team(conn, &call.actor.team).await?;
    let ratings = page.items.into_iter().map(RatingView::from).collect();
    Ok(Ratings { ratings, average: mean(reputation), total: reputation.count })
}

async fn rate(call: Call, Body(new): Body<NewRating>) -> ApiResult<RatingView> {
    let id = JobId::parse(&new.task_id)?;
    let mut tx = call.begin().await?;
    let draft = Draft { stars: new.rating, comment: new.comment };
    let rating = rating::rate(&mut tx, &call.actor, &id, &draft).await?;
    call.commit(tx, created(rating)).await
}

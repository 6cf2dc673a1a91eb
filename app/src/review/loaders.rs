//! The reads of the review pages. They use only the market's queries, which decide who is blind.

use super::artifacts;
use super::params::ReviewQueueParams;
use super::work::{ArtifactParams, FileName, Work};
use crate::fault::Fault;
use crate::visitor::{guest, visitor};
use leptos::prelude::*;
use market::id::JobId;
use market::job::View;
use market::review::{Assignment, ReviewToFill, ReviewView, SeatStatus, Submission, Viewer};
use market::{Page, Paging, Time, deliverable, file, job, nda, review};
use serde::{Deserialize, Serialize};

/// The number of rows on a page.
const PAGE: i64 = 20;
/// The number of own reviews beside the queue.
const SOME: i64 = 10;

/// The data of the queue's page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReviewQueue {
    /// The jobs of other teams that look for proofers.
    pub needed: Page<ReviewToFill>,
    /// The member's own seats.
    pub mine: Page<Assignment>,
}

/// Loads the jobs that look for proofers, and the member's own reviews.
#[server(prefix = "/_fn", endpoint = "proof/queue")]
pub async fn queue(params: ReviewQueueParams) -> Result<ReviewQueue, Fault> {
    let (market, actor) = visitor()?;
    let mut conn = market.read().await?;
    let needed = review::needed(&mut conn, &actor, params.kind(), Paging::new(Some(PAGE), Some(params.offset))?).await?;
    let mine = review::assignments(&mut conn, &actor, Paging::new(Some(SOME), Some(params.mine))?).await?;
    Ok(ReviewQueue { needed, mine })
}

/// The data of a review's page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReviewPageData {
    /// The job as its viewer sees it.
    pub view: View,
    /// The time when the viewer agreed to the NDA; none for the poster.
    pub agreed_at: Option<Time>,
    /// The attachments of the brief.
    pub attachments: Vec<FileName>,
    /// The review as its viewer sees it.
    pub review: ReviewView,
    /// The work; none before the first delivery.
    pub work: Option<Work>,
    /// The draft of the verdict and the time it was saved, for a proofer whose verdict is due.
    pub draft: Option<(Submission, Time)>,
}

/// Loads a review, for the two sides of the job and its proofers.
#[server(prefix = "/_fn", endpoint = "proof/review")]
pub async fn review(id: String, params: ArtifactParams) -> Result<ReviewPageData, Fault> {
    let (market, actor) = visitor()?;
    let id = JobId::parse(&id)?;
    let mut conn = market.read().await?;
    // Load the review first: a viewer without a part in it gets nothing else either.
    let access = job::access(&mut conn, &actor, &id).await?;
    let review = review::view(&mut conn, &access).await?;
    let view = job::preview(&mut conn, &access).await?;
    let agreed_at = nda::show(&mut conn, &access).await?.agreed_at;
    let attachments = file::attachments(&mut conn, &access, Paging::first(100)).await?.items.iter().map(artifacts::named).collect();
    let due = review.viewer == Viewer::Proofer && review.assignment.as_ref().is_some_and(|seat| seat.status == SeatStatus::Funded);
    let draft = if due { review::draft(&mut conn, &access).await? } else { None };
    let made = deliverable::list(&mut conn, &access).await?;
    drop(conn);
    let work = artifacts::work(&guest()?.files, made, &params).await?;
    Ok(ReviewPageData { view, agreed_at, attachments, review, work, draft })
}

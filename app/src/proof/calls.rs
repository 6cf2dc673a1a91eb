//! What the pages of proofing read. Nothing here goes around the market's own reads: they decide who is blind.

use super::queue::Wanted as Listed;
use super::work::{Named, Wanted, Work};
use crate::fault::Fault;
use leptos::prelude::*;
use market::job::View;
use market::proof::{Assignment, Needed, Proofs, Submission};
use market::{Page, Time};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use super::pieces;
#[cfg(feature = "ssr")]
use crate::visitor::{guest, visitor};
#[cfg(feature = "ssr")]
use market::id::JobId;
#[cfg(feature = "ssr")]
use market::proof::{SeatStatus, Viewer};
#[cfg(feature = "ssr")]
use market::{Paging, deliverable, file, job, nda, proof};

/// How many rows a list has.
#[cfg(feature = "ssr")]
const PAGE: i64 = 20;
/// How many reviews stand beside the jobs.
#[cfg(feature = "ssr")]
const SOME: i64 = 10;

/// What there is to proof.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Waiting {
    /// Jobs of others that look for proofers.
    pub needed: Page<Needed>,
    /// The member's own seats.
    pub mine: Page<Assignment>,
}

/// Jobs that look for proofers, and one's own reviews.
#[server(prefix = "/_fn", endpoint = "proof/queue")]
pub async fn queue(wanted: Listed) -> Result<Waiting, Fault> {
    let (market, actor) = visitor()?;
    let mut conn = market.read().await?;
    let needed = proof::needed(&mut conn, &actor, wanted.kind(), Paging::new(Some(PAGE), Some(wanted.offset))?).await?;
    let mine = proof::assignments(&mut conn, &actor, Paging::new(Some(SOME), Some(wanted.mine))?).await?;
    Ok(Waiting { needed, mine })
}

/// A review with all that its viewer needs to judge, or to read what was judged.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Desk {
    /// The job in the viewer's eyes.
    pub view: View,
    /// When the viewer agreed to the NDA; none for the poster.
    pub agreed_at: Option<Time>,
    /// What belongs to the brief.
    pub attachments: Vec<Named>,
    /// The review in the viewer's eyes.
    pub proofs: Proofs,
    /// The work; none before anything is handed in.
    pub work: Option<Work>,
    /// The verdict as far as it is written, and when it was kept, for a proofer whose verdict is due.
    pub draft: Option<(Submission, Time)>,
}

/// A review, for the sides of the job and whoever holds a seat.
#[server(prefix = "/_fn", endpoint = "proof/review")]
pub async fn review(id: String, wanted: Wanted) -> Result<Desk, Fault> {
    let (market, actor) = visitor()?;
    let id = JobId::parse(&id)?;
    let mut conn = market.read().await?;
    // First: whoever has no part in the review learns nothing else either.
    let proofs = proof::show(&mut conn, &actor, &id).await?;
    let view = job::glance(&mut conn, Some(&actor), &id).await?;
    let agreed_at = nda::show(&mut conn, &actor, &id).await?.agreed_at;
    let attachments = file::attachments(&mut conn, &actor, &id, Paging::first(100)).await?.items.iter().map(pieces::named).collect();
    let due = proofs.viewer == Viewer::Proofer && proofs.assignment.as_ref().is_some_and(|seat| seat.status == SeatStatus::Funded);
    let draft = if due { proof::draft(&mut conn, &actor, &id).await? } else { None };
    let made = deliverable::list(&mut conn, &actor, &id).await?;
    drop(conn);
    let work = pieces::work(&guest()?.files, made, &wanted).await?;
    Ok(Desk { view, agreed_at, attachments, proofs, work, draft })
}

//! What forms do to reviews: one act of the market each.

use super::settings::Row;
use crate::fault::Fault;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::settings::{Typed, whole};
#[cfg(feature = "ssr")]
use super::words::plan;
#[cfg(feature = "ssr")]
use crate::job::address;
#[cfg(feature = "ssr")]
use crate::visitor::{go, visitor};
#[cfg(feature = "ssr")]
use market::id::{ApplicationId, JobId};
#[cfg(feature = "ssr")]
use market::proof::{self, Change};
#[cfg(feature = "ssr")]
use market::text::Check;

/// Where forms find [`settings`].
pub const SETTINGS: &str = "proof/settings";
/// Where forms find [`reduce`].
pub const REDUCE: &str = "proof/reduce";
/// Where forms find [`accept`].
pub const ACCEPT: &str = "proof/accept";
/// Where forms find [`fund`].
pub const FUND: &str = "proof/fund";

/// Changes how a job is to be proofed, all of it.
#[server(prefix = "/_fn", endpoint = "proof/settings")]
pub async fn settings(
    job: String,
    proof_required: Option<String>,
    proofer_count: Option<String>,
    proof_fee: Option<String>,
    tie_break: Option<String>,
    #[server(default)] rubric: Vec<Row>,
) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let mut check = Check::new();
    let typed = Typed { required: proof_required.is_some(), count: proofer_count, fee: proof_fee, tie_break: tie_break.is_some(), rubric };
    let change = typed.change(&mut check);
    check.done()?;
    let mut tx = market.begin().await?;
    let job = proof::change_settings(&mut tx, &actor, &JobId::parse(&job)?, &change).await?;
    tx.commit().await?;
    let done =
        if job.proof_required { format!("Proofing is set: {}.", plan(&job.proofing())) } else { "No proofers are asked.".to_owned() };
    go(&address(&job.id), done).await
}

/// Asks for fewer proofers while they are chosen.
#[server(prefix = "/_fn", endpoint = "proof/reduce")]
pub async fn reduce(job: String, proofer_count: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let mut check = Check::new();
    let change = Change { proofer_count: whole("proofer_count", &proofer_count, &mut check), ..Change::default() };
    check.done()?;
    let mut tx = market.begin().await?;
    let job = proof::change_settings(&mut tx, &actor, &JobId::parse(&job)?, &change).await?;
    tx.commit().await?;
    go(&format!("{}#proofing", address(&job.id)), format!("Proofing is set: {}.", plan(&job.proofing()))).await
}

/// Gives a seat to an applicant.
#[server(prefix = "/_fn", endpoint = "proof/accept")]
pub async fn accept(job: String, application: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let mut tx = market.begin().await?;
    let (job, slots) = proof::accept(&mut tx, &actor, &JobId::parse(&job)?, &ApplicationId::from(application)).await?;
    tx.commit().await?;
    let next = if slots.filled == slots.total { "Fund them and the review starts." } else { "Choose the next." };
    go(&format!("{}#proofing", address(&job.id)), format!("{} of {} seats are taken. {next}", slots.filled, slots.total)).await
}

/// Holds the fees of the accepted; the review starts.
#[server(prefix = "/_fn", endpoint = "proof/fund")]
pub async fn fund(job: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let mut tx = market.begin().await?;
    let job = proof::fund(&mut tx, &actor, &JobId::parse(&job)?).await?;
    tx.commit().await?;
    go(&address(&job.id), "The fees are held and the review has begun. You see each verdict as it comes.").await
}

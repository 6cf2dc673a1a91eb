//! The form actions of jobs: each calls one act of the market, or two in one transaction.

use super::address;
use crate::fault::Fault;
use crate::ui::when::moment;
use crate::visitor::{go, visitor};
use leptos::prelude::*;
use market::application::{self, Kind, Offer};
use market::deliverable::Delivery;
use market::id::{ApplicationId, JobId};
use market::job::{self, Job, Rejection, Status};
use market::{Error, Money, nda};

/// The endpoint of [`agree`].
pub const NDA: &str = "jobs/nda";
/// The endpoint of [`apply`].
pub const APPLY: &str = "jobs/apply";
/// The endpoint of [`accept`].
pub const ACCEPT: &str = "jobs/accept";
/// The endpoint of [`hire`].
pub const HIRE: &str = "jobs/hire";
/// The endpoint of [`fund`].
pub const FUND: &str = "jobs/fund";
/// The endpoint of [`deliver`].
pub const DELIVER: &str = "jobs/deliver";
/// The endpoint of [`approve`].
pub const APPROVE: &str = "jobs/approve";
/// The endpoint of [`approve_anyway`].
pub const APPROVE_ANYWAY: &str = "jobs/approve-anyway";
/// The endpoint of [`revise`].
pub const REVISE: &str = "jobs/revise";
/// The endpoint of [`reject`].
pub const REJECT: &str = "jobs/reject";
/// The endpoint of [`feature`].
pub const FEATURE: &str = "jobs/feature";
/// The endpoint of [`cancel`].
pub const CANCEL: &str = "jobs/cancel";

/// Agrees to a job's NDA, which opens its brief.
#[server(prefix = "/_fn", endpoint = "jobs/nda")]
pub async fn agree(job: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let mut tx = market.begin().await?;
    let nda = nda::agree(&mut tx, &actor, &JobId::parse(&job)?).await?;
    tx.commit().await?;
    go(&address(&nda.job_id), "You agreed to the NDA. Here is the brief.").await
}

/// Applies for a job: to do the work for a price, or to proof it for the job's fee.
#[server(prefix = "/_fn", endpoint = "jobs/apply")]
pub async fn apply(job: String, cover_letter: String, proposed_price: Option<String>) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let price = proposed_price.map(|price| Money::parse_major("proposed_price", &price)).transpose()?;
    let mut tx = market.begin().await?;
    let offer = Offer { cover_letter, price: price.map(|price| price.0) };
    let made = application::apply(&mut tx, &actor, &JobId::parse(&job)?, &offer).await?;
    tx.commit().await?;
    let what = if made.kind == Kind::Proof { "to proof it " } else { "" };
    go(&address(&made.job_id), format!("You applied {what}for {}. You hear when the poster chooses.", made.price)).await
}

/// Features an open job for some days.
#[server(prefix = "/_fn", endpoint = "jobs/feature")]
pub async fn feature(job: String, days: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let days = days.trim().parse::<i64>().map_err(|_| Error::field("days", "Choose a number of days, 1 to 30."))?;
    let mut tx = market.begin().await?;
    let job = job::feature(&mut tx, &actor, &JobId::parse(&job)?, Some(days)).await?;
    tx.commit().await?;
    let until = job.featured().map(moment).unwrap_or_default();
    go(&address(&job.id), format!("Your job is featured until {until}.")).await
}

/// Accepts an application; it is funded later.
#[server(prefix = "/_fn", endpoint = "jobs/accept")]
pub async fn accept(job: String, application: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let mut tx = market.begin().await?;
    let job = job::accept(&mut tx, &actor, &JobId::parse(&job)?, &ApplicationId::from(application)).await?;
    tx.commit().await?;
    go(&address(&job.id), "Accepted. The work starts when you fund it.").await
}

/// Accepts an application and funds it in one transaction.
#[server(prefix = "/_fn", endpoint = "jobs/hire")]
pub async fn hire(job: String, application: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let (id, chosen) = (JobId::parse(&job)?, ApplicationId::from(application));
    let mut tx = market.begin().await?;
    job::accept(&mut tx, &actor, &id, &chosen).await?;
    let job = job::fund(&mut tx, &actor, &id, Some(&chosen)).await?;
    tx.commit().await?;
    go(&address(&job.id), format!("Accepted, and {} is held in escrow.", job.cost())).await
}

/// Funds the accepted application.
#[server(prefix = "/_fn", endpoint = "jobs/fund")]
pub async fn fund(job: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let mut tx = market.begin().await?;
    let job = job::fund(&mut tx, &actor, &JobId::parse(&job)?, None).await?;
    tx.commit().await?;
    go(&address(&job.id), format!("{} is held in escrow. The work can start.", job.cost())).await
}

/// Delivers a version of the work.
#[server(prefix = "/_fn", endpoint = "jobs/deliver")]
pub async fn deliver(job: String, content: String, note: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let mut tx = market.begin().await?;
    let (job, made) = job::deliver(&mut tx, &actor, &JobId::parse(&job)?, &Delivery { content, note }).await?;
    tx.commit().await?;
    let next = match job.status {
        Status::PendingProof => " The poster chooses who proofs it.",
        Status::InReview => " The same proofers judge it.",
        _ => "",
    };
    go(&address(&job.id), format!("Version {} is delivered.{next}", made.version)).await
}

/// Approves the work.
#[server(prefix = "/_fn", endpoint = "jobs/approve")]
pub async fn approve(job: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let mut tx = market.begin().await?;
    let job = job::approve(&mut tx, &actor, &JobId::parse(&job)?).await?;
    tx.commit().await?;
    go(&address(&job.id), approved(&job)).await
}

/// Approves the work without waiting for the proofers, or against their consensus.
#[server(prefix = "/_fn", endpoint = "jobs/approve-anyway")]
pub async fn approve_anyway(job: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let mut tx = market.begin().await?;
    let job = job::approve_anyway(&mut tx, &actor, &JobId::parse(&job)?).await?;
    tx.commit().await?;
    go(&address(&job.id), approved(&job)).await
}

fn approved(job: &Job) -> String {
    let paid = if job.status.is_closed() { "is paid" } else { "is paid when the cooldown ends" };
    format!("Approved: {} {paid}.", job.price.unwrap_or_default())
}

/// Asks for a revision.
#[server(prefix = "/_fn", endpoint = "jobs/revise")]
pub async fn revise(job: String, message: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let mut tx = market.begin().await?;
    let job = job::request_revision(&mut tx, &actor, &JobId::parse(&job)?, &message).await?;
    tx.commit().await?;
    go(&address(&job.id), "The worker was asked for a revision.").await
}

/// Rejects the work.
#[server(prefix = "/_fn", endpoint = "jobs/reject")]
pub async fn reject(job: String, reason: String, message: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let rejection = Rejection::new(&reason, &message)?;
    let mut tx = market.begin().await?;
    let job = job::reject(&mut tx, &actor, &JobId::parse(&job)?, &rejection).await?;
    tx.commit().await?;
    let next = match job.disputed_at {
        Some(_) => "This opened a dispute: the worker answers, then somebody rules.",
        None => "If nothing else happens, you are refunded when the timer ends.",
    };
    go(&address(&job.id), format!("Rejected. {next}")).await
}

/// Cancels a job.
#[server(prefix = "/_fn", endpoint = "jobs/cancel")]
pub async fn cancel(job: String, reason: Option<String>) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let mut tx = market.begin().await?;
    let job = job::cancel(&mut tx, &actor, &JobId::parse(&job)?, reason.as_deref()).await?;
    tx.commit().await?;
    go(&address(&job.id), "The job is cancelled.").await
}

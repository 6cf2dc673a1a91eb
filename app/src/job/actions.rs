//! The form actions of jobs: each calls one act of the market, or two in one transaction.

use super::address;
use crate::act::act;
use crate::fault::Fault;
use crate::ui::when::in_utc;
use crate::visitor::{Visitor, guest, visitor};
use crate::wallet::loaders::to_checkout;
use leptos::prelude::*;
use market::application::{self, Declining, Kind, NewApplication};
use market::card_acceptance::{self, Chosen};
use market::deliverable::Delivery;
use market::id::{AgentId, ApplicationId, JobId};
use market::job::{self, HandingBack, Job, Rejection, Status};
use market::{Error, Money, agent, nda};

/// The endpoint of [`agree`].
pub const NDA: &str = "jobs/nda";
/// The endpoint of [`apply`].
pub const APPLY: &str = "jobs/apply";
/// The endpoint of [`accept`].
pub const ACCEPT: &str = "jobs/accept";
/// The endpoint of [`withdraw`].
pub const WITHDRAW: &str = "jobs/withdraw";
/// The endpoint of [`decline`].
pub const DECLINE: &str = "jobs/decline";
/// The endpoint of [`hand_back`].
pub const HAND_BACK: &str = "jobs/hand-back";
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
/// The endpoint of [`accept_by_card`].
pub const CARD: &str = "jobs/card";
/// The endpoint of [`call_off`].
pub const CALL_OFF: &str = "jobs/call-off";
/// The endpoint of [`cancel`].
pub const CANCEL: &str = "jobs/cancel";

/// Agrees to a job's NDA, which opens its brief.
#[server(prefix = "/_fn", endpoint = "jobs/nda")]
pub async fn agree(job: String) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    act!(|tx, actor| nda::agree(tx, actor, &id).await, |nda| (address(&nda.job_id), "You agreed to the NDA. Here is the brief."))
}

/// Applies for a job: to do the work for a price, or to proof it for the job's fee.
#[server(prefix = "/_fn", endpoint = "jobs/apply")]
pub async fn apply(
    job: String,
    cover_letter: String,
    proposed_price: Option<String>,
    above_budget: Option<String>,
    agent: Option<String>,
) -> Result<(), Fault> {
    let price = proposed_price.map(|price| Money::typed("proposed_price", &price)).transpose()?;
    let id = JobId::parse(&job)?;
    let offer = NewApplication { cover_letter, price: price.map(|price| price.0) };
    let agent = agent.filter(|id| !id.is_empty()).map(AgentId::from);
    act!(
        |tx, actor| {
            let actor = match &agent {
                Some(agent) => agent::acting(tx, actor.clone(), agent).await?,
                None => actor.clone(),
            };
            match above_budget {
                Some(_) => application::apply(tx, &actor, &id, &offer).await,
                None => application::apply_within_budget(tx, &actor, &id, &offer).await,
            }
        },
        |made| {
            let what = if made.kind == Kind::Proof { "to proof it " } else { "" };
            let did = if made.changed_at.is_some() { "Your offer is changed: you applied" } else { "You applied" };
            (address(&made.job_id), format!("{did} {what}for {}. You hear when the poster chooses.", made.price))
        }
    )
}

/// Withdraws the member's own application.
#[server(prefix = "/_fn", endpoint = "jobs/withdraw")]
pub async fn withdraw(job: String, application: String) -> Result<(), Fault> {
    let (id, own) = (JobId::parse(&job)?, ApplicationId::from(application));
    act!(|tx, actor| application::withdraw(tx, actor, &id, &own).await, |own| (
        address(&own.job_id),
        "Your application is withdrawn. You can apply again."
    ))
}

/// Declines an application.
#[server(prefix = "/_fn", endpoint = "jobs/decline")]
pub async fn decline(job: String, application: String, reason: Option<String>, message: Option<String>) -> Result<(), Fault> {
    let no = Declining::new(reason.as_deref(), message.as_deref().unwrap_or_default())?;
    let (id, other) = (JobId::parse(&job)?, ApplicationId::from(application));
    act!(|tx, actor| application::decline(tx, actor, &id, &other, &no).await, |no| (
        address(&no.job_id),
        format!("{} was declined, and reads why.", no.agent)
    ))
}

/// Gives a job back to its poster.
#[server(prefix = "/_fn", endpoint = "jobs/hand-back")]
pub async fn hand_back(job: String, reason: String, message: String) -> Result<(), Fault> {
    let why = HandingBack::new(&reason, &message)?;
    let id = JobId::parse(&job)?;
    act!(|tx, actor| job::hand_back(tx, actor, &id, &why).await, |job| {
        let told = match job.status {
            Status::Open => "You gave the job back. It is open again.",
            _ => "You gave the job back. The poster gets the money back.",
        };
        ("/work".to_owned(), told)
    })
}

/// Parses the price that the poster saw, in cents.
fn seen_price(seen: Option<&str>) -> Result<Option<Money>, Error> {
    let read =
        |seen: &str| seen.parse().map(Money).map_err(|_| Error::field("seen", "It must be the price in cents; load the page again."));
    seen.filter(|seen| !seen.is_empty()).map(read).transpose()
}

/// Features an open job for some days.
#[server(prefix = "/_fn", endpoint = "jobs/feature")]
pub async fn feature(job: String, days: String) -> Result<(), Fault> {
    let days = days.trim().parse::<i64>().map_err(|_| Error::field("days", "Choose a number of days, 1 to 30."))?;
    let id = JobId::parse(&job)?;
    act!(|tx, actor| job::feature(tx, actor, &id, Some(days)).await, |job| {
        let until = job.featured().map(in_utc).unwrap_or_default();
        (address(&job.id), format!("Your job is featured until {until}."))
    })
}

/// Accepts an application; it is funded later.
#[server(prefix = "/_fn", endpoint = "jobs/accept")]
pub async fn accept(job: String, application: String, seen: Option<String>) -> Result<(), Fault> {
    let (id, chosen) = (JobId::parse(&job)?, ApplicationId::from(application));
    let seen = seen_price(seen.as_deref())?;
    act!(|tx, actor| job::accept_at(tx, actor, &id, &chosen, seen).await, |job| (
        address(&job.id),
        "Accepted. The work starts when you fund it."
    ))
}

/// Accepts an application and funds it in one transaction.
#[server(prefix = "/_fn", endpoint = "jobs/hire")]
pub async fn hire(job: String, application: String, seen: Option<String>) -> Result<(), Fault> {
    let (id, chosen) = (JobId::parse(&job)?, ApplicationId::from(application));
    let seen = seen_price(seen.as_deref())?;
    act!(|tx, actor| job::accept_and_fund(tx, actor, &id, &chosen, seen).await, |job| (
        address(&job.id),
        format!("Accepted, and {} is held in escrow.", job.cost().total())
    ))
}

/// Opens the checkout whose payment accepts an application and funds it.
#[server(prefix = "/_fn", endpoint = "jobs/card")]
pub async fn accept_by_card(job: String, application: String, seen: Option<String>) -> Result<(), Fault> {
    let (id, application) = (JobId::parse(&job)?, ApplicationId::from(application));
    let chosen = Chosen { application: &application, seen: seen_price(seen.as_deref())? };
    let (market, actor) = visitor()?;
    let Visitor { payments, .. } = guest()?;
    let back = address(&id);
    let opened = card_acceptance::start(&market, payments.provider()?, &actor, &id, chosen, &back).await?;
    to_checkout(&market, &opened, &back);
    Ok(())
}

/// Funds the accepted application.
#[server(prefix = "/_fn", endpoint = "jobs/fund")]
pub async fn fund(job: String) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    act!(|tx, actor| job::fund(tx, actor, &id, None).await, |job| (
        address(&job.id),
        format!("{} is held in escrow. The work can start.", job.cost().total())
    ))
}

/// Delivers a version of the work.
#[server(prefix = "/_fn", endpoint = "jobs/deliver")]
pub async fn deliver(job: String, content: String, note: String) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    let delivery = Delivery { content, note, files: None };
    act!(|tx, actor| job::deliver(tx, actor, &id, &delivery).await, |(job, made)| {
        let next = match job.status {
            Status::PendingProof => " The poster chooses who proofs it.",
            Status::InReview => " The same proofers judge it.",
            Status::Disputed => " Whoever rules on the dispute sees it.",
            _ => "",
        };
        (address(&job.id), format!("Version {} is delivered.{next}", made.version))
    })
}

/// Approves the work.
#[server(prefix = "/_fn", endpoint = "jobs/approve")]
pub async fn approve(job: String, version: Option<i64>) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    act!(
        |tx, actor| {
            job::must_be_current(tx, actor, &id, version, None).await?;
            job::approve(tx, actor, &id).await
        },
        |job| (address(&job.id), approved(&job))
    )
}

/// Approves the work without waiting for the proofers, or against their consensus.
#[server(prefix = "/_fn", endpoint = "jobs/approve-anyway")]
pub async fn approve_anyway(job: String, version: Option<i64>) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    act!(
        |tx, actor| {
            job::must_be_current(tx, actor, &id, version, None).await?;
            job::approve_anyway(tx, actor, &id).await
        },
        |job| (address(&job.id), approved(&job))
    )
}

fn approved(job: &Job) -> String {
    let paid = if job.status.is_closed() { "is paid" } else { "is paid when the cooldown ends" };
    format!("Approved: {} {paid}.", job.cost().price)
}

/// Asks for a revision.
#[server(prefix = "/_fn", endpoint = "jobs/revise")]
pub async fn revise(job: String, version: Option<i64>, message: String) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    act!(
        |tx, actor| {
            job::must_be_current(tx, actor, &id, version, None).await?;
            job::request_revision(tx, actor, &id, &message).await
        },
        |job| (address(&job.id), "The worker was asked for a revision.")
    )
}

/// Rejects the work.
#[server(prefix = "/_fn", endpoint = "jobs/reject")]
pub async fn reject(job: String, version: Option<i64>, reason: String, message: String) -> Result<(), Fault> {
    let rejection = Rejection::new(&reason, &message)?;
    let id = JobId::parse(&job)?;
    act!(
        |tx, actor| {
            job::must_be_current(tx, actor, &id, version, None).await?;
            job::reject(tx, actor, &id, &rejection).await
        },
        |job| {
            let next = match job.disputed_at {
                Some(_) => "This opened a dispute: the worker answers, then somebody rules.",
                None => "If nothing else happens, you are refunded when the timer ends.",
            };
            (address(&job.id), format!("Rejected. {next}"))
        }
    )
}

/// Calls off a job while its worker works.
#[server(prefix = "/_fn", endpoint = "jobs/call-off")]
pub async fn call_off(job: String, reason: String) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    act!(|tx, actor| job::call_off(tx, actor, &id, &reason).await, |job| (
        address(&job.id),
        "The job is called off. You are refunded when the timer ends, unless the worker objects."
    ))
}

/// Cancels a job.
#[server(prefix = "/_fn", endpoint = "jobs/cancel")]
pub async fn cancel(job: String, reason: Option<String>) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    act!(|tx, actor| job::cancel(tx, actor, &id, reason.as_deref()).await, |job| (address(&job.id), "The job is cancelled."))
}

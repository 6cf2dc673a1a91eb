//! Acts from an open job to delivered work: accept, fund, deliver.

use super::access::access_of;
use super::actions::{emit, posted_by, save};
use super::events::{Accepted, Delivered, Funded};
use super::{Cost, Escrow, Job, Status, Step, errors, store};
use crate::application::Kind;
use crate::deliverable::{self, Deliverable, Delivery};
use crate::{application, dispute, escrow, review};
use identity::Actor;
use identity::mandate::Act;
use kernel::id::{AgentId, ApplicationId, JobId};
use kernel::{Money, Result};
use platform::db::{Conn, Tx};

/// Accepts an application at whatever price it has.
pub async fn accept(tx: &mut Tx, actor: &Actor, id: &JobId, application: &ApplicationId) -> Result<Job> {
    accept_at(tx, actor, id, application, None).await
}

/// Accepts an application. The poster then has some time to fund it; nothing is paid yet. If the budget is held since the posting, the work
/// begins at once, and the difference to the price is returned or taken. An applicant can change an offer until then, so `seen` is the price
/// that the poster read.
///
/// # Errors
/// `offer_changed` with the new price, if it is another one; `insufficient_funds` if a held budget is too small, with what is lacking.
pub async fn accept_at(tx: &mut Tx, actor: &Actor, id: &JobId, application: &ApplicationId, seen: Option<Money>) -> Result<Job> {
    let mut job = posted_by(tx, actor, id).await?;
    actor.must_be_verified()?;
    let chosen = application::of_job(tx, &job.id, application).await?;
    must_be_seen(&job, seen, chosen.price)?;
    if chosen.kind != Kind::Work {
        return Err(errors::other_kind(&job.id));
    }
    job.must_be_shown()?;
    chosen.must_be_available()?;
    review::must_be_strangers(tx, &job, &chosen.team_id).await?;
    let from = job.step(Step::Accept)?;
    let is_held = job.escrow == Escrow::Held;
    if is_held {
        actor.must_have("wallet:write")?;
    }
    job.agent_id = Some(chosen.agent_id.clone());
    job.worker_team_id = Some(chosen.team_id.clone());
    job.application_id = Some(chosen.id.clone());
    job.price = Some(chosen.price);
    if !is_held {
        escrow::must_be_allowed(tx, actor, Act::Accept, &job).await?;
    }
    save(tx, &mut job, from).await?;
    application::accept(tx, &chosen).await?;
    let (price, fee) = (chosen.price, job.cost().fee);
    emit(tx, &job, &Accepted { job: (&job).into(), application_id: &chosen.id, agent: &chosen.agent, price, fee });
    if is_held {
        let from = job.step(Step::Fund)?;
        begin_work(tx, actor, &mut job, from).await?;
    }
    Ok(job)
}

/// Fails if an offer has another price than the poster read. Without a word about it, a held budget is the most that is taken.
fn must_be_seen(job: &Job, seen: Option<Money>, price: Money) -> Result<()> {
    let is_held = job.escrow == Escrow::Held;
    let known = seen.or(is_held.then_some(job.budget_max).filter(|most| price > *most));
    match known {
        Some(known) if known != price => Err(application::errors::offer_changed(known, price)),
        _ => Ok(()),
    }
}

/// Accepts an application and holds its price and fee, so that the worker may start at once.
///
/// # Errors
/// Like [`accept_at`] and [`fund`]; nothing is accepted then.
pub async fn accept_and_fund(tx: &mut Tx, actor: &Actor, id: &JobId, application: &ApplicationId, seen: Option<Money>) -> Result<Job> {
    actor.must_have("wallet:write")?;
    let job = accept_at(tx, actor, id, application, seen).await?;
    if job.status == Status::PendingEscrow { fund(tx, actor, id, Some(application)).await } else { Ok(job) }
}

/// Returns the cost of accepting an application at the price that was read; a refusal if it could not be accepted now, or if the budget is
/// held already: its wallet pays then. Nothing changes.
pub async fn quote(conn: &mut Conn, actor: &Actor, id: &JobId, application: &ApplicationId, seen: Option<Money>) -> Result<Cost> {
    actor.must_have("jobs:write")?;
    let access = access_of(conn, Some(actor), id).await?;
    let mut job = access.posted()?.clone();
    actor.must_be_verified()?;
    let chosen = application::of_job(conn, &job.id, application).await?;
    if chosen.kind != Kind::Work {
        return Err(errors::other_kind(&job.id));
    }
    must_be_seen(&job, seen, chosen.price)?;
    if job.escrow == Escrow::Held {
        return Err(errors::budget_is_held(&job.id));
    }
    job.must_be_shown()?;
    chosen.must_be_available()?;
    review::must_be_strangers(conn, &job, &chosen.team_id).await?;
    job.step(Step::Accept)?;
    (job.agent_id, job.worker_team_id) = (Some(chosen.agent_id), Some(chosen.team_id));
    escrow::must_be_allowed(conn, actor, Act::Accept, &job).await?;
    Ok(job.cost_at(chosen.price))
}

/// Holds the agreed price and the fee from the poster's wallet; the worker may start. `application` must be the accepted one.
pub async fn fund(tx: &mut Tx, actor: &Actor, id: &JobId, application: Option<&ApplicationId>) -> Result<Job> {
    actor.must_have("wallet:write")?;
    actor.must_be_verified()?;
    let mut job = posted_by(tx, actor, id).await?;
    let from = job.step(Step::Fund)?;
    if let Some(named) = application
        && job.application_id.as_ref() != Some(named)
    {
        return Err(errors::other_application(&job.id));
    }
    if let Some(chosen) = &job.application_id
        && !application::of_job(tx, &job.id, chosen).await?.is_available
    {
        return Err(application::errors::accepted_suspended(chosen));
    }
    begin_work(tx, actor, &mut job, from).await?;
    Ok(job)
}

/// Saves a job whose worker may start, with its price and fee held: all of them are taken now, or what is held is made equal to them.
async fn begin_work(tx: &mut Tx, actor: &Actor, job: &mut Job, from: Status) -> Result<()> {
    let (cost, was) = (job.cost(), std::mem::replace(&mut job.escrow, Escrow::Held));
    save(tx, job, from).await?;
    application::decline_all(tx, job).await?;
    match was {
        Escrow::Held => escrow::adjust(tx, actor, Act::Accept, job, cost.total()).await?,
        _ => escrow::hold(tx, actor, job).await?,
    }
    let Cost { price, fee } = cost;
    emit(tx, job, &Funded { job: (&*job).into(), application_id: job.application_id.as_ref(), price, fee, held: cost.total() });
    Ok(())
}

/// Delivers the next version of the work. Only the worker may; also while a dispute waits that the poster opened on unfinished work.
pub async fn deliver(tx: &mut Tx, actor: &Actor, id: &JobId, delivery: &Delivery) -> Result<(Job, Deliverable)> {
    actor.must_have("jobs:write")?;
    let content = delivery.check()?;
    store::lock(tx, id).await?;
    let access = access_of(tx, Some(actor), id).await?;
    let mut job = access.visible()?.clone();
    let Some(agent) = delivering(actor, &job)?.cloned() else { return Err(errors::not_assigned()) };
    access.must_read()?;
    must_take_delivery(tx, &job).await?;
    let from = job.step(Step::Deliver)?;
    let deliverable = deliverable::add(tx, &job, &agent, content).await?;
    let resumed = if job.status == Status::Disputed {
        // A dispute waits for its ruling, with the new version before it.
        save(tx, &mut job, from).await?;
        false
    } else {
        begin_judging(tx, &mut job, from).await?
    };
    emit(tx, &job, &Delivered { job: (&job).into(), version: deliverable.version, deliverable_id: &deliverable.id });
    start_judging(tx, &job, resumed).await?;
    Ok((job, deliverable))
}

/// Fails unless a version can be delivered now.
pub(crate) async fn must_take_delivery(conn: &mut Conn, job: &Job) -> Result<()> {
    if takes_delivery(conn, job).await? { Ok(()) } else { Err(errors::wrong_status(job.status, Step::Deliver)) }
}

/// Returns true if a version can be delivered now: the status allows it, and no dispute waits but one that leaves the work to its
/// worker.
pub(super) async fn takes_delivery(conn: &mut Conn, job: &Job) -> Result<bool> {
    match job.status {
        Status::Disputed => dispute::takes_delivery(conn, job).await,
        status => Ok(status.arrow(Step::Deliver).is_some()),
    }
}

/// Hands the newest version over to whoever judges it, after a dispute during which it was delivered. The job is delivered.
pub(crate) async fn hand_over(tx: &mut Tx, job: &mut Job, from: Status) -> Result<()> {
    let resumed = begin_judging(tx, job, from).await?;
    start_judging(tx, job, resumed).await
}

/// Saves a delivered job, in a new round if proofers judge it. Returns true if their fees can be held at once.
async fn begin_judging(tx: &mut Tx, job: &mut Job, from: Status) -> Result<bool> {
    let resumed = job.review.is_some() && {
        job.step(Step::SeekProof)?;
        review::begin(tx, job).await?
    };
    if resumed {
        job.step(Step::StartReview)?;
    }
    save(tx, job, from).await?;
    Ok(resumed)
}

/// Starts the round of a delivered job, or calls for proofers if it needs some.
async fn start_judging(tx: &mut Tx, job: &Job, resumed: bool) -> Result<()> {
    if resumed {
        review::resume(tx, job).await?;
    }
    review::call(tx, job).await
}

/// Returns the agent that the actor delivers the job as: the accepted one, if the actor acts as that one or names none.
pub(crate) fn delivering<'j>(actor: &Actor, job: &'j Job) -> Result<Option<&'j AgentId>> {
    let accepted = job.agent_id.as_ref().filter(|_| job.worker_team_id.as_ref() == Some(&actor.team));
    if accepted.is_none() {
        actor.must_be_agent()?;
    }
    Ok(accepted.filter(|accepted| actor.can_be(accepted)))
}

//! The data of the measured market, created by the market's acts, many in one transaction.

use market::application::NewApplication;
use market::db::Tx;
use market::deliverable::Delivery;
use market::id::JobId;
use market::job::Draft;
use market::{Actor, Market, Money, Result, application, job, key, member, nda, notification};
use testkit::people;

/// A member with an API key.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) actor: Actor,
    pub(crate) email: String,
    pub(crate) key: String,
}

/// The number of acts in one transaction.
const BATCH: usize = 500;

/// The number of callers that have an agent: the last ones.
pub(crate) const WORKERS: usize = 64;

/// Creates members with a key and as many payments of ten thousand dollars each; the last ones have an agent.
pub(crate) async fn callers(market: &Market, n: usize, payments: usize) -> Result<Vec<Caller>> {
    let mut made = Vec::with_capacity(n + 1);
    let mut tx = market.begin().await?;
    for i in 0..=n {
        let draft = member::Draft { name: format!("Caller {i}"), ..people::draft(&format!("caller{i}")) };
        let mut actor = people::verified(&mut tx, &draft).await?;
        if i + WORKERS > n {
            people::made_agent(&mut tx, &mut actor, &people::profile("Worker", &["coding"])).await?;
        }
        for _ in 0..payments {
            people::paid_in(&mut tx, &actor, Money(1_000_000)).await?;
        }
        let key = key::create(&mut tx, &actor, &testkit::key::draft("bench", &[])).await?.secret;
        made.push(Caller { actor, email: draft.email, key });
    }
    tx.commit().await?;
    Ok(made)
}

fn draft(i: usize) -> Draft {
    Draft {
        title: format!("Replace regex parser number {i} with a grammar"),
        description: "All 212 fixtures parse to the same rows; an unknown field is kept, not dropped.".into(),
        category: "coding".into(),
        budget_max: Some(5_000),
        ..Draft::default()
    }
}

/// Creates open jobs, by the posters in turn.
pub(crate) async fn open(market: &Market, posters: &[Caller], n: usize) -> Result<Vec<(JobId, Caller)>> {
    posted(market, posters, n, draft).await
}

async fn posted(market: &Market, posters: &[Caller], n: usize, draft: fn(usize) -> Draft) -> Result<Vec<(JobId, Caller)>> {
    let mut made = Vec::with_capacity(n);
    while made.len() < n {
        let mut tx = market.begin().await?;
        for _ in 0..BATCH.min(n - made.len()) {
            let poster = &posters[made.len() % posters.len()];
            made.push((job::post(&mut tx, &poster.actor, &draft(made.len())).await?.id, poster.clone()));
        }
        tx.commit().await?;
    }
    Ok(made)
}

/// Creates jobs with delivered work that look for three proofers.
pub(crate) async fn unproofed(market: &Market, posters: &[Caller], worker: &Caller, n: usize) -> Result<()> {
    let proofed = |i| Draft { proofer_count: Some(3), proof_fee: Some(200), ..draft(i) };
    let jobs = posted(market, posters, n, proofed).await?;
    hire_for(market, &jobs, worker).await?;
    fund(market, &jobs).await?;
    deliver(market, worker, &jobs).await
}

/// Creates jobs with an accepted application that wait for funding.
pub(crate) async fn accepted(market: &Market, posters: &[Caller], worker: &Caller, n: usize) -> Result<Vec<(JobId, Caller)>> {
    let jobs = open(market, posters, n).await?;
    hire_for(market, &jobs, worker).await?;
    Ok(jobs)
}

async fn hire_for(market: &Market, jobs: &[(JobId, Caller)], worker: &Caller) -> Result<()> {
    for some in jobs.chunks(BATCH) {
        let mut tx = market.begin().await?;
        for (id, poster) in some {
            hire(&mut tx, id, poster, worker).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

async fn hire(tx: &mut Tx, id: &JobId, poster: &Caller, worker: &Caller) -> Result<()> {
    nda::agree(tx, &worker.actor, id).await?;
    let offer = application::apply(tx, &worker.actor, id, &NewApplication::default()).await?;
    job::accept(tx, &poster.actor, id, &offer.id).await?;
    Ok(())
}

/// Funds each job.
pub(crate) async fn fund(market: &Market, jobs: &[(JobId, Caller)]) -> Result<()> {
    for some in jobs.chunks(BATCH) {
        let mut tx = market.begin().await?;
        for (id, poster) in some {
            job::fund(&mut tx, &poster.actor, id, None).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Approves each job.
pub(crate) async fn approve(market: &Market, jobs: &[(JobId, Caller)]) -> Result<()> {
    for some in jobs.chunks(BATCH) {
        let mut tx = market.begin().await?;
        for (id, poster) in some {
            job::approve(&mut tx, &poster.actor, id).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Delivers the work of each job.
pub(crate) async fn deliver(market: &Market, worker: &Caller, jobs: &[(JobId, Caller)]) -> Result<()> {
    for some in jobs.chunks(BATCH) {
        let mut tx = market.begin().await?;
        for (id, _) in some {
            job::deliver(&mut tx, &worker.actor, id, &Delivery { content: "Done.".into(), ..Delivery::default() }).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Tells members of all that the seed did, so that the program does not do it while it is measured.
pub(crate) async fn settle(market: &Market) -> Result<()> {
    while notification::follow(market).await? {}
    Ok(())
}

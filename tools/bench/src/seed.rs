//! The data of the measured market, created by the market's acts, many in one transaction.

use market::application::Offer;
use market::db::Tx;
use market::deliverable::Delivery;
use market::id::JobId;
use market::job::Draft;
use market::{Actor, Market, Result, agent, application, deposit, job, key, member, nda, password, session};

/// A member with an API key.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) actor: Actor,
    pub(crate) email: String,
    pub(crate) key: String,
}

/// The password of all members.
pub(crate) const PASSWORD: &str = "correct horse battery";
/// The number of acts in one transaction.
const BATCH: usize = 500;

/// Creates members with a million dollars and a key each; the last one has an agent.
pub(crate) async fn callers(market: &Market, n: usize) -> Result<Vec<Caller>> {
    let hash = password::hash(PASSWORD).await?;
    let mut made = Vec::with_capacity(n + 1);
    let mut tx = market.begin().await?;
    for i in 0..=n {
        let email = format!("caller{i}@example.com");
        let draft = member::Draft { email: email.clone(), password: PASSWORD.into(), name: format!("Caller {i}") };
        member::sign_up(&mut tx, &draft, hash.clone()).await?;
        let member = member::verify_email(&mut tx, &email).await?;
        let mut actor = session::actor(&mut tx, &member.id, 0).await?.expect("it was just made");
        if i == n {
            let draft = agent::Draft {
                name: "Worker".into(),
                bio: String::new(),
                specializations: vec!["coding".into()],
                kind: agent::Kind::Agent,
            };
            actor.agent = Some(agent::create(&mut tx, &actor, &draft).await?.id);
        }
        for _ in 0..100 {
            let checkout = deposit::start(&mut tx, &actor, 1_000_000).await?;
            deposit::pay(&mut tx, &checkout.id).await?;
        }
        let draft = key::Draft { name: "bench".into(), prefix: key::Prefix::Agentgigs, scopes: Vec::new(), expires_at: None };
        let key = key::create(&mut tx, &actor, &draft).await?.secret;
        made.push(Caller { actor, email, key });
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
    let offer = application::apply(tx, &worker.actor, id, &Offer::default()).await?;
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
            job::deliver(&mut tx, &worker.actor, id, &Delivery { content: "Done.".into(), note: String::new() }).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

//! The people of a run, made by the market's own acts, and the audit at its end.

use crate::honest::Acknowledged;
use market::db::Db;
use market::job::Draft;
use market::time::Clock;
use market::{Market, Money, Rules, job, key};
use std::path::Path;
use std::sync::Arc;
use testkit::people;

/// The honest callers: so many that none of them is near a rate limit.
const HONEST: usize = 80;
/// The attackers with an account.
const ATTACKERS: usize = 60;
/// The jobs on the board before the run.
const JOBS: usize = 500;

/// An honest caller's key, and a job that it posted.
pub(crate) struct Honest {
    pub(crate) key: String,
    pub(crate) job: String,
}

/// Everybody who takes part.
pub(crate) struct Cast {
    pub(crate) honest: Vec<Honest>,
    /// Each a key and a job of its owner: `key job`.
    pub(crate) attackers: Vec<String>,
}

/// Creates the market in a folder, with its people and their jobs.
pub(crate) async fn made(folder: &Path) -> Cast {
    std::fs::create_dir_all(folder).expect("a folder to work in");
    let market = open(folder).await;
    let mut tx = market.begin().await.expect("begins");
    let (mut honest, mut attackers) = (Vec::new(), Vec::new());
    for n in 0..HONEST + ATTACKERS {
        let mut actor = people::verified(&mut tx, &people::draft(&format!("caller{n}"))).await.expect("signs up");
        people::made_agent(&mut tx, &mut actor, &people::profile("Agent", &["translation"])).await.expect("makes a profile");
        people::paid_in(&mut tx, &actor, Money(100_000)).await.expect("pays in");
        let key = key::create(&mut tx, &actor, &testkit::key::draft("soak", &[])).await.expect("makes a key").secret;
        let mut last = String::new();
        for i in 0..=JOBS / (HONEST + ATTACKERS) {
            last = job::post(&mut tx, &actor, &draft(i)).await.expect("posts").id.to_string();
        }
        if n < HONEST { honest.push(Honest { key, job: last }) } else { attackers.push(format!("{key} {last}")) }
    }
    tx.commit().await.expect("commits");
    Cast { honest, attackers }
}

/// Returns the acknowledged jobs that are not there, and the findings of the ledger's audit.
pub(crate) async fn audited(folder: &Path, acknowledged: &Acknowledged) -> (Vec<String>, Vec<String>) {
    let market = open(folder).await;
    let mut conn = market.read().await.expect("reads");
    let mut lost = Vec::new();
    for id in acknowledged.ids() {
        let wanted = market::id::JobId::parse(id).expect("an id");
        // Every posted job is open, so that anybody may see it.
        if let Err(error) = job::access_of(&mut conn, None, &wanted).await {
            lost.push(format!("{id} ({})", error.code));
        }
    }
    drop(conn);
    let audit = market.audit().await.expect("audits");
    (lost, audit.findings)
}

async fn open(folder: &Path) -> Market {
    let url = format!("sqlite://{}", folder.join("guildhall.db").display());
    let rules = Rules { unfunded_jobs_max: 1_000_000, ..Rules::default() };
    let secret = Arc::from(market::id::secret(48).into_bytes());
    Market::new(Db::open(&url).await.expect("a database"), Clock::System, Arc::new(rules), secret, &market::nouns::REGISTRY)
}

fn draft(n: usize) -> Draft {
    Draft {
        title: format!("Translate chapter {n} into Danish"),
        description: "Keep the names of places; every footnote stays where it is.".into(),
        category: "translation".into(),
        budget_max: Some(4_000),
        ..Draft::default()
    }
}

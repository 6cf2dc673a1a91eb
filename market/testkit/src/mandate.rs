//! An agent with an API key of its own and a mandate.

use crate::{TestApp, act, read};
use market::id::AgentId;
use market::job::{Draft as JobDraft, EscrowTiming, Job, TermsDraft};
use market::mandate::{Draft, Mandate, Spending};
use market::{Actor, Error, Market, Money, Result, approval, job, nouns};

/// A team with money, one of its agents, and a key that acts as that one.
pub struct MandateFixture {
    /// The owner, in a browser.
    pub owner: Actor,
    /// The agent.
    pub agent: AgentId,
    /// The agent's key.
    pub key: Actor,
}

/// A mandate of so many cents a day.
pub fn per_day(cents: i64) -> Draft {
    Draft { is_enabled: true, per_day: Some(cents), ..Draft::default() }
}

/// A job of this budget, which is held at once with a fee of 5 %.
pub fn held(title: &str, budget: i64) -> JobDraft {
    let terms = TermsDraft { escrow_timing: Some(EscrowTiming::OnCreate), ..TermsDraft::default() };
    JobDraft { title: title.into(), budget_max: Some(budget), confidential: Some(false), terms, ..crate::job::draft() }
}

impl MandateFixture {
    /// A team with 10,000.00 and an agent that has no mandate.
    pub async fn free(app: &TestApp) -> Self {
        let owner = app.agent("Ada", &["coding"]).await;
        app.fund(&owner, Money(1_000_000)).await;
        let agent = owner.agent.clone().expect("an agent");
        let made = act!(app, key::create_for_agent(&owner, &crate::key::draft("bot", &["*"]), &agent)).expect("makes a key");
        let key = app.holder(&made.secret).await.expect("a key");
        Self { owner, agent, key }
    }

    /// A team with 10,000.00 and an agent with this mandate.
    pub async fn with(app: &TestApp, draft: &Draft) -> Self {
        let fixture = Self::free(app).await;
        fixture.set(app, draft).await.expect("sets the mandate");
        fixture
    }

    /// Sets the agent's mandate.
    pub async fn set(&self, app: &TestApp, draft: &Draft) -> Result<Mandate> {
        self.set_by(app, &self.owner, draft).await
    }

    /// Sets the agent's mandate as this actor.
    pub async fn set_by(&self, app: &TestApp, by: &Actor, draft: &Draft) -> Result<Mandate> {
        let set = act!(app, mandate::set(by, &nouns::mandates(&app.market), &self.agent, draft));
        set.map(|(mandate, _)| mandate)
    }

    /// Posts a job whose budget is held at once, by the agent's key.
    pub async fn post(&self, app: &TestApp, budget: i64) -> Result<Job> {
        post(&app.market, &self.key, &held("Replace the regex invoice parser with a grammar", budget)).await
    }

    /// The sums that the agent spent.
    pub async fn spending(&self, app: &TestApp) -> Spending {
        read!(app, mandate::spending(&self.owner, &self.agent)).expect("reads")
    }
}

/// Posts a job as an edge does: again after a transient failure, and asking for an approval if one is needed.
pub async fn post(market: &Market, actor: &Actor, draft: &JobDraft) -> Result<Job> {
    match market::act!(market, |tx| job::post(tx, actor, draft).await) {
        Err(refusal) => Err(approval::ask(market, actor, refusal).await),
        posted => posted,
    }
}

/// The limit that refused a spend, and what it left.
pub fn refused<T>(result: Result<T>) -> (String, Option<i64>) {
    let error = result.err().expect("it is refused");
    let fact = |error: &Error, name: &str| error.facts.as_ref().and_then(|facts| facts.get(name).cloned()).unwrap_or_default();
    assert_eq!(error.code, "outside_mandate", "{error:?}");
    (fact(&error, "limit").as_str().unwrap_or_default().to_owned(), fact(&error, "left").as_i64())
}

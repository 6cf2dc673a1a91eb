//! Reading mandates and what was spent under them.

use super::{LINES, Mandate, Signed, SigningKey, actions, store};
use crate::Actor;
use crate::actor;
use kernel::id::{AgentId, ApprovalId, JobId};
use kernel::{Error, Money, Result, Time};
use platform::db::{Conn, Tx};
use serde::{Deserialize, Serialize};

/// A spend under a mandate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The job.
    pub job_id: JobId,
    /// The act.
    pub act: super::Act,
    /// The sum.
    pub amount: Money,
    /// The version of the mandate that allowed it.
    pub version: i64,
    /// The approval that it needed.
    pub approval_id: Option<ApprovalId>,
    /// When.
    pub at: Time,
}

/// A summary of what an agent spent, and may spend still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spending {
    /// The agent.
    pub agent_id: AgentId,
    /// Its mandate; none if it never had one, and then its spends are not counted.
    pub mandate: Option<Mandate>,
    /// The sum of this day, UTC.
    pub today: Money,
    /// The sum of this month, UTC.
    pub this_month: Money,
    /// The last spends, the newest first.
    pub last: Vec<Line>,
    /// When this is true.
    pub at: Time,
}

impl Spending {
    /// Returns what is left of a day; none without a limit.
    pub fn left_today(&self) -> Option<Money> {
        left(self.mandate.as_ref()?.terms.per_day, self.today)
    }

    /// Returns what is left of a month; none without a limit.
    pub fn left_this_month(&self) -> Option<Money> {
        left(self.mandate.as_ref()?.terms.per_month, self.this_month)
    }
}

fn left(most: Option<Money>, spent: Money) -> Option<Money> {
    most.map(|most| Money((most.0 - spent.0).max(0)))
}

/// Returns the mandate of an agent of the actor's team with its signed text; none if it never had one.
pub async fn show(conn: &mut Conn, actor: &Actor, agent: &AgentId) -> Result<Option<(Mandate, Signed)>> {
    let agent = readable(conn, actor, agent).await?;
    let Some(row) = store::find(conn, &agent).await? else { return Ok(None) };
    let signed = store::signed(conn, &row.mandate).await?.ok_or_else(Error::internal)?;
    Ok(Some((row.mandate, signed)))
}

/// Returns the mandate of an agent to somebody who may change it: a key that may write it need not read it otherwise.
pub async fn to_change(tx: &mut Tx, actor: &Actor, agent: &AgentId) -> Result<Option<Mandate>> {
    let actor = actions::deciding(tx, actor).await?;
    let agent = actor::agent_of(tx, &actor.team, agent).await?;
    Ok(store::find(tx, &agent).await?.map(|row| row.mandate))
}

/// Returns what an agent of the actor's team spent.
pub async fn spending(conn: &mut Conn, actor: &Actor, agent: &AgentId) -> Result<Spending> {
    let agent_id = readable(conn, actor, agent).await?;
    let at = conn.now;
    let Some(row) = store::find(conn, &agent_id).await? else {
        return Ok(Spending { agent_id, mandate: None, today: Money::ZERO, this_month: Money::ZERO, last: Vec::new(), at });
    };
    let last = store::last_spends(conn, &agent_id, LINES).await?;
    let (today, this_month) = (row.spent_today(at), row.spent_this_month(at));
    Ok(Spending { agent_id, mandate: Some(row.mandate), today, this_month, last, at })
}

/// Returns an agent of the actor's team whose mandate they may read. A key that belongs to an agent reads its own alone.
async fn readable(conn: &mut Conn, actor: &Actor, agent: &AgentId) -> Result<AgentId> {
    actor.must_have("mandates:read")?;
    let actor = actor::acting_agent(conn, actor.clone(), agent).await?;
    actor.must_be_agent().cloned()
}

/// Lists the keys that sign mandates, or once did, the newest first. Everybody may read them.
pub async fn signing_keys(conn: &mut Conn) -> Result<Vec<SigningKey>> {
    store::signing_keys(conn).await
}

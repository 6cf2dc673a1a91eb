//! Spending under a mandate, in the transaction that holds or pays the money.

use super::{errors, store};
use crate::actor::{self, AgentChoice, Credential};
use crate::{Actor, approval};
use kernel::id::{AgentId, ApprovalId, JobId, TeamId};
use kernel::{Error, Money, Result, text_enum};
use platform::db::{Conn, Tx};

text_enum! {
    /// An act that spends.
    Act {
        /// Posting a job whose budget is held at once.
        Post = "post",
        /// Changing the budget of such a job.
        Edit = "edit",
        /// Choosing a worker.
        Accept = "accept",
        /// Holding the price and fee of a job.
        Fund = "fund",
        /// Holding the fees of proofers.
        Review = "review",
        /// Listing a job above others.
        Feature = "feature",
    }
}

/// A team that is paid, with its agent if that is known.
#[derive(Clone, Copy, Debug)]
pub struct Counterparty<'a> {
    /// The team.
    pub team: &'a TeamId,
    /// Its agent.
    pub agent: Option<&'a AgentId>,
}

/// Money that an act takes from the wallet.
#[derive(Clone, Copy, Debug)]
pub struct Spend<'a> {
    /// The act.
    pub act: Act,
    /// The job that it is for.
    pub job: &'a JobId,
    /// The word by which a person's approval is found again, if it is not the job: one that is posted has another id each time.
    pub subject: Option<&'a str>,
    /// The job's title.
    pub title: &'a str,
    /// The job's category.
    pub category: &'a str,
    /// The sum; nothing, or less, for an act that takes nothing.
    pub amount: Money,
    /// Those who are paid, as far as they are known.
    pub to: &'a [Counterparty<'a>],
}

/// Counts a spend against the mandate of the agent in whose name an API key acts; a refusal if it is not within. People spend without
/// one, and so do agents that never had one.
///
/// The counts are rows of the agent, changed by statements that check the limits themselves, so spends at the same time never pass one.
/// The caller has locked the job.
pub async fn spend(tx: &mut Tx, actor: &Actor, spend: &Spend<'_>) -> Result<()> {
    match spender(tx, actor).await? {
        Some(agent) => count(tx, &agent, spend).await,
        None => Ok(()),
    }
}

/// Counts a spend that nobody asks for, because it repeats an earlier one by itself: against the mandate of the agent that last did such an
/// act on the job, if one did.
pub async fn spend_again(tx: &mut Tx, spend: &Spend<'_>) -> Result<()> {
    match store::spender_of(tx, spend.job, spend.act).await? {
        Some(agent) => count(tx, &agent, spend).await,
        None => Ok(()),
    }
}

/// Returns true if [`spend_again`] would pass now and no person would be asked.
pub async fn may_again(conn: &mut Conn, spend: &Spend<'_>) -> Result<bool> {
    let Some(agent) = store::spender_of(conn, spend.job, spend.act).await? else { return Ok(true) };
    let Some(row) = store::find(conn, &agent).await? else { return Ok(true) };
    let task = store::task(conn, &agent, spend.job).await?;
    let is_within = row.mandate.must_allow(conn.now, spend).is_ok() && row.must_have_left(conn.now, &task, spend.amount).is_ok();
    Ok(is_within && !row.asks(&task, spend.amount))
}

async fn count(tx: &mut Tx, agent: &AgentId, spend: &Spend<'_>) -> Result<()> {
    let Some(row) = store::find(tx, agent).await? else { return Ok(()) };
    row.mandate.must_allow(tx.now, spend)?;
    if spend.amount <= Money::ZERO {
        return Ok(());
    }
    let task = store::task(tx, agent, spend.job).await?;
    row.must_have_left(tx.now, &task, spend.amount)?;
    let approval = match row.asks(&task, spend.amount) {
        true => Some(approved(tx, &row, spend).await?),
        false => None,
    };
    let counts = store::count(tx, &row.mandate, spend.amount).await?
        && store::count_task(tx, &row.mandate, spend.job, spend.amount, approval.is_some()).await?;
    if !counts {
        // Another spend or a change of the mandate came first: the act runs again and reads the new sums.
        return Err(Error::try_again());
    }
    store::insert_spend(tx, &row.mandate, spend, approval.as_ref()).await
}

/// Fails if the mandate does not allow such a spend now, whatever its sum: for an act that only chooses who will be paid, or that a person
/// pays by card.
pub async fn must_allow(conn: &mut Conn, actor: &Actor, spend: &Spend<'_>) -> Result<()> {
    let Some(agent) = spender(conn, actor).await? else { return Ok(()) };
    match store::find(conn, &agent).await? {
        Some(row) => row.mandate.must_allow(conn.now, spend),
        None => Ok(()),
    }
}

/// Uses a person's approval up; a refusal that asks for one if there is none.
async fn approved(tx: &mut Tx, row: &store::Row, spend: &Spend<'_>) -> Result<ApprovalId> {
    let agent = &row.mandate.agent_id;
    let subject = spend.subject.unwrap_or(spend.job.as_str());
    if let Some(id) = approval::take(tx, agent, subject, spend.amount).await? {
        return Ok(id);
    }
    if let Some(id) = approval::denied(tx, agent, subject, spend.amount).await? {
        return Err(errors::denied(&id));
    }
    Err(errors::approval_required(&errors::Wanted {
        agent,
        act: spend.act,
        subject,
        job: Some(spend.job).filter(|_| spend.subject.is_none()),
        title: spend.title,
        category: spend.category,
        amount: spend.amount,
        above: row.mandate.terms.approval_above.unwrap_or_default(),
    }))
}

/// Returns the agent in whose name an API key spends: its own, the one that the request names, or the team's only one; none for a person.
/// Once the team limits one of its agents, a key has to say for which of several it spends.
async fn spender(conn: &mut Conn, actor: &Actor) -> Result<Option<AgentId>> {
    match (&actor.credential, actor.agent_choice) {
        (Credential::Session | Credential::Token, _) => Ok(None),
        (Credential::Key { .. }, AgentChoice::Guess) => match store::is_any_of(conn, &actor.team).await? {
            true => Err(actor::ambiguous(conn, actor).await?),
            false => Ok(None),
        },
        (Credential::Key { .. }, _) => Ok(actor.agent.clone()),
    }
}

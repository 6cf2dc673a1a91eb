//! The reads of the page of a mandate.

use crate::fault::Fault;
use crate::visitor::visitor;
use market::agent::{self, Agent};
use market::approval::{self, Approval};
use market::id::AgentId;
use market::mandate::{self, Spending};
use market::{Page, Paging};

/// The number of approvals that the page shows.
const SHOWN: i64 = 20;

/// The data of the page.
pub struct MandateView {
    pub(super) agent: Agent,
    pub(super) spending: Spending,
    pub(super) approvals: Page<Approval>,
    /// True if the member may set the mandate and decide.
    pub(super) may_write: bool,
}

/// Loads an agent of the team with its mandate, its spending and its approvals.
pub async fn mandate(id: String) -> Result<MandateView, Fault> {
    let (market, actor) = visitor()?;
    let id = AgentId::from(id);
    let mut conn = market.read().await?;
    let spending = mandate::spending(&mut conn, &actor, &id).await?;
    let agent = agent::show_one(&mut conn, &actor, &id).await?;
    let approvals = approval::list(&mut conn, &actor, Some(&id), None, Paging::first(SHOWN)).await?;
    Ok(MandateView { agent, spending, approvals, may_write: actor.may("mandates:write") })
}

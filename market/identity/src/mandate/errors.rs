//! Refusals about mandates. Each refused spend says which limit refused it, and what is left.

use super::spend::{Act, Counterparty};
use super::{Hours, Limit};
use kernel::id::{AgentId, ApprovalId, JobId};
use kernel::text::any_of;
use kernel::{Error, Money, Time};

/// The code of a spend for which a person is asked.
pub const APPROVAL_REQUIRED: &str = "approval_required";

fn outside(limit: Limit, message: String) -> Error {
    Error::forbidden("outside_mandate", message).with("limit", limit.as_str())
}

/// The mandate is switched off.
pub fn disabled() -> Error {
    outside(Limit::Disabled, "This agent may spend nothing: its mandate is switched off. A person of its team can switch it on.".to_owned())
}

/// The mandate was revoked.
pub(super) fn revoked() -> Error {
    outside(Limit::Revoked, "This agent may spend nothing: its mandate was revoked. A person of its team can set another one.".to_owned())
}

/// The mandate's time is over.
pub(super) fn expired() -> Error {
    outside(Limit::Expired, "This agent may spend nothing: its mandate has expired. A person of its team can set another one.".to_owned())
}

/// The hour is none of the mandate's.
pub(super) fn outside_hours(hours: Hours) -> Error {
    let Hours { from, until } = hours;
    let message = format!("The mandate of this agent allows spending from {from}:00 to {until}:00 UTC alone. Send this again then.");
    outside(Limit::Hours, message).with("from", from).with("until", until)
}

/// The category is none of the mandate's.
pub(super) fn other_category(category: &str, allowed: &[String]) -> Error {
    let listed = any_of(allowed.iter().map(String::as_str));
    let message = format!("The mandate of this agent does not allow jobs of the category {category}, but {listed}.");
    outside(Limit::Category, message).with("category", category).with("allowed", allowed)
}

/// The mandate blocks the counterparty.
pub(super) fn blocked(to: &Counterparty<'_>) -> Error {
    let message = "The mandate of this agent forbids paying this team or agent. Choose another one.".to_owned();
    outside(Limit::Counterparty, message).with("counterparty", named(to))
}

/// The mandate names those whom the agent pays, and the counterparty is none of them.
pub(super) fn not_allowed(to: &Counterparty<'_>) -> Error {
    let message =
        "The mandate of this agent names the teams and agents that it pays, and this is none of them. Choose another one.".to_owned();
    outside(Limit::Counterparty, message).with("counterparty", named(to))
}

fn named(to: &Counterparty<'_>) -> String {
    to.agent.map_or_else(|| to.team.to_string(), ToString::to_string)
}

/// A sum beyond a limit.
pub(super) struct Over {
    pub(super) limit: Limit,
    pub(super) amount: Money,
    pub(super) most: Money,
    pub(super) spent: Money,
    /// When the limit counts from nothing again.
    pub(super) again_at: Option<Time>,
}

/// The sum is more than a limit leaves.
pub(super) fn too_much(over: &Over) -> Error {
    let Over { limit, amount, most, spent, again_at } = *over;
    let span = match limit {
        Limit::PerDay => "in one day",
        Limit::PerMonth => "in one month",
        _ => "on one job",
    };
    let left = Money((most.0 - spent.0).max(0));
    let message =
        format!("This takes {amount} USD, and the mandate of this agent leaves {left}: it allows {most} {span}, and {spent} are spent.");
    let error = outside(limit, message).with("required", amount.0).with("most", most.0).with("spent", spent.0).with("left", left.0);
    match again_at {
        Some(at) => error.with("again_at", at.to_string()),
        None => error,
    }
}

/// A person denied the spend.
pub(super) fn denied(id: &ApprovalId) -> Error {
    let message = "A person of your team denied this spend. Ask again a day later, or spend less.".to_owned();
    outside(Limit::Approval, message).with("approval_id", id.as_str())
}

/// A spend that waits for a person.
pub(crate) struct Wanted<'a> {
    pub(crate) agent: &'a AgentId,
    pub(crate) act: Act,
    pub(crate) subject: &'a str,
    pub(crate) job: Option<&'a JobId>,
    pub(crate) title: &'a str,
    pub(crate) category: &'a str,
    pub(crate) amount: Money,
    pub(crate) above: Money,
}

/// The sum is one for which a person is asked. Its facts are those of the request that is kept for them.
pub(crate) fn approval_required(wanted: &Wanted<'_>) -> Error {
    let Wanted { agent, act, subject, job, title, category, amount, above } = *wanted;
    let message = format!(
        "This takes {amount} USD, and the mandate of this agent asks a person about more than {above} for one job. Your team was asked: send \
         the same request again once it is approved."
    );
    Error::conflict(APPROVAL_REQUIRED, message)
        .with("agent_id", agent.as_str())
        .with("act", act.as_str())
        .with("subject", subject)
        .with("job_id", job.map(JobId::as_str))
        .with("title", title)
        .with("category", category)
        .with("required", amount.0)
        .with("approval_above", above.0)
}

/// A key that acts as an agent decides on what agents may spend.
pub fn not_by_agents() -> Error {
    let message =
        "An API key that belongs to an agent decides on no mandate and approves nothing. A person does, or a key of the whole team.";
    Error::forbidden("not_by_agents", message)
}

/// For the documents: the refusals of acts that spend.
pub fn refusals() -> [Error; 4] {
    let over = Over { limit: Limit::PerDay, amount: Money(42_000), most: Money(50_000), spent: Money(12_000), again_at: None };
    let agent = AgentId::from("agent_7m2c9q4x8t1v6z3k5d0p");
    let wanted = Wanted {
        agent: &agent,
        act: Act::Fund,
        subject: "308f8811-0a46-4024-b8ef-514f4dcd857b",
        job: None,
        title: "Parse invoices",
        category: "coding",
        amount: Money(42_000),
        above: Money(20_000),
    };
    let several = crate::actor::errors::agent_ambiguous(&[(agent.clone(), "Botty".to_owned())]);
    [too_much(&over), approval_required(&wanted), crate::approval::errors::too_many_approvals(), several]
}

//! The form actions of the page of a mandate.

use super::address;
use crate::act::act;
use crate::fault::Fault;
use crate::visitor::visitor;
use leptos::prelude::*;
use market::id::{AgentId, ApprovalId};
use market::mandate::{self, Draft, Hours};
use market::{Error, Money, Result as MarketResult, Time, approval, nouns};

/// Sets the mandate of an agent.
#[server(prefix = "/_fn", endpoint = "mandate/set")]
#[allow(clippy::too_many_arguments, reason = "one for each field of the form")]
pub async fn set(
    agent: String,
    enabled: Option<String>,
    per_task: String,
    per_day: String,
    per_month: String,
    approval_above: String,
    #[server(default)] categories: Vec<String>,
    allow: String,
    block: String,
    hours_from: String,
    hours_until: String,
    expires_at: String,
) -> Result<(), Fault> {
    let id = AgentId::from(agent);
    let words = |text: &str| text.split([' ', ',', '\n', '\r']).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let draft = Draft {
        is_enabled: enabled.is_some(),
        per_task: cents("per_task", &per_task)?,
        per_day: cents("per_day", &per_day)?,
        per_month: cents("per_month", &per_month)?,
        approval_above: cents("approval_above", &approval_above)?,
        categories,
        allowed: words(&allow),
        blocked: words(&block),
        hours: hours(&hours_from, &hours_until)?,
        expires_at: day(&expires_at)?,
    };
    let (market, _) = visitor()?;
    let config = nouns::mandates(&market);
    act!(|tx, actor| set_as_drawn(mandate::set(tx, actor, &config, &id, &draft).await), |is_on| {
        (address(&id), if is_on { "The mandate holds from the next spend on." } else { "Saved. The agent spends nothing by its keys." })
    })
}

/// Returns whether the mandate is on; errors name the fields of the form.
fn set_as_drawn(set: MarketResult<(mandate::Mandate, mandate::Signed)>) -> MarketResult<bool> {
    let set = set.map_err(|error| error.renamed("hours", "hours_from"));
    Ok(set?.0.terms.is_enabled)
}

/// Reads an amount; none if the field is empty.
fn cents(field: &'static str, text: &str) -> MarketResult<Option<i64>> {
    let typed = Some(text.trim()).filter(|text| !text.is_empty());
    Ok(typed.map(|text| Money::typed(field, text)).transpose()?.map(|money| money.0))
}

/// Reads the hours; none if both fields are empty.
fn hours(from: &str, until: &str) -> MarketResult<Option<Hours>> {
    if from.is_empty() && until.is_empty() {
        return Ok(None);
    }
    let hour = |text: &str| text.parse().map_err(|_| Error::field("hours_from", "Choose both hours, or none."));
    Ok(Some(Hours { from: hour(from)?, until: hour(until)? }))
}

/// Reads the last day of the mandate; none if the field is empty.
fn day(text: &str) -> MarketResult<Option<Time>> {
    let typed = Some(text.trim()).filter(|text| !text.is_empty());
    typed.map(|text| Time::parse("expires_at", &format!("{text}T23:59:59Z"))).transpose()
}

/// Revokes the mandate of an agent.
#[server(prefix = "/_fn", endpoint = "mandate/revoke")]
pub async fn revoke(agent: String) -> Result<(), Fault> {
    let id = AgentId::from(agent);
    act!(|tx, actor| mandate::revoke(tx, actor, &id).await, |_| {
        (address(&id), "The mandate is revoked: the agent spends nothing by its keys.")
    })
}

/// Approves a spend.
#[server(prefix = "/_fn", endpoint = "mandate/approve")]
pub async fn approve(approval: String) -> Result<(), Fault> {
    let id = ApprovalId::from(approval);
    act!(|tx, actor| approval::approve(tx, actor, &id).await, |approved| {
        (address(&approved.agent_id), format!("Approved: {} may spend {} once, within a day.", approved.agent, approved.amount))
    })
}

/// Denies a spend.
#[server(prefix = "/_fn", endpoint = "mandate/deny")]
pub async fn deny(approval: String) -> Result<(), Fault> {
    let id = ApprovalId::from(approval);
    act!(|tx, actor| approval::deny(tx, actor, &id).await, |denied| {
        (address(&denied.agent_id), format!("Denied: {} spends nothing on it.", denied.agent))
    })
}

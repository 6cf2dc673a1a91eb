//! The reads and form actions of the console.

use crate::act::act;
use crate::fault::Fault;
use crate::visitor::visitor;
use leptos::prelude::*;
use market::actor::Plan;
use market::admin::{self, FailedTimers, JobLine, Listed, MemberLine, MemberPage};
use market::audit::{self, Entry};
use market::id::{JobId, MemberId, TeamId};
use market::job::Status;
use market::ledger::Audit;
use market::payment::RefusedNews;
use market::{Error, Page, Paging, suspension, team};

/// The lines of a page of the log.
const LINES: i64 = 50;

/// Loads members.
#[server(prefix = "/_fn", endpoint = "admin/members/list")]
pub async fn member_list(letters: String, after: String) -> Result<Listed<MemberLine>, Fault> {
    let (market, actor) = visitor()?;
    let after = (!after.is_empty()).then(|| MemberId::from(after));
    Ok(admin::member_list(&mut market.read().await?, &actor, &letters, after.as_ref()).await?)
}

/// Loads the page of a member.
#[server(prefix = "/_fn", endpoint = "admin/members/show")]
pub async fn member(id: String) -> Result<MemberPage, Fault> {
    let (market, actor) = visitor()?;
    Ok(admin::member(&mut market.read().await?, &actor, &MemberId::from(id)).await?)
}

/// Loads jobs.
#[server(prefix = "/_fn", endpoint = "admin/jobs/list")]
pub async fn job_list(letters: String, status: String, after: String) -> Result<Listed<JobLine>, Fault> {
    let (market, actor) = visitor()?;
    let after = (!after.is_empty()).then(|| JobId::from(after));
    Ok(admin::job_list(&mut market.read().await?, &actor, &letters, Status::parse(&status), after.as_ref()).await?)
}

/// Checks the ledger, or only that an admin asks.
#[server(prefix = "/_fn", endpoint = "admin/ledger/check")]
pub async fn ledger(check: bool) -> Result<Option<Audit>, Fault> {
    let (market, actor) = visitor()?;
    actor.must_run_the_server()?;
    if !check {
        return Ok(None);
    }
    Ok(Some(admin::check_ledger(&market, &actor).await?))
}

/// Loads the timers that failed for good.
#[server(prefix = "/_fn", endpoint = "admin/timers/list")]
pub async fn timer_list(after: String) -> Result<FailedTimers, Fault> {
    let (market, actor) = visitor()?;
    Ok(admin::failed_timers(&mut market.read().await?, &actor, after.parse().ok()).await?)
}

/// Loads the payment provider's news that were refused.
#[server(prefix = "/_fn", endpoint = "admin/payments/list")]
pub async fn refused_payments(after: String) -> Result<Listed<RefusedNews>, Fault> {
    let (market, actor) = visitor()?;
    let before = Some(after.as_str()).filter(|after| !after.is_empty());
    Ok(admin::refused_news(&mut market.read().await?, &actor, before).await?)
}

/// Loads what admins did.
#[server(prefix = "/_fn", endpoint = "admin/log/list")]
pub async fn log(offset: i64) -> Result<Page<Entry>, Fault> {
    let (market, actor) = visitor()?;
    Ok(audit::of_server(&mut market.read().await?, &actor, Paging::new(Some(LINES), Some(offset))?).await?)
}

/// Suspends a member.
#[server(prefix = "/_fn", endpoint = "admin/suspend")]
pub async fn suspend(member: String, reason: String) -> Result<(), Fault> {
    let id = MemberId::from(member);
    act!(|tx, actor| suspension::suspend(tx, actor, &id, &reason).await, |member| {
        (address(&member.id), format!("{} is suspended, and was told by mail.", member.name))
    })
}

/// Lifts a suspension.
#[server(prefix = "/_fn", endpoint = "admin/reinstate")]
pub async fn reinstate(member: String) -> Result<(), Fault> {
    let id = MemberId::from(member);
    act!(|tx, actor| suspension::reinstate(tx, actor, &id).await, |member| {
        (address(&member.id), format!("{} can sign in again, and was told by mail.", member.name))
    })
}

/// Marks an email address as verified.
#[server(prefix = "/_fn", endpoint = "admin/verify")]
pub async fn verify_address(member: String) -> Result<(), Fault> {
    let id = MemberId::from(member);
    act!(|tx, actor| suspension::verify_address(tx, actor, &id).await, |member| {
        (address(&member.id), format!("{} is verified.", member.email))
    })
}

/// Changes the plan of a team, and comes back to the page that it was on.
#[server(prefix = "/_fn", endpoint = "admin/plan")]
pub async fn change_plan(team: String, plan: String) -> Result<(), Fault> {
    let id = TeamId::from(team);
    let plan = Plan::parse(&plan).ok_or_else(|| Error::field("plan", "Choose one of the plans."))?;
    act!(|tx, actor| team::change_plan(tx, actor, &id, plan).await, |team| {
        ("/admin/log", format!("The plan of {} is {plan}.", team.name))
    })
}

/// Has a failed timer tried again.
#[server(prefix = "/_fn", endpoint = "admin/timers/again")]
pub async fn try_timer_again(timer: String) -> Result<(), Fault> {
    act!(|tx, actor| admin::try_again(tx, actor, &timer).await, |()| ("/admin/timers", "The timer is tried again now."))
}

/// Returns the address of a member's page.
pub(crate) fn address(id: &MemberId) -> String {
    format!("/admin/members/{id}")
}

//! Reporting a thing.

use super::deciding::watch;
use super::events::Reported;
use super::{Draft, REPORTS_MAX, Report, Status, WAITING_MAX, errors, store, subject};
use identity::Actor;
use kernel::id::{CaseId, ReportId};
use kernel::{Error, Result};
use platform::db::Tx;
use platform::event;

/// Reports a thing that the actor can read and that is of another team. A member's next report of a thing
/// returns the first one while its case goes on.
///
/// # Errors
/// `not_found` for a thing that the actor can't read; `own_content`, `hidden_already`, `too_many_reports`, `reported_enough`.
pub async fn report(tx: &mut Tx, actor: &Actor, draft: &Draft) -> Result<Report> {
    actor.must_have("jobs:read")?;
    actor.must_be_verified()?;
    let (kind, reason, details) = draft.check()?;
    let target = subject::read_id(kind, &draft.target_id)?;
    if let Some(first) = store::of_member(tx, &actor.member, kind, &target).await? {
        return Ok(first);
    }
    let subject = subject::reportable(tx, actor, kind, &target).await?;
    if store::count_waiting(tx, &actor.member).await? >= WAITING_MAX {
        return Err(errors::too_many_reports());
    }
    let (case, is_first) = match store::live(tx, kind, &target).await? {
        Some(live) if live.status != Status::Open => return Err(errors::hidden_already(kind)),
        Some(live) if live.reports >= REPORTS_MAX => return Err(errors::reported_enough()),
        Some(live) => (live, false),
        None => {
            let id = CaseId::new();
            let due_at = watch(tx, &id).await?;
            (store::open(tx, &id, kind, &target, &subject.team_id, due_at).await?, true)
        }
    };
    let id = ReportId::new();
    let new = store::NewReport { id: &id, case: case.key, actor, kind, target: &target, reason, details: &details };
    store::insert(tx, &new).await?;
    event::emit(tx, &[&actor.team], case.id.as_str(), &Reported { target_type: kind, reason, is_first });
    store::of_member(tx, &actor.member, kind, &target).await?.ok_or_else(Error::internal)
}

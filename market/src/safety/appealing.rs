//! The appeal of an owner.

use super::deciding::watch;
use super::events::Appealed;
use super::{APPEAL_MAX, Case, Step, errors, store};
use identity::{Actor, internal};
use kernel::id::CaseId;
use kernel::text::Check;
use kernel::{Error, Result};
use platform::db::Tx;

/// Appeals against the hiding of a thing of the actor's team: once, within 30 days. An admin then decides again; without a decision in
/// time the thing is shown again.
///
/// # Errors
/// `not_found` for a case of another team, or of a thing that was never hidden; `no_appeal`, `appeal_over`.
pub async fn appeal(tx: &mut Tx, actor: &Actor, id: &CaseId, text: &str) -> Result<Case> {
    let case = of_team(tx, actor, id).await?;
    actor.must_have(case.subject_kind.scope())?;
    let mut check = Check::new();
    let text = check.prose("appeal", text, 1..=APPEAL_MAX);
    check.done()?;
    case.status.after(Step::Appeal).ok_or_else(|| errors::no_appeal(case.status))?;
    if case.appeal_until().is_none_or(|until| until <= tx.now) {
        return Err(errors::appeal_over());
    }
    let due_at = watch(tx, id).await?;
    if !store::appeal(tx, id, actor, &text, due_at).await? {
        let now = of_team(tx, actor, id).await?.status;
        return Err(errors::no_appeal(now));
    }
    internal::record_audit(tx, actor, id.as_str(), &Appealed { target_type: case.subject_kind, name: &case.title });
    of_team(tx, actor, id).await
}

/// Finds a case of a thing of the actor's team that was hidden; another one is not found.
async fn of_team(tx: &mut Tx, actor: &Actor, id: &CaseId) -> Result<Case> {
    let found = store::find(tx, id).await?.filter(|case| case.team_id == actor.team && case.hidden_at.is_some());
    found.ok_or_else(|| Error::not_found("case"))
}

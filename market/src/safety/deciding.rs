//! Decisions on cases, by an admin or by default.

use super::events::{Decided, Dismissed, Hidden, Restored, Upheld};
use super::{Case, DECISION_WINDOW, Decision, Status, Step, errors, store, subject};
use identity::{Actor, internal};
use kernel::id::CaseId;
use kernel::{Error, Result, Time};
use platform::db::Tx;
use platform::event::EventType;
use platform::registry::Boxed;
use platform::timer::{self, Handler, Timer};

/// The kind of the timer that decides by default.
const LAPSE: &str = "safety.lapse";
/// The timers of cases.
pub const TIMERS: &[(&str, Handler)] = &[(LAPSE, lapse)];

/// The reason of a default outcome.
const NOBODY: &str = "No admin decided in time.";

fn timer_of(id: &CaseId) -> String {
    format!("safety:{id}")
}

/// Sets the timer of a case that waits for a decision, and returns its time.
pub(super) async fn watch(tx: &mut Tx, id: &CaseId) -> Result<Time> {
    let due_at = tx.now.after(DECISION_WINDOW);
    timer::set(tx, &Timer::new(timer_of(id), LAPSE, id.as_str(), due_at)).await?;
    Ok(due_at)
}

/// Decides on a case: hides the thing or leaves it, turns an appeal down or shows the thing again. Only an admin in person may, and no
/// member of the owner's team.
///
/// # Errors
/// `case_decided` if the case does not allow it, or another admin was quicker; `own_case`.
pub async fn decide(tx: &mut Tx, actor: &Actor, id: &CaseId, decision: &Decision) -> Result<Case> {
    actor.must_run_the_server()?;
    let (step, reason) = decision.check()?;
    let case = store::find(tx, id).await?.ok_or_else(|| Error::not_found("case"))?;
    if internal::is_member(tx, &actor.member, &case.team_id).await? {
        return Err(errors::own_case());
    }
    timer::clear(tx, &timer_of(id)).await?;
    carry_out(tx, case, step, &reason, Some(actor)).await
}

/// Dismisses reports on which no admin decided in time, and grants such an appeal. Only the timer calls this.
fn lapse<'a>(tx: &'a mut Tx, timer: &'a Timer) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        let id = CaseId::from(timer.subject.as_str());
        let case = store::find(tx, &id).await?.ok_or_else(|| Error::not_found("case"))?;
        let step = if case.status == Status::Open { Step::Dismiss } else { Step::Restore };
        carry_out(tx, case, step, NOBODY, None).await.map(drop)
    })
}

async fn carry_out(tx: &mut Tx, case: Case, step: Step, reason: &str, by: Option<&Actor>) -> Result<Case> {
    let to = case.status.after(step).ok_or_else(|| errors::case_decided(case.status))?;
    if !store::decide(tx, &case, to, reason, by.map(|actor| &actor.member)).await? {
        let now = store::find(tx, &case.id).await?.map_or(case.status, |case| case.status);
        return Err(errors::case_decided(now));
    }
    let (kind, target) = (case.subject_kind, case.subject_id.as_str());
    let decided = Decided { case_id: &case.id, target_type: kind, target_id: target, name: &case.title, reason };
    match to {
        Status::Hidden => {
            subject::hide(tx, kind, target).await?;
            emit(tx, by, &case, &Hidden { decided });
        }
        Status::Restored => {
            subject::unhide(tx, kind, target).await?;
            emit(tx, by, &case, &Restored { decided });
        }
        Status::Upheld => emit(tx, by, &case, &Upheld { decided }),
        _ => emit_dismissed(tx, by, &case, reason),
    }
    store::find(tx, &case.id).await?.ok_or_else(Error::internal)
}

/// Tells the owner of a decision. The subject is the thing, so that whatever shows a job follows it.
fn emit<E: EventType>(tx: &mut Tx, by: Option<&Actor>, case: &Case, event: &E) {
    match by {
        Some(actor) => internal::record_of_server(tx, actor, Some(&case.team_id), &case.subject_id, event),
        None => internal::record_of_server_by_default(tx, Some(&case.team_id), &case.subject_id, event),
    }
}

/// Notes that a thing stays. Its owner learns nothing of reports that came to nothing, so the event is the server's own.
fn emit_dismissed(tx: &mut Tx, by: Option<&Actor>, case: &Case, reason: &str) {
    let dismissed = Dismissed { target_type: case.subject_kind, reason };
    match by {
        Some(actor) => internal::record_of_server(tx, actor, None, case.id.as_str(), &dismissed),
        None => internal::record_of_server_by_default(tx, None, case.id.as_str(), &dismissed),
    }
}

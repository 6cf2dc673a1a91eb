//! The form actions of reviews: each calls one act of the market.

#![allow(clippy::too_many_arguments, reason = "each is a field of a form, and the browser's half has as many")]

use super::inputs::{SectionScoreInput, VerdictInput};
use super::settings::{ReviewSettingsInput, SectionInput, whole};
use super::words::{dear, plan};
use crate::act::{act, once, run};
use crate::fault::Fault;
use crate::job::address;
use crate::once::Done;
use crate::ui::flash_notice::AT_PROOFERS;
use crate::visitor::go;
use crate::{respond, url};
use leptos::prelude::*;
use market::Time;
use market::id::{ApplicationId, JobId};
use market::job::{self, Job};
use market::review::{self, Change, Desk, Item, Slots};
use market::text::Check;

/// The endpoint of [`settings`].
pub const SETTINGS: &str = "proof/settings";
/// The endpoint of [`reduce`].
pub const REDUCE: &str = "proof/reduce";
/// The endpoint of [`accept`].
pub const ACCEPT: &str = "proof/accept";
/// The endpoint of [`accept_all`].
pub const ACCEPT_ALL: &str = "proof/accept-all";
/// The endpoint of [`unaccept`].
pub const UNACCEPT: &str = "proof/unaccept";
/// The endpoint of [`fund`].
pub const FUND: &str = "proof/fund";
/// The endpoint of [`verdict`].
pub const VERDICT: &str = "proof/verdict";

/// The code of a draft that was saved elsewhere meanwhile.
pub(crate) const DRAFT_MOVED: &str = "draft_moved";
/// The longest name of the place where a draft is written.
const PLACE_LENGTH_MAX: usize = 40;

/// Replaces a job's review settings.
#[server(prefix = "/_fn", endpoint = "proof/settings")]
pub async fn settings(
    job: String,
    proof_required: Option<String>,
    proofer_count: Option<String>,
    proof_fee: Option<String>,
    proof_rounds: Option<String>,
    tie_break: Option<String>,
    #[server(default)] rubric: Vec<SectionInput>,
) -> Result<(), Fault> {
    let mut check = Check::new();
    let typed = ReviewSettingsInput {
        required: proof_required.is_some(),
        count: proofer_count,
        fee: proof_fee,
        rounds: proof_rounds,
        tie_break: tie_break.is_some(),
        rubric,
    };
    let change = typed.change(&mut check);
    check.done()?;
    let id = JobId::parse(&job)?;
    act!(|tx, actor| review::change_settings(tx, actor, &id, &change).await, |job| {
        let done = match job.review {
            Some(_) => format!("Proofing is set: {}.{}", plan(&job.proofing()), warning(&job)),
            None => "No proofers are asked.".to_owned(),
        };
        (address(&job.id), done)
    })
}

/// Completes a notice with the warning of a costly round.
pub(crate) fn warning(job: &Job) -> String {
    dear(&job.proofing(), job.budget_max).map(|told| format!(" {told}")).unwrap_or_default()
}

/// Asks for fewer proofers while they are chosen.
#[server(prefix = "/_fn", endpoint = "proof/reduce")]
pub async fn reduce(job: String, proofer_count: String) -> Result<(), Fault> {
    let mut check = Check::new();
    let change = Change { proofer_count: whole("proofer_count", &proofer_count, &mut check), ..Change::default() };
    check.done()?;
    let id = JobId::parse(&job)?;
    act!(|tx, actor| review::change_settings(tx, actor, &id, &change).await, |job| (
        format!("{}#proofing", address(&job.id)),
        format!("Proofing is set: {}.", plan(&job.proofing()))
    ))
}

/// Accepts an applicant as proofer.
#[server(prefix = "/_fn", endpoint = "proof/accept")]
pub async fn accept(job: String, application: String) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    let application = ApplicationId::from(application);
    act!(|tx, actor| review::accept(tx, actor, &id, &application).await, |(job, slots)| seats(&job, &slots))
}

/// Accepts several applicants as proofers, or none.
#[server(prefix = "/_fn", endpoint = "proof/accept-all")]
pub async fn accept_all(job: String, #[server(default)] application: Vec<String>) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    let chosen: Vec<_> = application.into_iter().map(ApplicationId::from).collect();
    act!(|tx, actor| review::accept_all(tx, actor, &id, &chosen).await, |(job, slots)| seats(&job, &slots))
}

/// Takes back the acceptance of a proofer.
#[server(prefix = "/_fn", endpoint = "proof/unaccept")]
pub async fn unaccept(job: String, application: String) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    let application = ApplicationId::from(application);
    act!(|tx, actor| review::unaccept(tx, actor, &id, &application).await, |(job, slots)| seats(&job, &slots))
}

/// Returns the address of the notice at the table of proofers, and how many seats are taken.
fn seats(job: &Job, slots: &Slots) -> (String, String) {
    let next = if slots.filled == slots.total { "Fund them and the review starts." } else { "Choose the next." };
    (format!("{}#{AT_PROOFERS}", address(&job.id)), format!("{} of {} seats are taken. {next}", slots.filled, slots.total))
}

/// Funds the accepted proofers, which starts the review.
#[server(prefix = "/_fn", endpoint = "proof/fund")]
pub async fn fund(job: String) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    act!(|tx, actor| review::fund(tx, actor, &id).await, |job| (
        address(&job.id),
        "The fees are held and the review has begun. You see each verdict as it comes."
    ))
}

/// Saves the draft of a verdict, or submits the verdict. `then` names the pressed button; without it the page's script saves the
/// draft and shows the time.
#[server(prefix = "/_fn", endpoint = "proof/verdict")]
pub async fn verdict(
    job: String,
    version: Option<i64>,
    round: Option<i64>,
    verdict: Option<String>,
    score: Option<String>,
    #[server(default)] sections: Vec<SectionScoreInput>,
    #[server(default)] revision_items: Vec<Item>,
    reason: Option<String>,
    summary: String,
    agent_feedback: String,
    then: Option<String>,
    back: Option<String>,
    place: Option<String>,
    read: Option<String>,
) -> Result<Option<Time>, Fault> {
    let id = JobId::parse(&job)?;
    let desk = desk(place, read)?;
    let typed = VerdictInput { verdict, score, sections, revision_items, reason, summary, agent_feedback };
    let back = back.as_deref().map_or_else(|| format!("{}/review", address(&id)), |back| url::ours(back).to_owned());
    let then = then.as_deref();
    if then != Some("give") {
        let draft = typed.draft();
        let at = run!(|tx, actor| review::save_draft(tx, actor, &id, &draft, desk.as_ref()).await)?;
        match then.and_then(|then| then.strip_prefix("rows ")) {
            Some(rows) => respond::see_other(&format!("{}#proof-verdict-revision_items", url::with(&back, "rows", rows))),
            None if then.is_some() => go(&back, "The draft is saved.")?,
            None => {}
        }
        return Ok(Some(at));
    }
    let given = async {
        let submission = typed.submission()?;
        once!(
            |tx, actor| {
                job::must_be_current(tx, actor, &id, version, round).await?;
                review::submit(tx, actor, &id, &submission).await
            },
            |_| Done::new(format!("{}/review", address(&id)), "Your verdict is in. Here is what the others found so far.")
        )
        .map_err(Fault::from)
    };
    let given = given.await;
    if given.is_err() {
        // A refused verdict is saved as draft, so that nothing typed is lost: the page shows the draft. Where another tab has saved
        // a newer one, the page shows what was typed here; where no draft is accepted at all, the refusal alone.
        let draft = typed.draft();
        let saved = run!(|tx, actor| review::save_draft(tx, actor, &id, &draft, desk.as_ref()).await);
        if let Err(error) = saved
            && error.code == DRAFT_MOVED
        {
            return Err(error.into());
        }
    }
    given?.go().map(|()| None)
}

/// Reads where the draft was written; none for a page of an earlier version of the program.
fn desk(place: Option<String>, read: Option<String>) -> Result<Option<Desk>, Fault> {
    let Some(place) = place.filter(|place| !place.is_empty() && place.len() <= PLACE_LENGTH_MAX) else { return Ok(None) };
    let read = read.filter(|read| !read.is_empty()).map(|read| Time::parse("read", &read)).transpose()?;
    Ok(Some(Desk { place, read }))
}

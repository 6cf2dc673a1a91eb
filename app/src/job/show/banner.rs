//! The band at the top of a job's page, with the viewer's buttons.

use super::proofing::fund::FundReview;
use super::words::{JobFacts, Words, otherwise, waiting};
use crate::dispute;
use crate::job::{actions, address};
use crate::review::actions::FUND as FUND_REVIEW;
use crate::review::words::plus;
use crate::ui::confirm::Confirm;
use crate::ui::field::{Select, TextArea};
use crate::ui::permission::{Refused, refusal, scopes};
use crate::ui::status_banner::{Deadline, StatusBanner};
use crate::ui::when::in_utc;
use crate::{url, visitor};
use leptos::prelude::*;
use market::Money;
use market::application::{Application, Kind};
use market::job::{Escrow, HandBackReason, Move, Reason, Role, Status, Step, View};
use market::review::{ReviewView, Verdict};
use std::sync::Arc;

/// The data of the band besides the job.
#[derive(Clone, Debug, Default)]
pub struct BannerFacts {
    /// The newest version of the work.
    pub version: Option<i64>,
    /// The poster's available balance.
    pub available: Money,
    /// The review as its viewer sees it.
    pub review: Option<Arc<ReviewView>>,
    /// The number of pending applications to proof, for the poster.
    pub offers: Option<usize>,
    /// True if the viewer can rate the other side.
    pub may_rate: bool,
    /// The viewer's own applications.
    pub own: Vec<Application>,
    /// The accepted application of a worker, or of a proofer, who was suspended before the poster paid.
    pub suspended: Option<Application>,
}

/// The band of a job.
#[component]
pub fn Banner(view: Arc<View>, around: BannerFacts) -> impl IntoView {
    let review = around.review.as_deref();
    let BannerFacts { version, offers, .. } = around;
    let Words { yours, whose, about } = Words::of(&view, JobFacts { version, review, offers, own: &around.own });
    let rate = around.may_rate.then(|| view! { <Rate view=view.clone() /> });
    let timer = view.next_move.otherwise.zip(view.next_move.at).map(|(outcome, at)| Deadline {
        at,
        now: visitor::now(),
        otherwise: otherwise(&view, outcome, review),
    });
    view! {
        <StatusBanner yours=yours whose=whose about=about timer=timer>
            {rate}
            {denied(&view)}
            {match view.role {
                Role::Poster => view! { <PosterActs view=view around=around /> }.into_any(),
                Role::Worker => view! { <WorkerActs view=view /> }.into_any(),
                Role::Proofer => view! { <ProoferActs view=view yours=yours /> }.into_any(),
                Role::Applicant | Role::Visitor => ().into_any(),
            }}
        </StatusBanner>
    }
}

/// The sentence about a role that does not allow a step which the job waits for.
fn denied(view: &View) -> Option<impl IntoView + use<>> {
    let steps: &[(Step, &str)] = match view.role {
        Role::Poster => &[
            (Step::Fund, actions::FUND),
            (Step::StartReview, FUND_REVIEW),
            (Step::Approve, actions::APPROVE),
            (Step::Override, actions::APPROVE_ANYWAY),
            (Step::StartRelease, actions::APPROVE),
            (Step::Cancel, actions::CANCEL),
        ],
        Role::Worker => &[(Step::HandBack, actions::HAND_BACK)],
        _ => &[],
    };
    let (_, form) = steps.iter().find(|(step, _)| view.job.status.after(*step).is_ok())?;
    refusal(scopes(form)).map(|error| view! { <Refused error=error /> })
}

/// The link to the rating form, after the job's end.
#[component]
fn Rate(view: Arc<View>) -> impl IntoView {
    let other = match view.role {
        Role::Poster => view.worker.clone().unwrap_or_else(|| "the worker".to_owned()),
        _ => view.poster.clone(),
    };
    view! { <a class="btn primary" href="#ratings">{format!("Rate {other}")}</a> }
}

#[component]
fn PosterActs(view: Arc<View>, around: BannerFacts) -> impl IntoView {
    let can = |step| view.job.status.after(step).is_ok();
    let price = view.job.cost().price;
    let against = matches!(view.job.consensus(), Some(Verdict::Reject | Verdict::NeedsRevision));
    let approve = can(Step::Approve) && !against;
    let after_all = matches!(view.job.status, Status::Rejected | Status::Disputed);
    let label = if after_all { format!("Approve {price} after all") } else { format!("Approve {price}") };
    let available = around.available;
    let choose = view.next_move.what == Move::Choose;
    let class = if matches!(view.next_move.what, Move::Answer | Move::DeliverAgain) { "btn" } else { "btn primary" };
    let version = around.version;
    view! {
        <Dispute view=view.clone() />
        {view.job.status.takes_edits().then(|| view! { <a class="btn" href=format!("{}/edit", address(&view.job.id))>"Edit"</a> })}
        {view.job.status.is_closed().then(|| view! { <a class="btn" href=url::with_query("/jobs/new", &[("from", view.job.id.as_str())])>"Post it again"</a> })}
        {can(Step::Cancel).then(|| view! { <Cancel view=view.clone() /> })}
        {(can(Step::CallOff) && view.job.consensus() != Some(Verdict::Approve)).then(|| view! { <CallOff view=view.clone() /> })}
        {choose.then(|| view! { <a class="btn primary" href="#applications">"Choose"</a> })}
        {can(Step::Reject).then(|| view! { <Reject view=view.clone() version=around.version /> })}
        {can(Step::RequestRevision).then(|| view! { <Revise view=view.clone() version=around.version /> })}
        {(can(Step::Override) || (can(Step::Approve) && against)).then(|| view! { <Anyway view=view.clone() version=around.version /> })}
        {match around.suspended.clone() {
            Some(gone) => view! { <LetGo view=view.clone() gone=gone /> }.into_any(),
            None if can(Step::Fund) => view! { <Fund view=view.clone() available=available /> }.into_any(),
            None if can(Step::StartReview) => view! { <Seats view=view.clone() around=around /> }.into_any(),
            None => ().into_any(),
        }}
        {approve.then(|| view! { <Approve view=view.clone() version=version ask=label class=class /> })}
        {can(Step::StartRelease).then(|| view! { <Approve view=view.clone() version=version ask=format!("Release {price}") class="btn primary" /> })}
    }
}

/// The button that lets the worker be paid.
#[component]
fn Approve(view: Arc<View>, ask: String, class: &'static str, #[prop(optional_no_strip)] version: Option<i64>) -> impl IntoView {
    let price = view.job.cost().price;
    let worker = view.worker.clone().unwrap_or_else(|| "The worker".to_owned());
    view! {
        <Confirm id="approve" to=actions::APPROVE on=("job", view.job.id.to_string()) ask=ask.clone() class=class danger=false
            question="Approve the work?" act=ask keep="Not yet">
            {version.map(|version| view! { <input type="hidden" name="version" value=version /> })}
            <p class="soft">{format!("{worker} is paid {price} when the cooldown ends. Until then it can be disputed.")}</p>
        </Confirm>
    }
}

/// The link to the application of somebody who was suspended after they were accepted: it can only be declined.
#[component]
fn LetGo(view: Arc<View>, gone: Application) -> impl IntoView {
    let to = match gone.kind {
        Kind::Work => url::with_query(&address(&view.job.id), &[("pick", gone.id.as_str())]) + "#accept",
        Kind::Proof => "#proofing".to_owned(),
    };
    view! { <a class="btn primary" href=to>{format!("Decline {}, who is suspended", gone.agent)}</a> }
}

/// The link to the empty seats, or the button that funds the taken ones.
#[component]
fn Seats(view: Arc<View>, around: BannerFacts) -> impl IntoView {
    let summary = around.review.as_ref().and_then(|review| review.summary.clone());
    if around.offers == Some(0) && summary.as_ref().is_none_or(|summary| summary.taken < summary.seats) {
        return ().into_any();
    }
    if summary.is_none_or(|summary| summary.taken < summary.seats) {
        return view! { <a class="btn primary" href="#proofing">"Choose proofers"</a> }.into_any();
    }
    view! { <FundReview view=view cost=waiting(around.review.as_deref()) available=around.available /> }.into_any()
}

#[component]
fn ProoferActs(view: Arc<View>, yours: bool) -> impl IntoView {
    let to = format!("{}/review", address(&view.job.id));
    if yours {
        return view! { <a class="btn primary" href=to>"Review the work"</a> }.into_any();
    }
    view! { <a class="btn" href=to>"See the review"</a> }.into_any()
}

/// The hidden field with the version that the page shows: a newer one is not judged by it.
#[component]
fn ReadVersion(#[prop(optional_no_strip)] version: Option<i64>) -> impl IntoView {
    version.map(|version| view! { <input type="hidden" name="version" value=version /> })
}

/// The button that approves without the proofers, or against their consensus.
#[component]
fn Anyway(view: Arc<View>, #[prop(optional_no_strip)] version: Option<i64>) -> impl IntoView {
    let price = view.job.cost().price;
    let told = match view.job.status {
        Status::PendingProof => "Nobody has proofed this version yet, and nobody will. Proofers who gave a verdict are paid.",
        Status::InReview => "The proofers have not decided yet. All of them are paid, whether their verdict is in or not.",
        _ => "The proofers did not approve this work.",
    };
    let worker = view.worker.clone().unwrap_or_else(|| "the worker".to_owned());
    view! {
        <Confirm id="anyway" to=actions::APPROVE_ANYWAY on=("job", view.job.id.to_string()) ask="Approve anyway" class="btn"
            question="Approve anyway?" act=format!("Approve {price}") keep="Back">
            <ReadVersion version=version />
            <p class="soft">{told}{format!(" {price} goes to {worker} after the cooldown. You are bound by it: after that only a new fact opens a dispute.")}</p>
        </Confirm>
    }
}

#[component]
fn WorkerActs(view: Arc<View>) -> impl IntoView {
    let deliver = view.may_deliver.then(|| view! { <a class="btn primary" href="#deliver">"Deliver"</a> });
    let contest = (view.job.status == Status::Rejected)
        .then(|| view! { <a class="btn primary" href=dispute::address(&view.job.id)>"Open a dispute"</a> });
    let back = view.job.status.after(Step::HandBack).is_ok().then(|| view! { <HandBack view=view.clone() /> });
    view! { {deliver} {contest} {back} <Dispute view=view /> }
}

/// The button that gives the job back.
#[component]
fn HandBack(view: Arc<View>) -> impl IntoView {
    let reasons = HandBackReason::ALL.iter().map(|&reason| (reason.as_str().to_owned(), why_back(reason).to_owned())).collect();
    let told = match view.job.status {
        Status::PendingEscrow => "Nothing was paid yet. The job is open again, and your application is withdrawn.".to_owned(),
        _ => format!("The job is cancelled, and {} goes back to the poster. This can’t be undone.", view.job.cost().total()),
    };
    view! {
        <Confirm id="hand-back" to=actions::HAND_BACK on=("job", view.job.id.to_string()) ask="Give the job back" class="btn"
            question="Give this job back?" act="Give it back" keep="Keep the job">
            <p class="soft">{told}</p>
            <Select name="reason" label="Reason" options=reasons />
            <TextArea name="message" label="Message to the poster" rows=3 optional=true />
        </Confirm>
    }
}

const fn why_back(reason: HandBackReason) -> &'static str {
    match reason {
        HandBackReason::Time => "I can’t do it in time",
        HandBackReason::Scope => "The brief asks for more than it seemed to",
        HandBackReason::Access => "I lack what the work needs from the poster",
        HandBackReason::Skill => "I can’t do it well",
        HandBackReason::Other => "Something else",
    }
}

/// The link to the open dispute.
#[component]
fn Dispute(view: Arc<View>) -> impl IntoView {
    let to_answer = view.next_move.what == Move::Answer && view.next_move.is_for(view.role);
    let (class, text) = if to_answer { ("btn primary", "Answer the dispute") } else { ("btn", "See the dispute") };
    view.job.disputed_at.map(|_| view! { <a class=class href=dispute::address(&view.job.id)>{text}</a> })
}

/// The button that funds the job, or the missing amount with a link to deposit it.
#[component]
fn Fund(view: Arc<View>, available: Money) -> impl IntoView {
    let cost = view.job.cost().total();
    let missing = Money(cost.0 - available.0);
    if missing > Money::ZERO {
        let to = url::with_query("/wallet", &[("amount", &missing.major()), ("back", &address(&view.job.id))]);
        return view! { <a class="btn primary" href=format!("{to}#deposit")>{format!("Deposit {missing} to fund it")}</a> }.into_any();
    }
    let act = format!("Fund {cost}");
    let told = format!(
        "{cost} leaves your wallet now and is held until you have judged the work. {} stays available.{}",
        Money(-missing.0),
        plus(&view.job.proofing())
    );
    let late = view.job.deadline.filter(|due| *due <= visitor::now()).map(|due| {
        let left = crate::ui::countdown::whole(visitor::rules().work_window.as_ms());
        view! { <p class="soft">{format!("The work was due on {}. The worker gets {left} from now on.", in_utc(due))}</p> }
    });
    view! {
        <Confirm id="fund" to=actions::FUND on=("job", view.job.id.to_string()) ask=act.clone() class="btn primary" danger=false
            question="Fund the work?" act=act keep="Not yet">
            <p class="soft">{told}</p>
            {late}
        </Confirm>
    }
    .into_any()
}

#[component]
fn Cancel(view: Arc<View>) -> impl IntoView {
    let told = match view.applications {
        0 => "Nobody has applied yet.".to_owned(),
        1 => "The one applicant is declined.".to_owned(),
        n => format!("All {n} applicants are declined."),
    };
    let back = match view.job.escrow {
        Escrow::Held => " What is held comes back to your wallet.",
        _ => " Nothing was paid.",
    };
    view! {
        <Confirm id="cancel" to=actions::CANCEL on=("job", view.job.id.to_string()) ask="Cancel the job" class="btn"
            question="Cancel this job?" act="Cancel the job" keep="Keep the job">
            <p class="soft">{told}{back}" This can’t be undone."</p>
            <TextArea name="reason" label="Reason" rows=2 optional=true />
        </Confirm>
    }
}

/// The button that calls a job off while its worker works.
#[component]
fn CallOff(view: Arc<View>) -> impl IntoView {
    let worker = view.worker.clone().unwrap_or_else(|| "the worker".to_owned());
    let held = view.job.held();
    let told = format!("{held} comes back to you when the timer ends, unless {worker} objects: then somebody rules, or the work goes on.");
    view! {
        <Confirm id="call-off" to=actions::CALL_OFF on=("job", view.job.id.to_string()) ask="Call it off" class="btn"
            question="Call this job off?" act="Call it off" keep="Let it go on">
            <p class="soft">{told}</p>
            <TextArea name="reason" label="Reason" rows=3 />
        </Confirm>
    }
}

#[component]
fn Revise(view: Arc<View>, #[prop(optional_no_strip)] version: Option<i64>) -> impl IntoView {
    let left = visitor::rules().revisions_max - view.job.revisions;
    view! {
        <Confirm id="revise" to=actions::REVISE on=("job", view.job.id.to_string()) ask="Ask for a revision" class="btn" danger=false
            question="Ask for a revision?" act="Ask for a revision" keep="Back">
            <ReadVersion version=version />
            <p class="soft">{format!("The worker gets a new deadline. {left} left for this job.")}</p>
            <TextArea name="message" label="What should change" rows=5 />
        </Confirm>
    }
}

#[component]
fn Reject(view: Arc<View>, #[prop(optional_no_strip)] version: Option<i64>) -> impl IntoView {
    let reasons = Reason::ALL.iter().map(|&reason| (reason.as_str().to_owned(), why(reason).to_owned())).collect();
    let cost = view.job.cost().total();
    let told = if view.job.status == Status::Approved {
        format!("The proofers approve it, so this opens a dispute: the worker answers, then somebody rules. {cost} stays held meanwhile.")
    } else {
        format!(
            "{cost} stays held meanwhile. If the worker opens a dispute, your reason is your answer. Else it comes back to you when the timer ends."
        )
    };
    view! {
        <Confirm id="reject" to=actions::REJECT on=("job", view.job.id.to_string()) ask="Reject"
            question="Reject the work?" act="Reject the work" keep="Back">
            <ReadVersion version=version />
            <p class="soft">{told}</p>
            <Select name="reason" label="Reason" options=reasons />
            <TextArea name="message" label="What is wrong" rows=4 />
        </Confirm>
    }
}

const fn why(reason: Reason) -> &'static str {
    match reason {
        Reason::OffBrief => "It is not what the brief asks",
        Reason::Incomplete => "Parts are missing",
        Reason::LowQuality => "It is not good enough",
        Reason::NotOriginal => "It is somebody else’s work",
        Reason::Unacceptable => "It breaks the NDA or the law",
        Reason::Other => "Something else",
    }
}

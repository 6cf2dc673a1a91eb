//! The review page: the brief, the work and the verdict side by side.

pub mod artifact;
pub mod brief;
pub mod form;
pub mod found;
pub mod items;
pub mod work;

use super::loaders::{self, ReviewPageData};
use super::work::{ArtifactMode, ArtifactParams};
use crate::job::{address, reference};
use crate::load::load;
use crate::ui::countdown::Countdown;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::id::Id;
use crate::ui::layout::{Layout, NavItem};
use crate::ui::status::StatusBadge;
use crate::visitor;
use brief::Brief;
use form::VerdictForm;
use found::Found;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use market::job::{Status, View};
use market::review::{ReviewView, SeatStatus, Viewer};
use std::sync::Arc;
use work::WorkPane;

/// The page of a review.
#[component]
pub fn Review() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    let query = use_query_map().get_untracked();
    let word = |name| query.get(name).unwrap_or_default();
    let params = ArtifactParams {
        version: word("version").parse().unwrap_or_default(),
        file: word("file"),
        look: ArtifactMode::parse(&word("look")),
        rows: word("rows").parse().unwrap_or_default(),
    };
    let rows = params.rows;
    load(loaders::review(id, params), move |desk| view! { <Whole desk=desk rows=rows /> })
}

#[component]
fn Whole(desk: ReviewPageData, rows: usize) -> impl IntoView {
    let ReviewPageData { view, agreed_at, attachments, review, work, draft } = desk;
    let (view, review) = (Arc::new(view), Arc::new(review));
    let due = review.assignment.as_ref().is_some_and(|seat| seat.status == SeatStatus::Funded);
    let newest = work.as_ref().and_then(|work| work.versions.first().copied()).unwrap_or_default();
    let last = if due { "Verdict" } else { "Verdicts" };
    let verdict = if due {
        view! { <VerdictForm view=view.clone() review=review.clone() draft=draft rows=rows version=newest /> }.into_any()
    } else {
        view! { <Found view=view.clone() review=review.clone() /> }.into_any()
    };
    let place = match review.viewer {
        Viewer::Poster => NavItem::Hire,
        Viewer::Agent => NavItem::Work,
        Viewer::Proofer => NavItem::Proof,
    };
    view! {
        <Layout title=format!("Review: {}", view.job.title) place=place wide=true>
            <Head view=view.clone() review=review.clone() />
            <FlashNotice />
            <div class="review">
                <Brief view=view.clone() review=review agreed_at=agreed_at attachments=attachments />
                <WorkPane view=view work=work />
                {verdict}
            </div>
            <nav class="jump" aria-label="Parts of the review">
                <a href="#brief">"Brief"</a>
                <a href="#work">"Work"</a>
                <a href="#verdict">{last}</a>
            </nav>
        </Layout>
    }
}

#[component]
fn Head(view: Arc<View>, review: Arc<ReviewView>) -> impl IntoView {
    let job = &view.job;
    let to = address(&job.id);
    let crumb = match review.viewer {
        Viewer::Proofer => view! { <a href="/proofing" class="plain">"Proof"</a>" · "<a href=to class="plain">"the job"</a> }.into_any(),
        _ => view! { <a href=to class="plain">"Back to the job"</a> }.into_any(),
    };
    let round = (review.round > 1).then(|| view! { <span>{format!("Round {}", review.round)}</span> });
    view! {
        <div class="page-head">
            <div>
                <p class="xs crumb">{crumb}</p>
                <h1 dir="auto">{job.title.clone()}</h1>
                <div class="facts mt-2">
                    <Badge review=review.clone() view=view.clone() />
                    {round}
                    <Seat review=review />
                    <Id text=reference(&job.id) whole=job.id.to_string() noun="job id" />
                </div>
            </div>
        </div>
    }
}

/// The badge that says what the viewer can see.
#[component]
fn Badge(review: Arc<ReviewView>, view: Arc<View>) -> impl IntoView {
    let judging = matches!(review.status, Status::PendingProof | Status::InReview);
    match (review.viewer, review.blind) {
        (Viewer::Proofer, true) if !judging => view! { <StatusBadge status=view.job.status /> }.into_any(),
        (Viewer::Proofer, true) => view! { <span class="blind"><Icon glyph=Glyph::Blind />"Blind review"</span> }.into_any(),
        (Viewer::Proofer, false) => {
            view! { <span class="blind lifted"><Icon glyph=Glyph::Eye />"Your verdict is in: you see them all"</span> }.into_any()
        }
        _ => view! { <StatusBadge status=view.job.status /> }.into_any(),
    }
}

/// The fee for the viewer's own verdict, and its deadline.
#[component]
fn Seat(review: Arc<ReviewView>) -> impl IntoView {
    let seat = review.assignment.clone()?;
    let now = visitor::now();
    let paid = match seat.status {
        SeatStatus::Paid => " USD, paid to you",
        SeatStatus::Freed => return None,
        SeatStatus::Accepted | SeatStatus::Funded | SeatStatus::Submitted => " USD, paid when the round is decided",
    };
    let due = seat.due_at.filter(|_| seat.status == SeatStatus::Funded).map(|at| {
        view! { <span>"Verdict due in "<Countdown at=at.to_string() left_ms=at.since(now).as_ms() /></span> }
    });
    Some(view! { <span><span class="money">{seat.fee.to_string()}</span>{paid}</span> {due} })
}

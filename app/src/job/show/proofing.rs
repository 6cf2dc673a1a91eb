//! The review on a job's page: settings, proofers, verdicts.

pub mod fund;
pub mod plan;
pub mod seats;

use crate::job::address;
use crate::review::verdicts::Verdicts;
use crate::review::words::plan as planned;
use leptos::prelude::*;
use market::application::Application;
use market::job::{Role, Status, View};
use market::review::ReviewView;
use market::{Money, Page};
use plan::Plan;
use seats::{Offers, Seats};
use std::sync::Arc;

/// The data of the section.
#[derive(Clone, Debug, Default)]
pub struct ReviewSectionData {
    /// The review as its viewer sees it, for the poster, the worker and the proofers.
    pub review: Option<Arc<ReviewView>>,
    /// The applications to proof it, for the poster.
    pub offers: Option<Page<Application>>,
    /// The poster's available balance.
    pub available: Money,
}

/// The section; none for a job that only its poster judges, unless that can still be changed.
#[component]
pub fn Proofing(view: Arc<View>, seen: ReviewSectionData) -> impl IntoView {
    let job = &view.job;
    let settings = job.proofing();
    let may_change = view.role == Role::Poster && job.status.has_open_settings();
    let ReviewSectionData { review, offers, available } = seen;
    // A blind proofer is not told the number of proofers.
    let told = match (job.review.is_some(), view.role) {
        (false, _) => "Not asked for".to_owned(),
        (true, Role::Proofer) if review.as_ref().is_none_or(|review| review.blind) => format!("{} a round", settings.proof_fee),
        (true, _) => planned(&settings),
    };
    (job.review.is_some() || may_change).then(|| {
        view! {
            <section class="section" aria-labelledby="proofing">
                <div class="section-head"><h2 id="proofing">"Proofing"</h2><span class="soft">{told}</span></div>
                {match (view.role, review) {
                    (Role::Poster, Some(review)) if job.round() > 0 => {
                        view! { <ForPoster view=view.clone() review=review offers=offers available=available /> }.into_any()
                    }
                    (Role::Worker | Role::Proofer, Some(review)) if job.round() > 0 => view! { <ForOthers view=view.clone() review=review /> }.into_any(),
                    _ => view! { <Plan view=view.clone() settings=settings may_change=may_change /> }.into_any(),
                }}
            </section>
        }
    })
}

#[component]
fn ForPoster(view: Arc<View>, review: Arc<ReviewView>, offers: Option<Page<Application>>, available: Money) -> impl IntoView {
    let choosing = view.job.status == Status::PendingProof;
    let seats = choosing.then(|| view! { <Seats view=view.clone() review=review.clone() offers=offers.clone() available=available /> });
    let offers = offers.filter(|_| choosing).map(|offers| view! { <Offers view=view.clone() review=review.clone() page=offers /> });
    view! {
        {seats}
        {offers}
        <Verdicts review=review />
        <Closer view=view />
    }
}

#[component]
fn ForOthers(view: Arc<View>, review: Arc<ReviewView>) -> impl IntoView {
    let blind = review.blind.then(|| view! { <p class="soft">"What the others find is hidden until your verdict is in."</p> });
    let waits = view.role == Role::Worker && matches!(view.job.status, Status::PendingProof | Status::InReview);
    let waits = waits.then(|| view! { <p class="soft">"You read what they found once they have decided. Their names stay hidden."</p> });
    view! {
        {blind}
        {waits}
        <Verdicts review=review />
        <Closer view=view />
    }
}

/// The link to the page with the work and the verdicts side by side.
#[component]
fn Closer(view: Arc<View>) -> impl IntoView {
    let to = format!("{}/review", address(&view.job.id));
    view! { <p class="mt-4"><a href=to>"The work and the verdicts, side by side"</a></p> }
}

//! The page of a job: whose move it is, the brief, the work, the costs, and every act that is possible now.

pub mod applications;
pub mod apply;
pub mod banner;
pub mod brief;
pub mod feature;
pub mod history;
pub mod money;
pub mod parts;
pub mod proofing;
pub mod words;
pub mod work;

use super::loaders::{self, JobPageData};
use super::{address, budget, category, reference};
use crate::conversation::Conversation;
use crate::conversation::messages::Messages;
use crate::conversation::ratings::Ratings;
use crate::dispute::entry::{DisputeEntry, has_dispute};
use crate::hallmark::stamp::HallmarkSection;
use crate::job_invitation::invited::{self, Invited};
use crate::job_invitation::received::YouAreInvited;
use crate::load::load;
use crate::member::verify::VerifyFirst;
use crate::profile::{AgentLink, TeamLink};
use crate::question;
use crate::question::list::Questions;
use crate::respond;
use crate::safety::ReportLink;
use crate::safety::notice::HiddenNotice;
use crate::ui::flash_notice::{AT_INVITED, AT_PROOFERS, AT_QUESTIONS, FlashNotice};
use crate::ui::id::Id;
use crate::ui::layout::{Layout, NavItem};
use crate::ui::public_page::PublicPage;
use crate::ui::status::{Featured, StatusBadge};
use crate::ui::when::When;
use applications::{Accept, Applications};
use apply::Apply;
use banner::{Banner, BannerFacts};
use brief::Brief;
use feature::Feature;
use history::History;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use market::Page;
use market::application::{Application, Status as Answer};
use market::job::{Escrow, Job, Role, Status, View};
use market::safety::SubjectKind;
use money::Costs;
use parts::{PartLinks, Parts};
use proofing::{Proofing, ReviewSectionData};
use std::sync::Arc;
use work::{Deliver, Work};

/// The page of a job; `?pick=` is the application that the poster looks at.
#[component]
pub fn JobPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    let query = use_query_map().get_untracked();
    let number = |name| query.get(name).and_then(|text| text.parse().ok()).unwrap_or(0);
    let pick = query.get("pick");
    let case = format!("/jobs/{id}/dispute");
    load(loaders::show(id, number("offset"), number("proofers"), number("said"), number("asked")), move |shown| match shown {
        Some(shown) => view! { <Whole shown=shown pick=pick /> }.into_any(),
        None => view! { <InDispute to=case /> }.into_any(),
    })
}

/// Redirects an admin to the dispute's page, where they read the job that they rule on.
#[component]
fn InDispute(to: String) -> impl IntoView {
    respond::see_other(&to);
    view! { <Layout title="Dispute"><p><a href=to>"Read the job in its dispute"</a></p></Layout> }
}

#[component]
fn Whole(shown: JobPageData, pick: Option<String>) -> impl IntoView {
    let (Conversation { heard, unread, ratings }, hallmark, questions) = (shown.talk, shown.hallmark, shown.questions);
    let JobPageData {
        view, history, applications, proofers, review, own, impartial, deliverables, laid, files, nda, wallet, invited, ..
    } = shown;
    let view = Arc::new(view);
    let asked = question::list::is_shown(&view, &questions);
    let parts =
        Parts::of(&view, &deliverables, applications.as_ref(), heard.as_ref(), unread).with_questions(asked.then_some(questions.total));
    let review = review.map(Arc::new);
    let picked = applications.as_ref().and_then(|page| picked(&page.items, pick.as_deref()));
    let available = wallet.map(|wallet| wallet.available).unwrap_or_default();
    let version = deliverables.first().map(|made| made.version);
    let ever = has_dispute(&history);
    let offers =
        proofers.as_ref().filter(|page| page.offset == 0).map(|page| page.items.iter().filter(|one| one.status == Answer::Pending).count());
    let may_rate = ratings.as_ref().is_some_and(|ratings| ratings.may_rate);
    let suspended = suspended(&view, applications.as_ref(), proofers.as_ref());
    let around = BannerFacts { suspended, version, offers, may_rate, available, review: review.clone(), own: own.clone() };
    let seen = ReviewSectionData { review: review.clone(), offers: proofers, available };
    let noticed = noticed(&view, asked, invited::is_shown(&view, &invited));
    let about = is_public(&view.job).then(|| PublicPage::new(address(&view.job.id), &description(&view)));
    // A worker reads the requested changes before the form for the next version.
    let before = view.role == Role::Worker && view.job.status == Status::RevisionRequested;
    let proofing = view! { <Proofing view=view.clone() seen=seen /> };
    let (first, then) = if before { (Some(proofing), None) } else { (None, Some(proofing)) };
    view! {
        <Layout title=view.job.title.clone() place=NavItem::of(view.role) about=about>
            <Title view=view.clone() />
            <VerifyFirst />
            <FlashNotice but=noticed />
            <Banner view=view.clone() around=around />
            <YouAreInvited view=view.clone() own=invited.clone() />
            <PartLinks parts=parts />
            <div class="split section mt-8">
                <div>
                    <Brief view=view.clone() nda=nda attached=files.attached />
                    <Questions view=view.clone() page=questions />
                    <Apply view=view.clone() own=own impartial=impartial />
                    {first}
                    <Deliver view=view.clone() waiting=files.waiting />
                    <Work view=view.clone() deliverables=deliverables laid=laid />
                    {then}
                    {applications.map(|page| view! { <Applications view=view.clone() page=page picked=picked.clone() /> })}
                    <Invited view=view.clone() invited=invited />
                    <Ratings view=view.clone() given=ratings />
                    <Messages view=view.clone() heard=heard unread=unread />
                </div>
                <aside aria-label="Progress">
                    {picked.map(|picked| view! { <Accept view=view.clone() picked=picked available=available /> })}
                    {hallmark.map(|hallmark| view! { <HallmarkSection hallmark=hallmark /> })}
                    <History view=view.clone() history=history />
                    <Costs view=view.clone() review=review />
                    <Feature view=view.clone() available=available />
                    <Trouble view=view ever=ever />
                </aside>
            </div>
        </Layout>
    }
}

/// The ways out when something is wrong: the dispute, and the link that reports the job, which its own poster has not.
#[component]
fn Trouble(view: Arc<View>, ever: bool) -> impl IntoView {
    let may = view.role != Role::Poster && view.job.hidden_at.is_none();
    let report =
        may.then(|| view! { <p class="mt-6"><ReportLink kind=SubjectKind::Job id=view.job.id.to_string() about="this job" /></p> });
    view! {
        <DisputeEntry view=view ever=ever />
        {report}
    }
}

/// Returns the sentence about what a hidden job can't do.
fn waits(job: &Job) -> &'static str {
    if job.status == Status::Open { "Nobody can apply or be chosen." } else { "" }
}

/// Returns true if strangers read the job.
fn is_public(job: &Job) -> bool {
    job.status.is_listed() && job.hidden_at.is_none()
}

/// Returns the places of the page that show the notices of their own acts.
fn noticed(view: &View, asked: bool, invited: bool) -> Vec<&'static str> {
    let choosing = view.role == Role::Poster && view.job.status == Status::PendingProof;
    [choosing.then_some(AT_PROOFERS), asked.then_some(AT_QUESTIONS), invited.then_some(AT_INVITED)].into_iter().flatten().collect()
}

/// The description of a listed job: what everybody may know of it.
fn description(view: &View) -> String {
    let job = &view.job;
    format!("{}. {} for {} USD, posted by {}.", job.title, category(job.category), budget(job.budget_min, job.budget_max), view.poster)
}

/// Returns an accepted application of somebody who is suspended now, while it waits for its funding. Accepted ones come first in their list.
fn suspended(view: &View, work: Option<&Page<Application>>, proof: Option<&Page<Application>>) -> Option<Application> {
    let page = match view.job.status {
        Status::PendingEscrow => work,
        Status::PendingProof => proof,
        _ => None,
    };
    page?.items.iter().find(|one| one.status == Answer::Accepted && !one.is_available).cloned()
}

fn picked(applications: &[Application], pick: Option<&str>) -> Option<Application> {
    let pick = pick?;
    applications.iter().find(|application| application.id.as_str() == pick).cloned()
}

#[component]
fn Title(view: Arc<View>) -> impl IntoView {
    let job = &view.job;
    let price = job.price.map_or_else(|| budget(job.budget_min, job.budget_max), |price| price.to_string());
    view! {
        <div class="page-head">
            <div>
                <h1 dir="auto">{job.title.clone()}</h1>
                <div class="facts mt-2">
                    <StatusBadge status=job.status />
                    {job.featured().map(|_| view! { <Featured /> })}
                    <span><span class="money">{price}</span>" USD"</span>
                    <span>{category(job.category)}</span>
                    {(job.status == Status::Open && job.escrow == Escrow::Held).then(|| view! { <span>"Budget held"</span> })}
                    {(!job.terms.skills.words().is_empty()).then(|| view! { <span>{job.terms.skills.words().join(", ")}</span> })}
                    <span><TeamLink text=view.poster.clone() id=job.team_id.clone() /></span>
                    {days(job)}
                    {view.worker.clone().map(|worker| view! { <span>"done by "<AgentLink text=worker id=job.agent_id.clone() /></span> })}
                    <Id text=reference(&job.id) whole=job.id.to_string() noun="job id" />
                </div>
            </div>
        </div>
        {job.hidden_at.map(|_| view! { <HiddenNotice noun="job" meanwhile=waits(job) is_own=view.role == Role::Poster /> })}
    }
}

/// The time until which an open job takes applications, and the time its work is due, unless it is over.
fn days(job: &Job) -> impl IntoView + use<> {
    let until = job.applications_until.filter(|_| job.status == Status::Open);
    let due = job.deadline.filter(|_| !job.status.is_closed());
    view! {
        {until.map(|at| view! { <span>"Applications until "<When at=at day_only=true /></span> })}
        {due.map(|at| view! { <span>"Work due "<When at=at day_only=true /></span> })}
    }
}

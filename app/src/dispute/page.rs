//! The page of a job's dispute: its status, statements and evidence, and every act that is possible now.

use super::case::Sides;
use super::case_file::CaseFileToRule;
use super::loaders::{self, DisputePageData};
use super::open::{Open, Rules};
use super::rule::Rule;
use super::{actions, words};
use crate::job::{address, reference};
use crate::load::load;
use crate::member::verify::VerifyFirst;
use crate::profile::{AgentLink, TeamLink};
use crate::review::rendered::RenderedWork;
use crate::ui::confirm::Confirm;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::id::Id;
use crate::ui::layout::{Layout, NavItem};
use crate::ui::status_banner::{Deadline, StatusBanner};
use crate::visitor;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use market::dispute::{Case, Dispute, Status};
use market::job::View;
use std::sync::Arc;

/// The page of a dispute.
#[component]
pub fn DisputePage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    let said = use_query_map().with_untracked(|query| query.get("said")).and_then(|text| text.parse().ok()).unwrap_or(0);
    load(loaders::show(id, said), |docket| view! { <Whole docket=docket /> })
}

#[component]
fn Whole(docket: DisputePageData) -> impl IntoView {
    let DisputePageData { job, case, files, shown, said, laid } = docket;
    let view = job.map(Arc::new);
    let title = match (&case, &view) {
        (Some(case), _) => case.dispute.job_title.clone(),
        (None, Some(view)) => view.job.title.clone(),
        (None, None) => String::new(),
    };
    let place = view.as_ref().map_or(NavItem::Elsewhere, |view| NavItem::of(view.role));
    // After a closed dispute another can be opened while money is held.
    let may_open = view.clone().filter(|view| case.is_none() || words::closed_to(&view.job).is_none());
    let case = case.map(Arc::new);
    let open_files = files.clone();
    view! {
        <Layout title=format!("Dispute: {title}") place=place>
            {match &case {
                Some(case) => view! { <Head case=case.clone() linked=view.is_some() /> }.into_any(),
                None => view! { <Unopened view=view.clone() title=title /> }.into_any(),
            }}
            <VerifyFirst />
            <FlashNotice />
            {case.map(|case| view! { <Judged case=case files=files shown=shown said=said laid=laid /> })}
            {may_open.map(|view| view! { <Open view=view files=open_files /> })}
        </Layout>
    }
}

/// The head of the page before a dispute exists; the job's title links back.
#[component]
fn Unopened(#[prop(optional_no_strip)] view: Option<Arc<View>>, title: String) -> impl IntoView {
    let title = match view {
        Some(view) => view! { <a href=address(&view.job.id) dir="auto">{title}</a> }.into_any(),
        None => title.into_any(),
    };
    view! { <div class="page-head"><div><h1>"Open a dispute"</h1><p dir="auto">{title}</p></div></div> }
}

#[component]
fn Head(case: Arc<Case>, linked: bool) -> impl IntoView {
    let Dispute { job_id, job_title, team_id, poster, agent_id, worker, price, .. } = case.dispute.clone();
    let back = linked.then(|| view! { <a href=address(&job_id)>"The job"</a> });
    view! {
        <div class="page-head">
            <div>
                <h1>"Dispute"</h1>
                <p dir="auto">{job_title}</p>
                <div class="facts mt-2">
                    <span>{words::status(case.dispute.status)}</span>
                    <span><span class="money">{price.to_string()}</span>" USD"</span>
                    <span><TeamLink text=poster id=team_id />" and "<AgentLink text=worker id=agent_id /></span>
                    <Id text=reference(&job_id) whole=job_id.to_string() noun="job id" />
                    {back}
                </div>
            </div>
        </div>
    }
}

#[component]
fn Judged(
    case: Arc<Case>,
    files: Vec<loaders::EvidenceFile>,
    shown: Vec<loaders::EvidenceFile>,
    #[prop(optional_no_strip)] said: Option<market::Page<market::message::Message>>,
    laid: Vec<Option<RenderedWork>>,
) -> impl IntoView {
    let matter = case.matter.clone();
    let matter = matter.map(|matter| view! { <CaseFileToRule case=case.clone() matter=matter files=files.clone() said=said laid=laid /> });
    view! {
        <Stand case=case.clone() />
        <div class="split section mt-8">
            <div>
                <Sides case=case.clone() files=files shown=shown />
                {matter}
                {case.may_rule.then(|| view! { <Rule case=case.clone() /> })}
            </div>
            <aside aria-labelledby="rules">
                <div class="section-head"><h2 id="rules">"How it is settled"</h2></div>
                <Rules />
            </aside>
        </div>
    }
}

/// The band of a dispute: whose move it is, or how it ended.
#[component]
fn Stand(case: Arc<Case>) -> impl IntoView {
    let dispute = &case.dispute;
    let (whose, about) = status_text(&case);
    let timer = (dispute.status == Status::Open).then(|| Deadline {
        at: dispute.due_at,
        now: visitor::now(),
        otherwise: format!("then {}", words::by_default(&case)),
    });
    let yours = case.may_answer || case.may_rule;
    view! {
        <StatusBanner yours=yours whose=whose about=about timer=timer>
            {case.may_withdraw.then(|| view! { <Withdraw case=case.clone() /> })}
            {case.may_answer.then(|| view! { <a class="btn primary" href="#answer">"Answer"</a> })}
            {case.may_rule.then(|| view! { <a class="btn primary" href="#rule">"Rule"</a> })}
        </StatusBanner>
    }
}

fn status_text(case: &Case) -> (String, String) {
    let dispute = &case.dispute;
    let opener = words::name(dispute.side, dispute);
    let other = words::name(dispute.side.other(), dispute);
    match dispute.status {
        Status::Open if case.may_rule => {
            ("Your move: rule".to_owned(), "You belong to neither side. Read both, then decide where the money goes.".to_owned())
        }
        Status::Open if case.may_answer => (
            "Your move: answer the dispute".to_owned(),
            format!("{opener} opened it. Say what happened. If you do not answer in time, the ruling may go against you."),
        ),
        Status::Open if dispute.answer.is_none() => {
            (format!("{other} may answer"), "An admin of this server rules, whether there is an answer or not.".to_owned())
        }
        Status::Open => ("Waiting for the ruling".to_owned(), "Both sides have spoken. Evidence can be shown until the ruling.".to_owned()),
        Status::Resolved => {
            let ruled = dispute.ruling.as_ref().map(|ruling| words::ruled(ruling, dispute)).unwrap_or_default();
            ("Ruled".to_owned(), ruled)
        }
        Status::Lapsed => ("Not ruled in time".to_owned(), dispute.reason.clone().unwrap_or_default()),
        Status::Withdrawn => ("Withdrawn".to_owned(), format!("{opener} withdrew the dispute before its ruling.")),
        Status::Conceded => ("Settled".to_owned(), format!("{} approved the work after all.", dispute.poster)),
    }
}

#[component]
fn Withdraw(case: Arc<Case>) -> impl IntoView {
    view! {
        <Confirm id="withdraw" to=actions::WITHDRAW on=("job", case.dispute.job_id.to_string()) ask="Withdraw it" class="btn"
            question="Withdraw the dispute?" act="Withdraw it" keep="Back">
            <p class="soft">{words::withdrawal_consequence(&case)}</p>
        </Confirm>
    }
}

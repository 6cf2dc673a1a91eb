//! The statements and evidence of both sides, and the forms to add to them.

use super::actions;
use super::fields::EvidenceFields;
use super::loaders::EvidenceFile;
use super::words;
use crate::file::send::Send;
use crate::job::address;
use crate::profile::{AgentLink, TeamLink};
use crate::ui::confirm::ConfirmSubmit;
use crate::ui::field::TextArea;
use crate::ui::form::{Form, Submit};
use crate::ui::when::When;
use crate::ui::written::Name;
use leptos::prelude::*;
use market::dispute::{Case, Dispute, EVIDENCE_MAX, Evidence};
use market::party::Party;
use std::sync::Arc;

/// The ruling if there is one, both statements, the evidence, and the forms that the viewer may use.
#[component]
pub fn Sides(case: Arc<Case>, files: Vec<EvidenceFile>, shown: Vec<EvidenceFile>) -> impl IntoView {
    view! {
        <Ruling case=case.clone() />
        <Statements case=case.clone() />
        {case.may_answer.then(|| view! { <Answer case=case.clone() files=files.clone() /> })}
        <Shown case=case files=files shown=shown />
    }
}

#[component]
fn Ruling(case: Arc<Case>) -> impl IntoView {
    let dispute = &case.dispute;
    dispute.ruling.as_ref().map(|ruling| {
        let at = dispute.closed_at.map(|at| view! { ", "<When at=at /> });
        view! {
            <section class="section" aria-labelledby="ruling">
                <div class="section-head">
                    <h2 id="ruling">"Ruling"</h2>
                    <span class="soft">{words::judge(dispute.ruled_by)}{at}</span>
                </div>
                <p class="form-page"><b>{words::ruled(ruling, dispute)}</b></p>
                <p class="form-page prose lines mt-2" dir="auto">{dispute.reason.clone()}</p>
            </section>
        }
    })
}

/// The name of a side, which leads to its profile.
fn side(dispute: &Dispute, side: Party) -> impl IntoView + use<> {
    match side {
        Party::Poster => view! { <TeamLink text=dispute.poster.clone() id=dispute.team_id.clone() /> }.into_any(),
        Party::Worker => view! { <AgentLink text=dispute.worker.clone() id=dispute.agent_id.clone() /> }.into_any(),
    }
}

#[component]
fn Statements(case: Arc<Case>) -> impl IntoView {
    let dispute = &case.dispute;
    let (opener, other) = (side(dispute, dispute.side), side(dispute, dispute.side.other()));
    let answer = match (&dispute.answer, dispute.closed_at) {
        (Some(answer), _) => view! { <p class="prose lines" dir="auto">{answer.clone()}</p> }.into_any(),
        (None, None) => view! { <p class="soft">"No answer yet."</p> }.into_any(),
        (None, Some(_)) => view! { <p class="soft">"No answer was given."</p> }.into_any(),
    };
    let answered = dispute.answered_at.map(|at| view! { <span class="soft xs">"answered "<When at=at /></span> });
    view! {
        <section class="section" aria-labelledby="statements">
            <div class="section-head"><h2 id="statements">"What both sides say"</h2></div>
            <div class="columns">
                <div>
                    <div class="section-head"><h3>{opener}</h3><span class="soft xs">"opened "<When at=dispute.created_at /></span></div>
                    {dispute.new_fact.map(|fact| view! { <p class="mb-2"><b>{words::new_fact(fact)}</b></p> })}
                    <p class="prose lines" dir="auto">{dispute.statement.clone()}</p>
                </div>
                <div>
                    <div class="section-head"><h3>{other}</h3>{answered}</div>
                    {answer}
                </div>
            </div>
        </section>
    }
}

#[component]
fn Answer(case: Arc<Case>, files: Vec<EvidenceFile>) -> impl IntoView {
    let opener = words::name(case.dispute.side, &case.dispute).to_owned();
    let told = format!("{opener} and the admin who rules read it. It is given once and can’t be changed.");
    view! {
        <section class="section" aria-labelledby="answer">
            <div class="section-head"><h2 id="answer">"Your answer"</h2></div>
            <Form to=actions::ANSWER only=("job", case.dispute.job_id.to_string()) class="form narrow">
                <TextArea name="statement" label="Statement" rows=6 max=5_000 help="What happened as you see it. Said once; it can’t be changed." />
                <EvidenceFields files=files optional=true />
                <ConfirmSubmit id="answer-once" ask="Answer" question="Give this answer?" told=told act="Give the answer" />
            </Form>
        </section>
    }
}

/// The evidence, and the form for more. A side that still has to answer adds evidence in its answer.
#[component]
fn Shown(case: Arc<Case>, files: Vec<EvidenceFile>, shown: Vec<EvidenceFile>) -> impl IntoView {
    let may_add = case.may_add && !case.may_answer;
    let send = case.may_add.then(|| {
        let most = format!("{EVIDENCE_MAX} items a side");
        let job = case.dispute.job_id.clone();
        view! { <div class="mt-4"><Send job=job label="A file of yours" act="Upload evidence" most=most /></div> }
    });
    let total = case.evidence.len();
    let list = if total == 0 {
        view! { <p class="soft">"Neither side has shown any."</p> }.into_any()
    } else {
        let all = case.evidence.iter().map(|one| view! { <One case=case.clone() one=one.clone() files=shown.clone() /> });
        view! { <ol class="items" aria-label="Evidence, the oldest first">{all.collect_view()}</ol> }.into_any()
    };
    let add = may_add.then(|| {
        let open = crate::ui::form::came_back(actions::EVIDENCE, &("job", case.dispute.job_id.to_string()));
        view! {
            <details class="more mt-4" open=open>
                <summary class="btn">"Add evidence"</summary>
                <div class="mt-4">
                    <Form to=actions::EVIDENCE only=("job", case.dispute.job_id.to_string()) class="form narrow">
                        <EvidenceFields files=files />
                        <div><Submit class="btn">"Show it"</Submit></div>
                    </Form>
                </div>
            </details>
        }
    });
    view! {
        <section class="section" aria-labelledby="evidence">
            <div class="section-head"><h2 id="evidence">"Evidence"</h2><span class="soft">{(total > 0).then_some(total)}</span></div>
            {list}
            {add}
            {send}
        </section>
    }
}

#[component]
fn One(case: Arc<Case>, one: Evidence, files: Vec<EvidenceFile>) -> impl IntoView {
    let who = words::name(one.side, &case.dispute).to_owned();
    let job = address(&case.dispute.job_id);
    let file = one.file_id.map(|id| match files.into_iter().find(|file| file.id == id) {
        Some(file) => view! { <span class="said"><a href=format!("{job}/files/{id}")><Name text=file.name /></a></span> }.into_any(),
        None => view! { <span class="said soft">"A file that can’t be read any more."</span> }.into_any(),
    });
    let said = (!one.body.is_empty()).then(|| view! { <span class="said" dir="auto">{one.body}</span> });
    view! { <li><b><Name text=who /></b>" "<span class="soft xs"><When at=one.created_at /></span>{said}{file}</li> }
}

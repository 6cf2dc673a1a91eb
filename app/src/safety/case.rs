//! The page of a case, for admins: the thing's words, the reports, the appeal and the decision.

use super::actions::DECIDE;
use super::{QUEUE, loaders, words};
use crate::admin::{Console, Tab, member_address};
use crate::load::load;
use crate::profile::TeamLink;
use crate::ui::field::Field;
use crate::ui::form::{Form, Submit, typed};
use crate::ui::group::Group;
use crate::ui::notice::{Notice, Tone};
use crate::ui::pager::Pager;
use crate::ui::when::When;
use crate::ui::written::{Name, Prose};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use market::Page;
use market::safety::{Case, CaseFile, REASON_MAX, Reported, Status, Subject};

/// The page of a case; `?offset=` is that of its reports.
#[component]
pub fn SafetyCase() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    let offset = use_query_map().with_untracked(|query| query.get("offset")).and_then(|text| text.parse().ok()).unwrap_or(0);
    load(loaders::show_case(id, offset), |file| view! { <Whole file=file /> })
}

#[component]
fn Whole(file: CaseFile) -> impl IntoView {
    let CaseFile { case, subject, reports, is_own } = file;
    let decided = case.reason.clone().filter(|_| case.decided_at.is_some()).map(|reason| {
        view! {
            <div class="mb-6">
                <Notice tone=Tone::Plain title=words::status(case.status)><p>{case.decided_at.map(|at| view! { <When at=at />": " })}<Name text=reason /></p></Notice>
            </div>
        }
    });
    let decide = case.status.decisions().next().is_some().then(|| view! { <Decide case=case.clone() is_own=is_own /> });
    view! {
        <Console tab=Tab::Safety>
            <p class="mb-4"><a href=QUEUE>"All cases"</a></p>
            <div class="section-head"><h2 dir="auto">{words::title(&case)}</h2><span class="soft">{words::status(case.status)}</span></div>
            {decided}
            <Words case=case.clone() subject=subject />
            <Appeal case=case.clone() />
            <Reports case=case page=reports />
            {decide}
        </Console>
    }
}

#[component]
fn Words(case: Case, subject: Subject) -> impl IntoView {
    let to = words::place(case.subject_kind, &case.subject_id, case.job_id.as_ref().map(|id| id.as_str()));
    let place = to.map(|to| view! { " · "<a href=to>"Its page"</a> });
    let text = [subject.text, subject.more].into_iter().filter(|text| !text.is_empty());
    let text = text.map(|text| view! { <Prose text=text class="said prose work-prose" /> }).collect_view();
    view! {
        <p class="soft mb-2">{words::kind(case.subject_kind)}" of "<TeamLink text=subject.owner id=subject.team_id />{place}</p>
        <blockquote class="answer mb-6">{text}</blockquote>
    }
}

#[component]
fn Appeal(case: Case) -> impl IntoView {
    case.appeal.map(|appeal| {
        view! {
            <section class="section" aria-labelledby="appeal">
                <div class="section-head"><h2 id="appeal">"Appeal of the owner"</h2><span class="soft">{case.appealed_at.map(|at| view! { <When at=at /> })}</span></div>
                <Prose text=appeal class="prose" />
            </section>
        }
    })
}

#[component]
fn Reports(case: Case, page: Page<Reported>) -> impl IntoView {
    let shown = (&page).into();
    let all = page.items.into_iter().map(one).collect_view();
    view! {
        <section class="section" aria-labelledby="reports">
            <div class="section-head"><h2 id="reports">"Reports"</h2><span class="soft">{case.reports}</span></div>
            <ul class="items" aria-label="Reports, the oldest first">{all}</ul>
            <Pager shown=shown to=format!("{QUEUE}/{}", case.id) />
        </section>
    }
}

fn one(report: Reported) -> impl IntoView {
    let details = (!report.details.is_empty()).then(|| view! { <Prose text=report.details class="said prose" /> });
    view! {
        <li>
            <b>{words::reason(report.reason)}</b>" "
            <span class="soft xs">"by "<a href=member_address(&report.member_id)><Name text=report.member /></a>" "<When at=report.created_at /></span>
            {details}
        </li>
    }
}

#[component]
fn Decide(case: Case, is_own: bool) -> impl IntoView {
    if is_own {
        return view! { <p class="soft">"This is about something of your own team. Another admin has to decide."</p> }.into_any();
    }
    let otherwise = match case.status {
        Status::Open => Some("If no admin decides until then, it stays as it is: "),
        Status::Appealed => Some("If no admin decides until then, it is shown again: "),
        _ => None,
    };
    let otherwise = otherwise.zip(case.due_at).map(|(told, at)| view! { <p class="help">{told}<When at=at /></p> });
    view! {
        <section class="section" aria-labelledby="decide">
            <div class="section-head"><h2 id="decide">"Your decision"</h2></div>
            <Form to=DECIDE only=("case", case.id.to_string()) class="form narrow">
                <Choice status=case.status />
                <Field name="reason" label="Reason" max=REASON_MAX help="The owner reads it, and so do those who reported it if it stays as it is." />
                {otherwise}
                <div><Submit>"Decide"</Submit></div>
            </Form>
        </section>
    }
    .into_any()
}

#[component]
fn Choice(status: Status) -> impl IntoView {
    let chosen = typed("decision");
    let all = status.decisions().map(move |step| {
        let checked = chosen.as_deref() == Some(step.as_str());
        view! { <label class="check"><input type="radio" name="decision" value=step.as_str() checked=checked />{words::step(step)}</label> }
    });
    view! { <Group name="decision" label="What happens to it">{all.collect_view()}</Group> }
}

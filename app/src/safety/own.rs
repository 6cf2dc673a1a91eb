//! The page with the hidden things of the team, each with its reason and the form of an appeal, and with the member's own reports.

use super::actions::APPEAL;
use super::loaders::OwnData;
use super::{loaders, words};
use crate::load::load;
use crate::settings::{Settings, Tab};
use crate::ui::field::TextArea;
use crate::ui::form::{Form, Submit, came_back};
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::ui::written::Prose;
use crate::visitor;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::Page;
use market::safety::{APPEAL_MAX, Case, Report, Status};

/// The page; `?hidden=` and `?reports=` are offsets.
#[component]
pub fn Safety() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let number = |name| query.get(name).and_then(|text| text.parse().ok()).unwrap_or(0);
    load(loaders::own(number("hidden"), number("reports")), |shown| view! { <Whole shown=shown /> })
}

#[component]
fn Whole(shown: OwnData) -> impl IntoView {
    let OwnData { hidden, reports } = shown;
    let hidden = (hidden.total > 0).then(|| view! { <HiddenThings page=hidden /> });
    view! {
        <Settings tab=Tab::Safety>
            {hidden}
            <Reports page=reports />
        </Settings>
    }
}

#[component]
fn HiddenThings(page: Page<Case>) -> impl IntoView {
    let shown = (&page).into();
    let all = page.items.into_iter().map(|case| view! { <One case=case /> }).collect_view();
    view! {
        <section class="section" aria-labelledby="hidden">
            <div class="section-head"><h2 id="hidden">"Hidden by admins"</h2></div>
            <ul class="items" aria-label="Things of your team that admins hid, the newest first">{all}</ul>
            <Pager shown=shown to=super::OWN of=("hidden", "Pages of hidden things") />
        </section>
    }
}

#[component]
fn One(case: Case) -> impl IntoView {
    let until = case.appeal_until().filter(|until| *until > visitor::now());
    let title = words::title(&case);
    let title = match words::place(case.subject_kind, &case.subject_id, case.job_id.as_ref().map(|id| id.as_str())) {
        Some(to) => view! { <a href=to dir="auto">{title}</a> }.into_any(),
        None => view! { <span dir="auto">{title}</span> }.into_any(),
    };
    let on = ("case", case.id.to_string());
    let open = came_back(APPEAL, &on);
    let form = until.map(|until| {
        view! {
            <details class="more mt-2" open=open>
                <summary class="btn">"Appeal"</summary>
                <Form to=APPEAL only=on class="form narrow mt-4">
                    <TextArea name="appeal" label="Why it should be shown" rows=4 max=APPEAL_MAX help="An appeal is made once. An admin reads it and decides again." />
                    <div><Submit class="btn">"Send the appeal"</Submit></div>
                </Form>
            </details>
            <p class="help mt-2">"You can appeal until "<When at=until />"."</p>
        }
    });
    let waits = (case.status == Status::Appealed).then(|| {
        view! { <p class="soft xs">"Without a decision "{case.due_at.map(|at| view! { "until "<When at=at />" " })}"it is shown again."</p> }
    });
    view! {
        <li>
            <b>{title}</b>" "
            <span class="soft xs">{words::kind(case.subject_kind)}" · "{words::status(case.status)}{case.decided_at.map(|at| view! { " "<When at=at /> })}</span>
            {case.reason.map(|reason| view! { <Prose text=reason class="said prose" /> })}
            {case.appeal.map(|appeal| view! { <div class="answer"><b>"Your appeal"</b><Prose text=appeal class="said prose" /></div> })}
            {waits}
            {form}
        </li>
    }
}

#[component]
fn Reports(page: Page<Report>) -> impl IntoView {
    let shown = (&page).into();
    let list = if page.total == 0 {
        view! { <Empty title="You have reported nothing"><p>"If something here is wrong, follow “Report” on its page. What became of it is listed here."</p></Empty> }
            .into_any()
    } else {
        let heads =
            vec![Head::words("What you reported"), Head::words("Reason"), Head::words("What became of it"), Head::number("Reported")];
        view! { <Table label="Your reports, the newest first" heads=heads>{page.items.into_iter().map(row).collect_view()}</Table> }
            .into_any()
    };
    view! {
        <section class="section" aria-labelledby="reports">
            <div class="section-head"><h2 id="reports">"Your reports"</h2></div>
            {list}
            <Pager shown=shown to=super::OWN of=("reports", "Pages of reports") />
        </section>
    }
}

fn row(report: Report) -> impl IntoView {
    let name = words::kind(report.subject_kind);
    let start: String = report.subject_id.chars().take(14).collect();
    let details = (!report.details.is_empty()).then(|| view! { <span class="sub" dir="auto">{report.details}</span> });
    view! {
        <Row>
            <Cell class="main">{name}" "<span class="mono soft">{start}"…"</span>{details}</Cell>
            <Cell class="soft" label="Reason">{words::reason(report.reason)}</Cell>
            <Cell label="What became of it">{words::outcome(report.outcome)}</Cell>
            <Cell class="num" label="Reported"><When at=report.created_at day_only=true /></Cell>
        </Row>
    }
}

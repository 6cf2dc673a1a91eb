//! The list of all jobs, whatever their status.

use super::{Console, More, Tab, asked, loaders};
use crate::job::{address, reference};
use crate::load::load;
use crate::ui::amount::Amount;
use crate::ui::field::Filter;
use crate::ui::notice::Empty;
use crate::ui::status::{StatusBadge, label};
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::ui::written::Name;
use crate::url;
use leptos::prelude::*;
use market::admin::{JobLine, Listed};
use market::job::Status;

/// The page of all jobs; `?q=` are letters of a title or the beginning of an id, `?status=` is a status.
#[component]
pub fn AdminJobs() -> impl IntoView {
    let (letters, status) = (asked("q"), asked("status"));
    let shown = loaders::job_list(letters.clone(), status.clone(), asked("after"));
    load(shown, move |jobs| view! { <Whole jobs=jobs letters=letters status=status /> })
}

#[component]
fn Whole(jobs: Listed<JobLine>, letters: String, status: String) -> impl IntoView {
    let Listed { items, has_more } = jobs;
    let to = url::with_query("/admin/jobs", &[("q", &letters), ("status", &status)]);
    let after = items.last().filter(|_| has_more).map(|line| line.id.to_string());
    let list = if items.is_empty() {
        view! { <Empty title="No job matches"><p>"Search for fewer letters, or choose another status."</p><a class="btn" href="/admin/jobs">"All jobs"</a></Empty> }
            .into_any()
    } else {
        view! { <Jobs jobs=items label="Jobs, newest first. Amounts in USD." /> }.into_any()
    };
    let all = std::iter::once((String::new(), "Every status".to_owned()));
    let options = all.chain(Status::ALL.iter().map(|&one| (one.as_str().to_owned(), label(one).to_owned()))).collect();
    view! {
        <Console tab=Tab::Jobs>
            <form class="filters" role="search" aria-label="Jobs" action="/admin/jobs">
                <input class="input grow" type="search" name="q" aria-label="Search jobs" placeholder="Search titles and ids" value=letters />
                <Filter name="status" label="Status" options=options value=status />
                <button class="btn" type="submit">"Search"</button>
            </form>
            {list}
            <More to=to after=after />
        </Console>
    }
}

/// A table of jobs.
#[component]
pub(super) fn Jobs(jobs: Vec<JobLine>, label: &'static str) -> impl IntoView {
    let heads = vec![
        Head::words("Job"),
        Head::words("Poster"),
        Head::words("Worker"),
        Head::words("Status"),
        Head::number("Posted"),
        Head::number("Price, USD"),
    ];
    view! { <Table label=label heads=heads>{jobs.into_iter().map(row).collect_view()}</Table> }
}

fn row(line: JobLine) -> impl IntoView {
    let JobLine { id, title, status, poster, worker, amount, created_at } = line;
    view! {
        <Row>
            <Cell class="main">
                <a class="plain" href=address(&id) dir="auto">{title}</a>
                <span class="sub mono">{reference(&id)}</span>
            </Cell>
            <Cell class="soft" label="Poster"><Name text=poster /></Cell>
            <Cell class="soft" label="Worker">{worker.map_or_else(|| "none".into_any(), |worker| view! { <Name text=worker /> }.into_any())}</Cell>
            <Cell label="Status"><StatusBadge status=status /></Cell>
            <Cell class="num" label="Posted"><When at=created_at day_only=true /></Cell>
            <Cell class="num end"><Amount money=amount /></Cell>
        </Row>
    }
}

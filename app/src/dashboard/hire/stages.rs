//! The number of jobs by status. Each status links to the list of its jobs.

use super::params::HireParams;
use crate::ui::pager::grouped;
use crate::ui::status::label;
use leptos::prelude::*;
use market::dashboard::Stage;
use market::job::Status;

/// The statuses in the order of a job's life.
pub const ORDER: [Status; 14] = [
    Status::Open,
    Status::PendingEscrow,
    Status::InProgress,
    Status::Delivered,
    Status::PendingProof,
    Status::InReview,
    Status::RevisionRequested,
    Status::Rejected,
    Status::Disputed,
    Status::Approved,
    Status::Releasing,
    Status::Completed,
    Status::Cancelled,
    Status::Expired,
];

/// The column of statuses beside the list of jobs.
#[component]
pub fn Stages(stages: Vec<Stage>, stage: Option<Status>) -> impl IntoView {
    let most = stages.iter().map(|stage| stage.jobs).max().unwrap_or(1).max(1);
    let lines = ORDER.into_iter().map(|status| {
        let jobs = stages.iter().find(|stage| stage.status == status).map_or(0, |stage| stage.jobs);
        view! { <Line status=status jobs=jobs most=most here=stage == Some(status) /> }
    });
    let lines = lines.collect_view();
    view! {
        <aside aria-labelledby="stages">
            <div class="section-head"><h2 id="stages">"By stage"</h2>{stage.map(|_| view! { <a href=HireParams::at_stage(None)>"All stages"</a> })}</div>
            <ul class="stages">{lines}</ul>
        </aside>
    }
}

#[component]
fn Line(status: Status, jobs: i64, most: i64, here: bool) -> impl IntoView {
    let name = if jobs > 0 {
        view! { <a class="plain" href=HireParams::at_stage(Some(status)) aria-current=here.then_some("true")>{label(status)}</a> }
            .into_any()
    } else {
        view! { <span class="faint">{label(status)}</span> }.into_any()
    };
    // Thousandths of the longest bar; a bar is never too short to be seen.
    let wide = jobs * 1000 / most;
    let bar = (jobs > 0).then(|| format!(r#"<rect width="{}" height="8"/>"#, wide.max(8)));
    let class = if jobs > 0 { "num" } else { "num faint" };
    view! {
        <li>
            {name}
            <svg class="track" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true" inner_html=bar.unwrap_or_default()></svg>
            <span class=class>{grouped(jobs)}</span>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_stands_once() {
        let mut order = ORDER;
        order.sort_unstable();
        let mut all = Status::ALL.to_vec();
        all.sort_unstable();
        assert_eq!(order.to_vec(), all);
    }
}

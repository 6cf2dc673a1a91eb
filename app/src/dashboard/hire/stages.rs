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
    let lines = ORDER.into_iter().filter_map(|status| Some((status, stages.iter().find(|stage| stage.status == status)?.jobs)));
    let lines = lines.filter(|(_, jobs)| *jobs > 0).map(|(status, jobs)| {
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
    // Thousandths of the longest bar; a bar is never too short to be seen.
    let wide = jobs * 1000 / most;
    let bar = format!(r#"<rect width="{}" height="8"/>"#, wide.max(8));
    view! {
        <li>
            <a class="plain" href=HireParams::at_stage(Some(status)) aria-current=here.then_some("true")>{label(status)}</a>
            <svg class="track" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true" inner_html=bar></svg>
            <span class="num">{grouped(jobs)}</span>
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

//! The reviews of the poster's jobs: the number of verdicts, the verdicts, and the consensus.

use crate::job::address;
use crate::review::words::verdict;
use crate::ui::status::StatusBadge;
use crate::ui::table::{Cell, Head, Row, Table};
use leptos::prelude::*;
use market::dashboard::ReviewedJob;
use market::job::Status;
use market::review::Verdict;

/// The section with the reviews; empty before the first review.
#[component]
pub fn Reviews(reviews: Vec<ReviewedJob>) -> impl IntoView {
    (!reviews.is_empty()).then(|| {
        let heads = vec![
            Head::words("Job"),
            Head::words("Status"),
            Head::number("Verdicts"),
            Head::number("Approve"),
            Head::number("Needs revision"),
            Head::number("Reject"),
            Head::number("Score"),
            Head::words("Consensus"),
        ];
        let rows = reviews.into_iter().map(row).collect_view();
        view! {
            <section class="section" aria-labelledby="proof">
                <div class="section-head"><h2 id="proof">"Proof"</h2><span class="soft">"the latest round of each job"</span></div>
                <Table class="table fold pairs" label="Proofed jobs with their verdicts, the last changed first" heads=heads>{rows}</Table>
            </section>
        }
    })
}

fn row(review: ReviewedJob) -> impl IntoView {
    let round = (review.round > 1).then(|| format!("round {}", review.round));
    let score = review.score.map_or_else(|| "–".to_owned(), |score| score.to_string());
    let consensus = consensus(review.consensus, review.status);
    view! {
        <Row>
            <Cell class="main"><a class="plain" href=address(&review.id) + "#proofing" dir="auto">{review.title}</a>{round.map(|round| view! { <span class="sub">{round}</span> })}</Cell>
            <Cell class="end"><StatusBadge status=review.status /></Cell>
            <Cell class="num" label="Verdicts">{format!("{} of {}", review.verdicts, review.proofer_count)}</Cell>
            <Cell class="num" label="Approve">{review.approve}</Cell>
            <Cell class="num" label="Needs revision">{review.needs_revision}</Cell>
            <Cell class="num" label="Reject">{review.reject}</Cell>
            <Cell class="num" label="Score">{score}</Cell>
            <Cell class="soft" label="Consensus">{consensus}</Cell>
        </Row>
    }
}

/// Returns the label of a round's result; a round that ended without one was not proofed.
const fn consensus(found: Option<Verdict>, status: Status) -> &'static str {
    match (found, status) {
        (Some(found), _) => verdict(found),
        (None, Status::PendingProof | Status::InReview) => "Not yet",
        (None, _) => "Not proofed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_without_a_consensus_was_not_proofed_once_nobody_judges_it() {
        assert_eq!(consensus(None, Status::InReview), "Not yet");
        for status in [Status::Completed, Status::Releasing, Status::Delivered] {
            assert_eq!(consensus(None, status), "Not proofed", "{status}");
        }
        assert_eq!(consensus(Some(Verdict::Approve), Status::Completed), "Approve");
    }
}

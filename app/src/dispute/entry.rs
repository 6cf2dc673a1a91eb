//! The section on a job's page that links to its dispute, or to the form that opens one.

use super::{address, words};
use leptos::prelude::*;
use market::job::{Happening, Role, View};
use serde_json::Value;
use std::sync::Arc;

/// The state of a job's disputes, read from its history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Disputed {
    /// True if there was a dispute.
    pub ever: bool,
    /// True if a dispute waits for the viewer's answer.
    pub to_answer: bool,
}

impl Disputed {
    /// Reads the history as one side; other viewers' histories contain no disputes.
    pub fn of(history: &[Happening], role: Role) -> Self {
        let mut disputed = Self::default();
        for one in history {
            match one.name.as_str() {
                "dispute.opened" => {
                    let facts: Value = serde_json::from_str(&one.payload).unwrap_or_default();
                    let by = facts["by"].as_str().unwrap_or_default();
                    disputed = Self { ever: true, to_answer: matches!((role, by), (Role::Poster, "worker") | (Role::Worker, "poster")) };
                }
                "dispute.answered" | "dispute.withdrawn" | "dispute.conceded" | "dispute.resolved" => disputed.to_answer = false,
                _ => {}
            }
        }
        disputed
    }
}

/// The section for the two sides, while money is held and after a dispute.
#[component]
pub fn DisputeEntry(view: Arc<View>, disputed: Disputed) -> impl IntoView {
    let side = matches!(view.role, Role::Poster | Role::Worker);
    let waits = view.job.disputed_at.is_some();
    let may_open = words::closed_to(&view.job).is_none();
    let (told, link) = match (waits, disputed.ever, may_open) {
        (true, ..) => ("Both sides say what happened; then somebody rules.", "See the dispute"),
        (_, true, true) => ("There was one. If you can’t agree, there can be another.", "The last dispute"),
        (_, true, false) => ("There was one, and it is over.", "The dispute and how it ended"),
        (_, false, true) => ("If you can’t agree, an admin of this server rules.", "Open a dispute"),
        (_, false, false) => return None,
    };
    side.then(|| {
        view! {
            <section class="section" aria-labelledby="dispute">
                <div class="section-head"><h2 id="dispute">"Dispute"</h2></div>
                <p class="soft">{told}</p>
                <p class="mt-2"><a href=address(&view.job.id)>{link}</a></p>
            </section>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::Time;

    #[test]
    fn the_other_side_has_to_answer_until_it_has_or_it_is_over() {
        let one = |name: &str, by: &str| Happening { name: name.into(), payload: format!(r#"{{"by":"{by}"}}"#), at: Time::from_ms(0) };
        let mut history = vec![one("job.posted", "")];
        assert_eq!(Disputed::of(&history, Role::Poster), Disputed::default());
        history.push(one("dispute.opened", "worker"));
        assert_eq!(Disputed::of(&history, Role::Poster), Disputed { ever: true, to_answer: true });
        assert_eq!(Disputed::of(&history, Role::Worker), Disputed { ever: true, to_answer: false });
        for end in ["dispute.answered", "dispute.withdrawn", "dispute.conceded", "dispute.resolved"] {
            let ended: Vec<_> = history.iter().cloned().chain([one(end, "poster")]).collect();
            assert_eq!(Disputed::of(&ended, Role::Poster), Disputed { ever: true, to_answer: false }, "{end}");
        }
    }
}

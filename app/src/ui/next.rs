//! The link to the step that helps after a refusal.

use leptos::prelude::*;
use market::Next;
use market::id::JobId;

/// Shows the link; nothing if no step helps, or if the current page has it.
#[component]
pub fn NextStep(next: Option<Next>) -> impl IntoView {
    next.and_then(|next| link(&next)).map(|(href, text)| view! { <a href=href>{text}</a> })
}

fn link(next: &Next) -> Option<(String, &'static str)> {
    let at = |job: &JobId, part: &str| format!("/jobs/{job}{part}");
    Some(match next {
        Next::AgreeToNda(job) => (at(job, ""), "Read the NDA"),
        Next::CreateAgent => ("/settings/agent".to_owned(), "Create your profile"),
        Next::FundAccepted(job) => (at(job, ""), "Fund the accepted application"),
        Next::ApproveAnyway(job) => (at(job, ""), "Approve it without the proofers"),
        Next::AcceptProofer(job) | Next::ChooseProofer(job) => (at(job, "#proofing"), "Choose a proofer"),
        Next::FillSeats(job) => (at(job, "#proofing"), "Choose proofers, or ask for fewer"),
        Next::FundReview(job) => (at(job, "#proofing"), "Fund the proofers"),
        Next::OpenDispute(job) => (at(job, "/dispute"), "Open a dispute"),
        Next::UploadWork => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_leads_to_its_page() {
        assert_eq!(link(&Next::CreateAgent).expect("a link").0, "/settings/agent");
        assert_eq!(link(&Next::FundReview("308f8811".into())).expect("a link").0, "/jobs/308f8811#proofing");
        assert_eq!(link(&Next::UploadWork), None);
    }
}

//! Names the dialect's route for the step that helps after a refusal.

use market::error::Field;
use market::{Error, Next};

/// Adds the route, or the field, of the step that helps to an error.
pub(super) fn phrase(error: Error) -> Error {
    let Some(next) = error.next.clone() else { return error };
    match next {
        Next::AgreeToNda(job) => {
            said(error, format!("Agree to this job's NDA first: POST /api/jobs/{job}/nda, once for each job. Then send this again."))
        }
        Next::CreateAgent => {
            said(error, "Create your agent profile first: POST /api/agent/profile, or Settings, Agent on the site.".to_owned())
        }
        Next::FundAccepted(_) => instead(error, "Fund that one.", "Fund that one, or leave applicationId out."),
        Next::UploadWork => instead(error, "or as files.", "or as files with POST /api/agent/jobs/{id}/upload-deliverable."),
        Next::ApproveAnyway(_) => error.with("hint", "Send {\"override_proof\": true} to approve without the proofers."),
        Next::AcceptProofer(_) => also(error, "Choose it with POST /api/jobs/{id}/accept-proofer."),
        Next::ChooseProofer(_) => also(error, "Use one whose application_type is proof."),
        Next::FillSeats(_) => instead(error, "or ask for fewer.", "or lower proofer_count with PATCH /api/jobs/{id}/proof-settings."),
        Next::OpenDispute(job) => also(error, &format!("Open one with POST /api/jobs/{job}/dispute.")),
        Next::FundReview(_) => instead(error, "Fund them.", "Fund them: POST /api/jobs/{id}/fund-proof-escrow."),
    }
}

fn said(error: Error, message: String) -> Error {
    Error { message: message.into(), ..error }
}

fn also(error: Error, sentence: &str) -> Error {
    let message = format!("{} {sentence}", error.message);
    said(error, message)
}

/// Replaces the plain end of a sentence by one with the route, in the message and in the fields that repeat it.
fn instead(error: Error, plain: &str, ours: &str) -> Error {
    let fields = error.fields.iter().map(|field| Field { message: field.message.replace(plain, ours).into(), ..field.clone() });
    Error { message: error.message.replace(plain, ours).into(), fields: fields.collect(), ..error }
}

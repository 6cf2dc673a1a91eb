//! Names the dialect's fields and routes in errors of the market.

use market::error::Field;
use market::{Error, Next};

/// The market's names of fields, and gigiac's.
const FIELDS: [(&str, &str); 6] = [
    ("proposed_price", "proposed_amount"),
    ("budget_max", "budget"),
    ("applications_until", "deadline"),
    ("revisions_max", "revision_limit"),
    ("payment", "payment_method"),
    ("search", "q"),
];

/// Renames the fields of an error, and adds the route of the step that helps.
pub(super) fn phrase(error: Error) -> Error {
    let error = if error.fields.is_empty() { error } else { renamed(error) };
    let Some(next) = error.next.clone() else { return error };
    match next {
        Next::AgreeToNda(job) => {
            let message =
                format!("Agree to this task's NDA first: POST /api/tasks/{}/nda, once for each task. Then send this again.", job.task_id());
            Error { message: message.into(), ..error }
        }
        Next::CreateAgent => {
            let message = "Create a bot profile first: POST /api/bot-profiles, or Settings, Agent on the site.";
            Error { message: message.into(), ..error }
        }
        Next::OpenDispute(job) => also(error, &format!("Contest it with POST /api/tasks/{}/contest.", job.task_id())),
        _ => error,
    }
}

fn also(error: Error, sentence: &str) -> Error {
    let message = format!("{} {sentence}", error.message);
    Error { message: message.into(), ..error }
}

fn renamed(error: Error) -> Error {
    let ours = |name: &str| FIELDS.iter().find(|(known, _)| *known == name).map(|(_, ours)| (*ours).into());
    let fields = error.fields.into_iter().map(|field| Field { name: ours(&field.name).unwrap_or(field.name), ..field });
    let told = Error::fields(fields.collect());
    Error { code: error.code, kind: error.kind, facts: error.facts, next: error.next, ..told }
}

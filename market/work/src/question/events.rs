//! The events of questions on a job. None of them names who asked.

use kernel::id::{JobId, QuestionId};
use platform::event::{BOTH, EventType, OWN, Spec, View, fields};
use serde::Serialize;

/// The specs of questions' events.
pub const SPECS: &[Spec] = &[Asked::SPEC, Answered::SPEC, Removed::SPEC];

/// Somebody asked a question on a job.
#[derive(Serialize)]
pub(crate) struct Asked<'a> {
    pub(crate) job_id: &'a JobId,
    pub(crate) question_id: &'a QuestionId,
    pub(crate) preview: &'a str,
}

impl EventType for Asked<'_> {
    const SPEC: Spec = Spec::new(
        "question.asked",
        &[View::new(OWN, "question.asked", "somebody asked a question on your open job", fields!(Asked: question_id, preview))],
    );
}

/// The poster answered a question.
#[derive(Serialize)]
pub(crate) struct Answered<'a> {
    pub(crate) job_id: &'a JobId,
    pub(crate) question_id: &'a QuestionId,
    pub(crate) preview: &'a str,
}

impl EventType for Answered<'_> {
    const SPEC: Spec = Spec::new(
        "question.answered",
        &[View::new(BOTH, "question.answered", "the poster answered a question on an open job", fields!(Answered: question_id, preview))],
    );
}

/// The poster removed a question.
#[derive(Serialize)]
pub(crate) struct Removed<'a> {
    pub(crate) job_id: &'a JobId,
    pub(crate) question_id: &'a QuestionId,
}

impl EventType for Removed<'_> {
    const SPEC: Spec = Spec::new(
        "question.removed",
        &[View::new(BOTH, "question.removed", "the poster removed a question from a job", fields!(Removed: question_id))],
    );
}

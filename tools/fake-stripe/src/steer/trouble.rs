//! Trouble that a test asks for: calls that are refused, late, or answered never.

use crate::state::{Fake, Shared};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use std::time::Duration;

/// The trouble of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The call is refused with this status and does nothing.
    Refuse(u16),
    /// The call takes effect, and is answered with this status; its key keeps that answer.
    ActThenFail(u16),
    /// The call takes effect and is answered after a pause.
    Slow(Duration),
    /// The call takes effect, and its answer never comes.
    Silence,
}

/// Trouble that waits for its call.
#[derive(Clone)]
pub(crate) struct Planned {
    trouble: Trouble,
    method: String,
    path: Option<String>,
}

impl Fake {
    /// Takes the first trouble that waits for a call like this one.
    pub(crate) fn next_trouble(&mut self, method: &str, path: &str) -> Option<Trouble> {
        let is_for = |planned: &Planned| planned.method == method && planned.path.as_ref().is_none_or(|start| path.starts_with(start));
        let at = self.trouble.iter().position(is_for)?;
        Some(self.trouble.remove(at).trouble)
    }
}

/// The trouble of the next calls. With `status` they are refused; with `acts` too they take effect before that; with `slow_ms` they are
/// late; with none of these they take effect and are never answered.
#[derive(Deserialize)]
pub(super) struct Next {
    status: Option<u16>,
    #[serde(default)]
    acts: bool,
    slow_ms: Option<u64>,
    times: usize,
    /// The beginning of the paths that it is for: `/v1/transfers`. None: any path.
    path: Option<String>,
    /// The method that it is for; none: POST.
    method: Option<String>,
}

pub(super) async fn trouble(State(fake): State<Shared>, Json(next): Json<Next>) -> StatusCode {
    let trouble = match (next.status, next.slow_ms) {
        (Some(status), _) if next.acts => Trouble::ActThenFail(status),
        (Some(status), _) => Trouble::Refuse(status),
        (None, Some(pause)) => Trouble::Slow(Duration::from_millis(pause)),
        (None, None) => Trouble::Silence,
    };
    let planned = Planned { trouble, method: next.method.unwrap_or_else(|| "POST".into()), path: next.path };
    fake.lock().trouble.extend(std::iter::repeat_n(planned, next.times));
    StatusCode::OK
}

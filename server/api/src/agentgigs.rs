//! agentgigs: jobs, applications and the wallet. Money in whole cents, keys in `X-API-Key`.

mod application;
mod browsing;
mod deposits;
mod dispute;
mod disputes;
mod events;
mod featuring;
mod files;
mod help;
mod job;
mod judging;
mod messages;
mod posting;
mod profile;
mod proof;
mod proofing;
mod proofs;
mod ratings;
mod trends;
mod wallet;
mod working;

use crate::dialect::{Dialect, Trace, shape, upper};
use crate::limit::Policy;
use crate::login;
use crate::refusal::Refusal;
use crate::route::Route;
use axum::http::Method;
use market::id::JobId;
use market::job::{Status, Step, errors};
use market::{Error, nda};
use serde_json::Value;
use utoipa::openapi::schema::{Object, Type};

/// The manners of agentgigs' reference.
pub(crate) struct AgentGigs;

impl Dialect for AgentGigs {
    fn name(&self) -> &'static str {
        "agentgigs"
    }
    fn about(&self) -> &'static str {
        "Jobs: find, apply, deliver; post, accept, fund, approve. Amounts are whole US cents"
    }
    /// `{error, code, message, hint?, docs, …facts, fields?}`
    fn failure(&self, refusal: &Refusal, _: &Trace) -> Value {
        let error = &refusal.error;
        let mut body = refusal.facts();
        body.insert("error".into(), title(&error.code).into());
        body.insert("code".into(), upper(&error.code).into());
        body.insert("message".into(), error.message.as_ref().into());
        body.entry("docs").or_insert("/openapi.json".into());
        Value::Object(refusal.with_fields(body))
    }
    fn failure_shape(&self) -> Object {
        shape(&[
            ("error", Type::String, "The code in words"),
            ("code", Type::String, "Stable, for programs"),
            ("message", Type::String, "What happened and what to do next"),
            ("docs", Type::String, "Where to read on"),
        ])
    }
    fn key_header(&self) -> &'static str {
        "X-API-Key: age_…"
    }
    fn policy(&self, _: &Method) -> Policy {
        Policy::AgentGigs
    }
}

/// A code as words: `job_not_open` becomes `Job not open`.
fn title(code: &str) -> String {
    let words = code.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

pub(crate) fn routes() -> Vec<Route> {
    let login = vec![login::route("/api/auth/login", "agentgigs_login")];
    let nouns = [
        profile::routes(),
        browsing::routes(),
        working::routes(),
        posting::routes(),
        featuring::routes(),
        judging::routes(),
        wallet::routes(),
        deposits::routes(),
        messages::routes(),
        ratings::routes(),
        disputes::routes(),
        proof::routes(),
        proofing::routes(),
        events::routes(),
        files::routes(),
    ];
    help::routes().into_iter().chain(login).chain(nouns.into_iter().flatten()).collect()
}

/// For the document: refusals that several routes share.
fn nda_first() -> Error {
    nda::errors::acknowledgment_required(&sample_job())
}

fn ref_is_no_id() -> Error {
    JobId::parse("308F8811").expect_err("a REF is no id")
}

fn wrong_status(step: Step) -> Error {
    errors::wrong_status(Status::Completed, step)
}

/// For the document: the job that examples are about.
fn sample_job() -> JobId {
    JobId::from("308f8811-0a46-4024-b8ef-514f4dcd857b")
}

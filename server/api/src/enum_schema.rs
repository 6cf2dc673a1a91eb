//! OpenAPI schemas of the market's enums, built from the enums' words.

use market::actor::{Plan, Role};
use market::side::Side;
use market::{agent, application, audit, dispute, job, key, ledger, message, proof, scope};
use utoipa::openapi::Object;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};

fn one_of(words: impl IntoIterator<Item = &'static str>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build()
}

pub fn category() -> Object {
    one_of(job::Category::ALL.iter().map(|word| word.as_str()))
}

pub fn status() -> Object {
    one_of(job::Status::ALL.iter().map(|word| word.as_str()))
}

pub fn escrow() -> Object {
    one_of(job::Escrow::ALL.iter().map(|word| word.as_str()))
}

pub fn rejection() -> Object {
    one_of(job::Reason::ALL.iter().map(|word| word.as_str()))
}

pub fn viewer() -> Object {
    one_of(job::Role::ALL.iter().map(|word| word.as_str()))
}

pub fn author() -> Object {
    one_of(message::Role::ALL.iter().map(|word| word.as_str()))
}

pub fn side() -> Object {
    one_of(Side::ALL.iter().map(|word| word.as_str()))
}

pub fn verdict() -> Object {
    one_of(proof::Verdict::ALL.iter().map(|word| word.as_str()))
}

pub fn verdict_or_none() -> Object {
    let words = proof::Verdict::ALL.iter().map(|word| Some(word.as_str())).chain([None]);
    ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null])).enum_values(Some(words)).build()
}

pub fn priority() -> Object {
    one_of(proof::Priority::ALL.iter().map(|word| word.as_str()))
}

pub fn seat() -> Object {
    one_of(proof::SeatStatus::ALL.iter().map(|word| word.as_str()))
}

pub fn proof_viewer() -> Object {
    one_of(proof::Viewer::ALL.iter().map(|word| word.as_str()))
}

pub fn declining() -> Object {
    one_of(application::Reason::GIVEN.iter().map(|word| word.as_str()))
}

pub fn ruling() -> Object {
    one_of(["release", "refund", "split"])
}

pub fn dispute_status() -> Object {
    one_of(dispute::Status::ALL.iter().map(|word| word.as_str()))
}

pub fn worker_kind() -> Object {
    one_of(agent::Kind::ALL.iter().map(|word| word.as_str()))
}

pub fn movement() -> Object {
    one_of(ledger::Reason::ALL.iter().map(|word| word.as_str()))
}

pub fn member_role() -> Object {
    one_of(Role::ALL.iter().map(|word| word.as_str()))
}

pub fn scope() -> Object {
    one_of(key::SCOPES)
}

pub fn role_scope() -> Object {
    one_of(scope::SCOPES.into_iter().filter(|scope| scope::is_of_roles(scope)))
}

pub fn plan() -> Object {
    one_of(Plan::ALL.iter().map(|word| word.as_str()))
}

pub fn audit_area() -> Object {
    one_of(audit::Area::ALL.iter().map(|word| word.as_str()))
}

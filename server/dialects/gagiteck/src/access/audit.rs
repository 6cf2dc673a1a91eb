//! The team's audit log.

use api::call::Call;
use api::enum_schema;
use api::list;
use api::paging::PartParams;
use api::query::Query;
use api::response::{ApiResult, ok};
use api::route::{Route, get};
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::Result;
use market::audit::{self, Area, By, Entry};
use market::text::Word;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/v1/access/audit", list)
            .named("gagiteck_audit")
            .says(
                "The team's audit log",
                "Lists every change of its members, roles, keys, agents and settings, newest first, with the member who made it. `actor` is null \
                 for changes by a timer or by the operator of the server.",
            )
            .gives(200, shown::<Log>(samples::page(vec![samples::account::audit_entry()]))),
    ]
}

/// The filter of the audit log.
#[derive(Debug, Default, Deserialize, IntoParams)]
struct Params {
    /// Only events of this area
    #[param(schema_with = enum_schema::of::<Area>)]
    area: Option<String>,
}

impl Params {
    fn area(&self) -> Result<Option<Area>> {
        self.area.as_deref().map(|word| Area::read("area", word)).transpose()
    }
}

/// An entry of the audit log.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::AuditLine)]
struct Line {
    id: String,
    /// The name of the event: `team.member_removed`
    event: String,
    /// The id of the thing that changed
    subject: String,
    /// The facts of the event
    details: Vec<Detail>,
    actor: Option<Doer>,
    created_at: Stamp,
}

/// A fact of an event.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::AuditDetail)]
struct Detail {
    name: String,
    /// A word, a number, or a list of words
    value: Value,
}

/// The member who made the change.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::AuditActor)]
struct Doer {
    id: String,
    name: String,
    /// The API key that was used; null after a login
    key_id: Option<String>,
}

impl From<By> for Doer {
    fn from(by: By) -> Self {
        Self { id: by.member_id.0, name: by.name, key_id: by.key_id.map(|key| key.0) }
    }
}

impl From<Entry> for Line {
    fn from(entry: Entry) -> Self {
        let Entry { id, name, subject, facts, by, at } = entry;
        let details = match facts {
            Value::Object(facts) => facts.into_iter().map(|(name, value)| Detail { name, value }).collect(),
            _ => Vec::new(),
        };
        Self { id: id.0, event: name, subject, details, actor: by.map(Doer::from), created_at: at.into() }
    }
}

list! {
    /// A page of the audit log.
    #[schema(as = gagiteck::AuditLog)]
    struct Log { data: Line } of Entry
}

async fn list(call: Call, Query(params): Query<Params>, Query(page): Query<PartParams>) -> ApiResult<Log> {
    let (area, part) = (params.area()?, page.part()?);
    let mut conn = call.read().await?;
    Ok(ok(audit::list(&mut conn, &call.actor, area, part).await?))
}

//! Permissions: every route, asked by every kind of caller. The table stands in `snapshots/it__access__table.snap`, and a
//! route that is not in it fails.

mod fixture;
mod stage;

use crate::agentgigs::job_fixture::a_form;
use crate::document::{Example, example, operations, signed_in};
use crate::test_api::TestApi;
use fixture::{AccessFixture, AccessPeople, WHO};
use market::id::random;
use reqwest::Method;
use serde_json::{Value, json};
use stage::{Stage, stages};
use std::collections::BTreeSet;

/// A route in one stage of a job, and how it answers each of [`WHO`].
struct Row {
    method: Method,
    template: &'static str,
    stage: Option<Stage>,
    answers: Vec<u16>,
}

impl Row {
    fn name(&self) -> String {
        let stage = self.stage.map(|stage| format!("  [{}]", stage.name())).unwrap_or_default();
        format!("{} {}{stage}", self.method, self.template)
    }

    fn of(&self, who: &str) -> u16 {
        self.answers[WHO.iter().position(|known| *known == who).expect("somebody known")]
    }

    fn line(&self) -> String {
        let answers: Vec<_> = self.answers.iter().zip(WHO).map(|(answer, who)| format!("{answer:>width$}", width = who.len())).collect();
        format!("{:<72}{}", self.name(), answers.join("  "))
    }
}

#[tokio::test]
async fn the_table_of_who_may_do_what() {
    let app = TestApi::new().await;
    let people = AccessPeople::new(&app).await;
    let mut watched: Vec<(Stage, AccessFixture<'_>)> = Vec::new();
    let mut rows = Vec::new();
    for (method, template) in operations() {
        for stage in stages(&method, template) {
            let at = stage.unwrap_or(Stage::InReview);
            // A read changes nothing, so all reads share a job; each act gets a job of its own.
            let answers = if method == Method::GET || stage.is_none() {
                if !watched.iter().any(|(known, _)| *known == at) {
                    watched.push((at, AccessFixture::at(&app, &people, at).await));
                }
                let (_, cast) = watched.iter().find(|(known, _)| *known == at).expect("was made");
                ask_all(cast, &method, template).await
            } else {
                ask_all(&AccessFixture::at(&app, &people, at).await, &method, template).await
            };
            rows.push(Row { method: method.clone(), template, stage, answers });
        }
    }
    rows.iter().for_each(holds);
    let head = format!("{:<72}{}", "", WHO.join("  "));
    let lines: Vec<_> = std::iter::once(head).chain(rows.iter().map(Row::line)).collect();
    insta::assert_snapshot!("table", lines.join("\n"));
    app.close().await;
}

/// Checks the rules that hold for every route.
fn holds(row: &Row) {
    let name = row.name();
    assert!(row.answers.iter().all(|answer| *answer < 500), "{name}: {:?}", row.answers);
    if !signed_in(&row.method, row.template) {
        return;
    }
    for who in ["nobody", "revoked"] {
        assert_eq!(row.of(who), 401, "{name}: {who}");
    }
    if row.method != Method::GET {
        held_to_their_roles(row);
    }
    let of_a_team = row.template.starts_with("/v1/access/") && row.template.contains("{id}");
    if of_a_team {
        let others = ["stranger", "worker", "admin"];
        assert!(others.iter().all(|who| row.of(who) == 404), "{name}: what is another team's is not there");
    }
    let of_a_job = row.template.contains("/jobs/{id}") || row.template.contains("/tasks/{id}");
    let open_to_all = row.stage.is_some_and(Stage::is_listed);
    if of_a_job && !open_to_all {
        for who in ["stranger", "unverified"] {
            let refused = if row.method == Method::GET { &[404][..] } else { &[403, 404] };
            assert!(refused.contains(&row.of(who)), "{name}: {who}: somebody else's job is not there");
        }
    }
    if of_a_job && row.method != Method::GET {
        assert!(row.answers.iter().any(|answer| *answer < 300), "{name}: somebody may, or the row tells nothing");
    }
}

/// Acts that concern the person, not the team they act for; no role limits them.
const PERSONAL: [&str; 4] = ["/api/account", "/api/safety/report", "/v1/access/invitations/accept", "/v1/access/teams"];

/// Acts that move a team's money, or say where it goes.
const MONEY: [&str; 9] = [
    "/api/credits/deposit",
    "/api/proposals/{id}/accept",
    "/api/tasks",
    "/api/jobs/{id}/approve",
    "/api/jobs/{id}/feature",
    "/api/jobs/{id}/fund-escrow",
    "/api/jobs/{id}/fund-proof-escrow",
    "/api/jobs/{id}/reject",
    "/api/wallet/deposit",
];

/// Acts that change who is in a team and what they may do.
const PEOPLE: [&str; 5] =
    ["/v1/access/roles", "/v1/access/roles/{id}", "/v1/access/team", "/v1/access/team/members/{id}", "/v1/access/team/members"];

/// A viewer of the team changes nothing; a developer moves no money and manages nobody.
fn held_to_their_roles(row: &Row) {
    let name = row.name();
    if !PERSONAL.contains(&row.template) {
        assert!([403, 404].contains(&row.of("viewer")), "{name}: a viewer changes nothing");
    }
    if MONEY.contains(&row.template) || PEOPLE.contains(&row.template) {
        assert_eq!(row.of("developer"), 403, "{name}: a developer moves no money and manages nobody");
        assert_ne!(row.of("team_admin"), 403, "{name}: an admin of the team may");
    }
}

/// Sends one request by each of [`WHO`]; callers whose act changes something for others come last.
async fn ask_all(cast: &AccessFixture<'_>, method: &Method, template: &str) -> Vec<u16> {
    let mut answers = vec![0; WHO.len()];
    let first = ["nobody", "revoked", "unverified", "admin", "stranger", "viewer", "applicant", "after", "before", "worker"];
    let order: Vec<_> = first.into_iter().chain(["poster", "team_admin", "developer"]).collect();
    assert_eq!(order.iter().copied().collect::<BTreeSet<_>>(), BTreeSet::from(WHO));
    for who in order {
        let n = WHO.iter().position(|known| *known == who).expect("somebody known");
        answers[n] = ask(cast, method, template, who).await;
    }
    answers
}

async fn ask(cast: &AccessFixture<'_>, method: &Method, template: &str, who: &str) -> u16 {
    let Example { body, form, in_person } = example(method, template);
    let ask = cast.app().ask(method.clone(), &cast.path(method, template));
    let ask = cast.credential(who, in_person).into_iter().fold(ask, |ask, (name, value)| ask.header(name, &value));
    let ask = match body {
        Some(body) => ask.json(cast.filled(&body)),
        None if form => {
            let (kind, body) = a_form();
            ask.raw(&kind, body)
        }
        None => ask,
    };
    ask.send().await.status
}

/// Fills a body with this test's own ids, and with unused addresses.
fn own(body: &Value, job: &str, application: &str, deliverable: &str) -> Value {
    let mut body = body.clone();
    let thing = body.get("id").and_then(Value::as_str).map(|id| if id.starts_with("dlv_") { deliverable } else { application });
    for (name, id) in [
        ("applicationId", application),
        ("proposal_id", application),
        ("task_id", job),
        ("target_id", job),
        ("id", thing.unwrap_or_default()),
    ] {
        if body.get(name).is_some() {
            body[name] = json!(id);
        }
    }
    // The sample's amount is that of another proposal.
    if body.get("task_id").is_none() {
        body.as_object_mut().and_then(|body| body.remove("proposed_amount"));
    }
    // A second bot would make all that its team does afterwards ambiguous, so none is made.
    if body.get("framework").is_some() {
        body["framework"] = json!("f".repeat(81));
    }
    if body.get("email").is_some() {
        body["email"] = json!(format!("{}@example.com", random("m")));
    }
    body
}

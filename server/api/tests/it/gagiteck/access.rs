//! Access control over HTTP: roles, the team and its people, invitations, the audit log, and the two headers that choose.

use crate::test_api::{Person, TestApi};
use market::key::Prefix;
use market::role::{DEVELOPER, VIEWER};
use reqwest::Method;
use serde_json::{Value, json};

/// A team made over HTTP, by its id.
async fn team(app: &TestApi, owner: &Person, name: &str) -> String {
    app.post("/v1/access/teams").in_person(owner).json(json!({ "name": name })).send().await.with(201).text("/id")
}

/// The members of a team, as one of them sees it.
async fn members(app: &TestApi, person: &Person, team: &str) -> Vec<(String, String)> {
    let shown = app.get("/v1/access/team").in_person(person).header("x-team-id", team).send().await.with(200);
    let members = shown.body["members"]["data"].as_array().expect("a list").iter();
    members.map(|one| (one["name"].as_str().unwrap_or_default().into(), one["role_id"].as_str().unwrap_or_default().into())).collect()
}

#[tokio::test]
async fn somebody_is_invited_joins_and_is_removed() {
    let app = TestApi::new().await;
    let (ada, bob) = (app.member("Ada").await, app.member("Bob").await);
    let labs = team(&app, &ada, "Okafor Labs").await;
    let invite = json!({ "email": bob.email, "role_id": "role_developer" });
    let sent = app.post("/v1/access/team/members").in_person(&ada).header("x-team-id", &labs).json(invite).send().await.with(201);
    assert_eq!((sent.text("/status"), sent.text("/role_id"), sent.body["name"].clone()), ("pending".into(), DEVELOPER.into(), Value::Null));
    let token = app.invited(&bob.email).await;
    let accept = async |who: &Person| app.post("/v1/access/invitations/accept").in_person(who).json(json!({ "token": token })).send().await;
    assert!(accept(&ada).await.with(403).text("/detail").contains("another email address"));
    assert_eq!(accept(&bob).await.with(200).text("/team_id"), labs);
    accept(&bob).await.with(400);
    let both = [("Ada".into(), "role_owner".into()), ("Bob".into(), "role_developer".into())];
    assert_eq!(members(&app, &bob, &labs).await, both);
    let path = format!("/v1/access/team/members/{}", bob.actor.member);
    let change = app.ask(Method::PATCH, &path).in_person(&ada).header("x-team-id", &labs).json(json!({ "role_id": VIEWER }));
    assert_eq!(change.send().await.with(200).text("/role"), "Viewer");
    app.ask(Method::DELETE, &path).in_person(&ada).header("x-team-id", &labs).send().await.with(204);
    app.get("/v1/access/team").in_person(&bob).header("x-team-id", &labs).send().await.with(404);
    let log = app.get("/v1/access/audit?area=people").in_person(&ada).header("x-team-id", &labs).send().await.with(200);
    let events: Vec<_> =
        log.body["data"].as_array().expect("lines").iter().map(|line| line["event"].as_str().unwrap_or_default()).collect();
    assert_eq!(events, ["team.member_removed", "team.member_role_changed", "team.member_joined", "invitation.sent"]);
    app.get("/v1/access/audit?area=weather").in_person(&ada).send().await.with(400);
    app.close().await;
}

#[tokio::test]
async fn roles_are_made_changed_and_deleted() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let listed = app.get("/v1/access/roles").in_person(&ada).send().await.with(200);
    let ids: Vec<_> = listed.body["data"].as_array().expect("roles").iter().map(|role| role["id"].as_str().unwrap_or_default()).collect();
    assert_eq!(ids, ["role_owner", "role_admin", "role_developer", "role_viewer"]);
    let draft = json!({ "name": "Bookkeeper", "permissions": ["wallet:read", "jobs:read"] });
    let made = app.post("/v1/access/roles").in_person(&ada).json(draft).send().await.with(201);
    let path = format!("/v1/access/roles/{}", made.text("/id"));
    let change = async |body: Value| app.ask(Method::PATCH, &path).in_person(&ada).json(body).send().await;
    assert_eq!(change(json!({ "permissions": ["jobs:*"] })).await.with(200).body["permissions"], json!(["jobs:*"]));
    assert_eq!(change(json!({ "permissions": ["users:write"] })).await.with(400).fields(), ["permissions"]);
    app.get(&path).in_person(&ada).send().await.with(200);
    app.ask(Method::DELETE, &path).in_person(&ada).send().await.with(204);
    app.get(&path).in_person(&ada).send().await.with(404);
    app.ask(Method::DELETE, "/v1/access/roles/role_owner").in_person(&ada).send().await.with(409);
    let permissions = app.get("/v1/access/permissions").in_person(&ada).send().await.with(200);
    assert!(permissions.body["data"].as_array().expect("permissions").iter().all(|one| one["granted"] == true));
    app.close().await;
}

#[tokio::test]
async fn a_key_narrower_than_a_role_gives_none_of_it() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let narrow = app.key(&ada, Prefix::Gagiteck, &["members:*"]).await;
    let invite = json!({ "email": "sock@example.com", "role_id": "role_admin" });
    let refused = app.post("/v1/access/team/members").bearer(&narrow).json(invite).send().await.with(403);
    assert!(refused.text("/detail").contains("You can only give what you have"), "{}", refused.text);
    app.close().await;
}

#[tokio::test]
async fn a_header_chooses_the_team_and_never_anothers() {
    let app = TestApi::new().await;
    let (ada, eve) = (app.member("Ada").await, app.member("Eve").await);
    let labs = team(&app, &ada, "Labs").await;
    let active = async |person: &Person, id: &str| app.get("/v1/access/team").in_person(person).header("x-team-id", id).send().await;
    assert_eq!(active(&ada, &labs).await.with(200).text("/name"), "Labs");
    for id in [labs.as_str(), ada.actor.team.as_str(), "team_none", "%00", ""] {
        active(&eve, id).await.with(404);
    }
    let keyed = async |id: &str| app.get("/v1/access/team").bearer(&ada_key(&app, &ada).await).header("x-team-id", id).send().await;
    assert!(keyed(&labs).await.with(400).text("/detail").contains("X-Team-Id"));
    keyed(ada.actor.team.as_str()).await.with(200);
    let listed = app.get("/v1/access/teams").in_person(&ada).header("x-team-id", &labs).send().await.with(200);
    let active: Vec<_> = listed.body["data"].as_array().expect("teams").iter().map(|team| team["active"].clone()).collect();
    assert_eq!(active, [json!(false), json!(true)]);
    app.close().await;
}

#[tokio::test]
async fn a_header_names_the_agent_and_never_anothers() {
    let app = TestApi::new().await;
    let (ada, bob, eve) = (app.member("Ada").await, app.agent("Bob", &["coding"]).await, app.agent("Eve", &["coding"]).await);
    let second = app.another(&bob.actor, "Second", &["coding"]).await;
    let profile = async |id: &str| app.get("/api/agent/profile").by(&bob).header("x-bot-id", id).send().await;
    assert_eq!(profile(second.id.as_str()).await.with(200).text("/name"), "Second");
    for id in [eve.actor.agent.clone().expect("an agent").as_str(), "agent_none", "a b"] {
        profile(id).await.with(404);
    }
    let job = app.post("/api/agent/jobs").by(&ada).json(crate::agentgigs::job_fixture::draft()).send().await.with(201).text("/id");
    app.post(&format!("/api/jobs/{job}/nda")).by(&bob).json(json!({})).send().await.with(200);
    let apply = || app.post(&format!("/api/jobs/{job}/apply")).by(&bob).json(json!({ "proposed_price": 45_000 })).key("same");
    let refused = apply().send().await.with(400);
    assert!(refused.text.contains("AGENT_AMBIGUOUS") && refused.text.contains(second.id.as_str()), "{}", refused.text);
    apply().header("x-bot-id", second.id.as_str()).send().await.with(201);
    app.close().await;
}

#[tokio::test]
async fn one_idempotency_key_is_each_teams_own() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let labs = team(&app, &ada, "Labs").await;
    let make = || app.post("/v1/access/roles").in_person(&ada).key("same").json(json!({ "name": "Clerk", "permissions": ["jobs:read"] }));
    let (own, theirs) = (make().send().await.with(201), make().header("x-team-id", &labs).send().await.with(201));
    assert_ne!(own.text("/id"), theirs.text("/id"));
    assert_eq!(make().send().await.with(201).text("/id"), own.text("/id"));
    app.close().await;
}

async fn ada_key(app: &TestApi, ada: &Person) -> String {
    app.key(ada, Prefix::Gagiteck, &[]).await
}

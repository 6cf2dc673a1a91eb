//! The routes of webhooks, which gigeco shares: endpoints, secrets, tests, the log, and sending again.

use crate::ask::{Answer, Ask, snapshot};
use crate::test_api::{Person, Settings, TestApi};
use api::RateLimits;
use market::delivery::{Outcome, TESTS_MAX};
use market::endpoint::ENDPOINTS_MAX;
use market::key::Prefix;
use market::outbound::Policy;
use market::{Duration, Money};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::act;
use testkit::webhook::answer;

const URL: &str = "https://bot.example.com/hooks";

fn new(events: &[&str]) -> Value {
    json!({ "url": URL, "events": events })
}

async fn register(app: &TestApi, ada: &Person, body: Value) -> Answer {
    app.post("/v1/webhooks").in_person(ada).json(body).send().await
}

async fn registered(app: &TestApi, ada: &Person, events: &[&str]) -> String {
    register(app, ada, new(events)).await.with(201).text("/id")
}

/// A request to one webhook's route.
fn of<'a>(app: &'a TestApi, method: Method, id: &str, rest: &str, person: &Person) -> Ask<'a> {
    app.ask(method, &format!("/v1/webhooks/{id}{rest}")).in_person(person)
}

/// Posts jobs, each of which is an event for its poster.
async fn happen(app: &TestApi, ada: &Person, count: usize) {
    for _ in 0..count {
        act!(app, job::post(&ada.actor, &testkit::job::draft())).expect("posts");
    }
    app.fan_out(dialects::WIRES).await;
}

#[tokio::test]
async fn a_webhook_from_registered_to_deleted() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let made = register(&app, &ada, json!({ "url": URL, "events": ["execution.completed", "job.posted"], "description": "The bot" })).await;
    snapshot!("create", made);
    let (id, secret) = (made.text("/id"), made.text("/secret"));
    let listed = app.get("/v1/webhooks").in_person(&ada).send().await;
    snapshot!("list", listed);
    let shown = of(&app, Method::GET, &id, "", &ada).send().await.with(200);
    assert_eq!(shown.body, listed.body["data"][0]);
    assert!(!format!("{}{}", listed.text, shown.text).contains(&secret), "the secret is shown once");
    app.pass(Duration::minutes(1));
    let change = json!({ "url": "https://bot.example.com/v2", "events": ["*"], "is_active": false });
    snapshot!("update", of(&app, Method::PATCH, &id, "", &ada).json(change).send().await);
    snapshot!("test_disabled", of(&app, Method::POST, &id, "/test", &ada).send().await);
    let enabled = of(&app, Method::PATCH, &id, "", &ada).json(json!({ "is_active": true })).send().await.with(200);
    assert_eq!((&enabled.body["status"], &enabled.body["events"]), (&json!("active"), &json!(["*"])), "what is left out stays");
    assert_eq!(of(&app, Method::DELETE, &id, "", &ada).send().await.with(204).text, "");
    snapshot!("deleted", of(&app, Method::GET, &id, "", &ada).send().await);
    assert_eq!(app.get("/v1/webhooks").in_person(&ada).send().await.with(200).body, json!({ "data": [], "total": 0 }));
    app.close().await;
}

#[tokio::test]
async fn the_events_are_the_references_and_all_that_streams_carry() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let told = app.get("/v1/webhooks/events").in_person(&ada).send().await.with(200);
    let names: Vec<_> = told.body["events"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    insta::assert_json_snapshot!("events", names);
    assert_eq!(names.len(), told.body["details"].as_array().expect("a list").len());
    app.close().await;
}

#[tokio::test]
async fn gigeco_registers_by_the_same_path() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    // The reference's request, by its fields like gagiteck's.
    let made = register(&app, &ada, json!({ "url": URL, "events": ["task.posted"], "secret": "a secret of gigeco's bot" })).await.with(201);
    assert_eq!((made.text("/webhookId"), made.text("/status")), (made.text("/id"), "active".into()));
    assert_eq!((made.text("/dialect"), made.text("/secret")), ("gigeco".into(), "a secret of gigeco's bot".into()));
    assert_eq!(app.get("/v1/webhooks").in_person(&ada).send().await.with(200).text("/data/0/webhookId"), made.text("/id"));
    app.close().await;
}

#[tokio::test]
async fn the_names_of_events_decide_on_the_dialect() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    for (events, dialect) in [
        (&["execution.failed"][..], "gagiteck"),
        (&["job.posted"], "gagiteck"),
        (&["*"], "gagiteck"),
        (&["agent.updated", "payment.released"], "gagiteck"),
        (&["task.posted"], "gigeco"),
        (&["task.delivered", "payment.released", "*"], "gigeco"),
        (&["task.created", "deliverable.accepted"], "gigiac"),
        (&["proposal.accepted", "*"], "gigiac"),
    ] {
        assert_eq!(register(&app, &ada, new(events)).await.with(201).text("/dialect"), dialect, "{events:?}");
    }
    for (dialect, event) in [("guildhall", "*"), ("gigeco", "payment.released"), ("gigiac", "credits.low_balance")] {
        let own = register(&app, &ada, json!({ "url": URL, "events": [event], "dialect": dialect })).await.with(201);
        assert_eq!(own.text("/dialect"), dialect, "the request's own word decides");
    }
    let mixed = register(&app, &ada, new(&["task.created", "job.posted"])).await.with(400);
    assert_eq!(mixed.fields(), ["events"]);
    assert_eq!(register(&app, &ada, json!({ "url": URL, "events": ["*"], "dialect": "soap" })).await.with(400).fields(), ["dialect"]);
    app.close().await;
}

#[tokio::test]
async fn names_that_several_dialects_know_are_read_in_that_of_the_key() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    for (prefix, event, dialect) in [
        (Prefix::Gigiac, "*", "gigiac"),
        (Prefix::Gigiac, "job.posted", "gagiteck"),
        (Prefix::Gigiac, "task.posted", "gigeco"),
        (Prefix::Gagiteck, "credits.low_balance", "gagiteck"),
        (Prefix::Gigeco, "credits.low_balance", "gigeco"),
        (Prefix::Gigeco, "job.posted", "gagiteck"),
        (Prefix::Agentgigs, "*", "gagiteck"),
    ] {
        let key = app.key(&ada, prefix, &["events:*"]).await;
        let ask = app.post("/v1/webhooks");
        let ask = if prefix == Prefix::Agentgigs { ask.header("x-api-key", &key) } else { ask.bearer(&key) };
        assert_eq!(ask.json(new(&[event])).send().await.with(201).text("/dialect"), dialect, "{prefix:?} {event}");
    }
    app.close().await;
}

#[tokio::test]
async fn a_webhook_belongs_to_an_agent_or_to_the_team() {
    let app = TestApi::new().await;
    let ada = app.agent("Ada", &["coding"]).await;
    let agent = ada.actor.agent.clone().expect("an agent");
    let made = register(&app, &ada, json!({ "url": URL, "events": ["*"], "agent_id": agent })).await.with(201);
    let id = made.text("/id");
    assert_eq!(made.text("/agent_id"), agent.to_string());
    let change = async |body: Value| of(&app, Method::PATCH, &id, "", &ada).json(body).send().await;
    assert_eq!(change(json!({ "description": "The bot" })).await.with(200).body["agent_id"], json!(agent), "what is left out stays");
    assert_eq!(change(json!({ "agent_id": null })).await.with(200).body["agent_id"], Value::Null);
    assert_eq!(change(json!({ "agent_id": agent })).await.with(200).body["agent_id"], json!(agent));
    let eve = app.agent("Eve", &["coding"]).await;
    change(json!({ "agent_id": eve.actor.agent })).await.with(404);
    app.close().await;
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let unknown = register(&app, &ada, new(&["job.posted", "job.eaten"])).await.with(400);
    assert_eq!(unknown.fields(), ["events"]);
    let message = unknown.text("/fields/0/message");
    assert!(message.starts_with("\"job.eaten\" is not an event; use agent.created, ") && message.ends_with(" or *."), "{message}");
    assert_eq!(register(&app, &ada, json!({})).await.with(400).fields(), ["url", "events"]);
    let wrong = json!({ "url": "ftp://x.example", "events": ["*"], "secret": "short", "description": "x".repeat(201) });
    assert_eq!(register(&app, &ada, wrong).await.with(400).fields(), ["url", "description", "secret"]);
    let id = registered(&app, &ada, &["*"]).await;
    let change = of(&app, Method::PATCH, &id, "", &ada).json(json!({ "url": "x", "events": ["job.eaten"] })).send().await;
    assert_eq!(change.with(400).fields(), ["url", "events"]);
    let secret = of(&app, Method::PATCH, &id, "", &ada).json(json!({ "secret": "a secret of a bot's own" })).send().await;
    assert!(secret.with(400).text("/fields/0/message").contains("rotate-secret"), "it is not ignored");
    let rotate = of(&app, Method::POST, &id, "/rotate-secret", &ada).json(json!({ "secret": "short" })).send().await;
    assert_eq!(rotate.with(400).fields(), ["secret"]);
    let replay = async |body| of(&app, Method::POST, &id, "/replay", &ada).json(body).send().await.with(400);
    assert_eq!(replay(json!({})).await.fields(), ["since"]);
    assert_eq!(replay(json!({ "since": "2020-01-01T00:00:00Z" })).await.fields(), ["since"]);
    assert_eq!(replay(json!({ "since": app.now(), "which": "some" })).await.fields(), ["which"]);
    assert_eq!(replay(json!({ "since": app.now(), "until": app.now() })).await.fields(), ["until"]);
    let log = of(&app, Method::GET, &id, "/deliveries?status=lost", &ada).send().await;
    assert_eq!(log.with(400).fields(), ["status"]);
    app.close().await;
}

#[tokio::test]
async fn an_address_is_public_and_encrypted() {
    let policy = Policy::production().refusing_own("https://guild.example");
    let settings = Settings { rate_limits: RateLimits::Off, policy, ..Settings::default() };
    let app = TestApi::with(settings).await;
    let ada = app.member("Ada").await;
    for url in [
        "http://bot.example.com/hooks",
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::ffff:10.0.0.1]/",
        "https://0x7f000001/",
        "https://localhost/",
        "https://db.internal/",
        "https://bot.example.com:8443/",
        "https://ada:secret@bot.example.com/",
        "https://bot.example.com/#part",
        "https://guild.example/v1/webhooks",
        "not an address",
    ] {
        let refused = register(&app, &ada, json!({ "url": url, "events": ["*"] })).await.with(400);
        assert_eq!(refused.fields(), ["url"], "{url}");
    }
    let id = registered(&app, &ada, &["*"]).await;
    let moved = of(&app, Method::PATCH, &id, "", &ada).json(json!({ "url": "https://10.0.0.1/" })).send().await;
    assert_eq!(moved.with(400).fields(), ["url"]);
    app.close().await;
}

#[tokio::test]
async fn a_secret_is_shown_once_even_to_a_repeated_request() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let create = async || app.post("/v1/webhooks").in_person(&ada).key("once").json(new(&["*"])).send().await;
    let made = create().await.with(201);
    let again = create().await;
    assert!(!again.text.contains("whsec_"), "{}", again.text);
    snapshot!("create_again", again);
    let id = made.text("/id");
    let rotate = async || of(&app, Method::POST, &id, "/rotate-secret", &ada).key("twice").json(json!({})).send().await;
    let rotated = rotate().await;
    snapshot!("rotate", rotated);
    assert_ne!(rotated.text("/secret"), made.text("/secret"));
    assert!(!rotate().await.with(409).text.contains("whsec_"));
    assert_eq!(app.get("/v1/webhooks").in_person(&ada).send().await.body["total"], 1);
    app.close().await;
}

#[tokio::test]
async fn a_secret_that_is_accepted_signs() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let encoded = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    // The last digit before the sign holds bits that no byte has: decoders refuse it.
    let crooked = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=";
    for (secret, status) in [
        (encoded.to_owned(), 201),
        ("é".repeat(256), 201),
        ("é".repeat(16), 201),
        (crooked.to_owned(), 400),
        ("é".repeat(15), 400),
        ("é".repeat(257), 400),
        ("sixteen letters\n".to_owned(), 400),
    ] {
        let made = register(&app, &ada, json!({ "url": URL, "events": ["*"], "secret": secret })).await.with(status);
        let read = market::outbound::SigningSecret::read(&secret);
        assert!(status == 400 || read.is_some() && made.text("/secret") == secret, "{secret}");
    }
    app.close().await;
}

#[tokio::test]
async fn another_teams_webhook_is_not_there() {
    let app = TestApi::new().await;
    let (ada, eve) = (app.member("Ada").await, app.member("Eve").await);
    let (id, other) = (registered(&app, &ada, &["*"]).await, registered(&app, &ada, &["*"]).await);
    let sent = of(&app, Method::POST, &id, "/test", &ada).send().await.with(202).text("/id");
    snapshot!("foreign", of(&app, Method::GET, &id, "", &eve).send().await);
    let range = json!({ "since": app.now() });
    let one = format!("/deliveries/{sent}");
    for (method, rest, body) in [
        (Method::PATCH, "", json!({})),
        (Method::DELETE, "", Value::Null),
        (Method::POST, "/test", Value::Null),
        (Method::POST, "/rotate-secret", json!({})),
        (Method::POST, "/replay", range),
        (Method::GET, "/deliveries", Value::Null),
        (Method::GET, &one, Value::Null),
        (Method::POST, &format!("{one}/redeliver"), Value::Null),
    ] {
        let ask = of(&app, method, &id, rest, &eve);
        let ask = if body.is_null() { ask } else { ask.json(body) };
        ask.send().await.with(404);
    }
    for unknown in ["wh_unknown", "a%20b", "%00", "%ff", &"x".repeat(300)] {
        of(&app, Method::GET, unknown, "", &ada).send().await.with(404);
    }
    of(&app, Method::GET, &other, &one, &ada).send().await.with(404);
    of(&app, Method::POST, &other, &format!("{one}/redeliver"), &ada).send().await.with(404);
    of(&app, Method::GET, &id, &one, &ada).send().await.with(200);
    app.close().await;
}

#[tokio::test]
async fn a_key_needs_the_scopes_of_events() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let reads = app.key(&ada, Prefix::Gagiteck, &["events:read"]).await;
    let writes = app.key(&ada, Prefix::Gagiteck, &["events:*"]).await;
    let none = app.key(&ada, Prefix::Gagiteck, &["jobs:*"]).await;
    let create = async |key: &str| app.post("/v1/webhooks").bearer(key).json(new(&["job.posted"])).send().await;
    snapshot!("create_without_scope", create(&reads).await);
    let id = create(&writes).await.with(201).text("/id");
    let by = async |key: &str, method: Method, rest: &str| app.ask(method, &format!("/v1/webhooks{rest}")).bearer(key).send().await.status;
    for (key, statuses) in [(&none, [403, 403, 403, 403]), (&reads, [200, 200, 403, 403]), (&writes, [200, 200, 202, 204])] {
        let read = [by(key, Method::GET, "").await, by(key, Method::GET, &format!("/{id}/deliveries")).await];
        let write = [by(key, Method::POST, &format!("/{id}/test")).await, by(key, Method::DELETE, &format!("/{id}")).await];
        assert_eq!([read, write].concat(), statuses);
    }
    app.get("/v1/webhooks").send().await.with(401);
    app.close().await;
}

#[tokio::test]
async fn webhooks_and_tests_have_limits() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let mut id = String::new();
    for _ in 0..ENDPOINTS_MAX {
        id = registered(&app, &ada, &["*"]).await;
    }
    snapshot!("too_many", register(&app, &ada, new(&["*"])).await);
    let test = async || of(&app, Method::POST, &id, "/test", &ada).send().await;
    for _ in 0..TESTS_MAX {
        test().await.with(202);
    }
    let refused = test().await;
    assert_eq!(refused.header("retry-after"), Some("3600"));
    snapshot!("too_many_tests", refused);
    app.pass(Duration::hours(1));
    test().await.with(202);
    app.close().await;
}

#[tokio::test]
async fn the_log_tells_every_attempt() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let id = registered(&app, &ada, &["job.posted"]).await;
    snapshot!("test", of(&app, Method::POST, &id, "/test", &ada).send().await);
    happen(&app, &ada, 2).await;
    let claimed = app.claim().await;
    app.note(&claimed[..1], &answer(204)).await.expect("notes");
    app.note(&claimed[1..2], &answer(500)).await.expect("notes");
    app.note(&claimed[2..], &Outcome::Failed("The connection was refused.".into())).await.expect("notes");
    let log = async |query: &str| of(&app, Method::GET, &id, &format!("/deliveries{query}"), &ada).send().await.with(200);
    let (all, waiting) = (log("").await, log("?status=waiting&limit=1&offset=1").await);
    assert_eq!((&all.body["total"], &all.body["data"][0]["id"]), (&json!(3), &json!(claimed[2].id)));
    assert_eq!((&waiting.body["total"], &waiting.body["data"][0]["id"]), (&json!(2), &json!(claimed[1].id)));
    assert_eq!(log("?status=delivered").await.body["data"][0]["id"], json!(claimed[0].id));
    let ends = |row: &Value| (row["last_status"].clone(), row["last_latency_ms"].clone());
    let rows: Vec<_> = all.body["data"].as_array().expect("a list").iter().map(ends).collect();
    assert_eq!(rows, [(Value::Null, json!(12)), (json!(500), json!(12)), (json!(204), json!(12))]);
    let posts = log("?event=job.posted").await;
    assert_eq!((&posts.body["total"], &posts.body["data"][1]["id"]), (&json!(2), &json!(claimed[1].id)));
    assert_eq!(log("?event=job.posted&status=delivered").await.body["total"], 0);
    let found = log(&format!("?id={}", claimed[0].id)).await;
    assert_eq!((&found.body["total"], &found.body["data"][0]["event"]), (&json!(1), &json!("webhook.test")));
    assert_eq!(log("?id=msg_unknown").await.body["total"], 0);
    let one = of(&app, Method::GET, &id, &format!("/deliveries/{}", claimed[2].id), &ada).send().await.with(200);
    assert_eq!(one.text("/body"), claimed[2].body, "the body is shown as it is signed");
    assert_eq!((&one.body["log"][0]["status"], one.text("/log/0/error")), (&Value::Null, "The connection was refused.".into()));
    let failed = of(&app, Method::GET, &id, &format!("/deliveries/{}", claimed[1].id), &ada).send().await.with(200);
    assert_eq!((&failed.body["log"][0]["status"], failed.text("/log/0/answer")), (&json!(500), "The status is 500.".into()));
    app.close().await;
}

#[tokio::test]
async fn deliveries_are_sent_again_under_their_ids() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    app.fund(&ada.actor, Money(5_000)).await;
    let id = registered(&app, &ada, &["job.posted"]).await;
    let began = app.now();
    happen(&app, &ada, 3).await;
    let claimed = app.claim().await;
    let again = async |n: usize| {
        let rest = format!("/deliveries/{}/redeliver", claimed[n].id);
        of(&app, Method::POST, &id, &rest, &ada).send().await
    };
    snapshot!("in_flight", again(0).await);
    app.note(&claimed, &answer(200)).await.expect("notes");
    app.pass(Duration::hours(2));
    snapshot!("redeliver", again(0).await);
    let redelivered = app.claim().await;
    assert_eq!((redelivered.len(), &redelivered[0].id, &redelivered[0].body), (1, &claimed[0].id, &claimed[0].body));
    app.note(&redelivered, &answer(200)).await.expect("notes");
    let replay = async |body| of(&app, Method::POST, &id, "/replay", &ada).json(body).send().await.with(202).body;
    assert_eq!(replay(json!({ "since": began })).await, json!({ "count": 0, "complete": true, "next_since": null }), "none failed");
    assert_eq!(replay(json!({ "since": began, "which": "all" })).await, json!({ "count": 3, "complete": true, "next_since": null }));
    let ids = |due: &[market::delivery::Due]| due.iter().map(|due| due.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids(&app.claim().await), ids(&claimed));
    app.close().await;
}

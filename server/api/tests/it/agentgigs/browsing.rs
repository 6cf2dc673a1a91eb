use super::job_fixture::{JobFixture, draft};
use crate::ask::snapshot;
use crate::test_api::{Person, TestApi, both};
use market::Duration;
use market::key::Prefix;
use serde_json::{Value, json};

#[tokio::test]
async fn only_jobs_of_ones_specializations_are_available() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let bob = app.agent("Bob", &["coding", "testing"]).await;
    for (title, category, budget) in
        [("Parse invoices", "coding", 48000), ("Test a parser", "testing", 9000), ("Draw a logo", "design", 20000)]
    {
        let body = json!({ "title": title, "description": "As the title says.", "category": category, "budget_max": budget });
        app.post("/api/agent/jobs").by(&ada).json(body).send().await.with(201);
    }
    let titles = async |query: &str| {
        let answer = app.get(&format!("/api/agent/jobs/available?{query}")).by(&bob).send().await.with(200);
        let jobs = answer.body["jobs"].as_array().cloned().unwrap_or_default();
        let mut titles: Vec<_> = jobs.iter().filter_map(|job| job["title"].as_str().map(str::to_owned)).collect();
        titles.sort_unstable();
        titles
    };
    assert_eq!(titles("").await, ["Parse invoices", "Test a parser"]);
    assert_eq!(titles("category=testing").await, ["Test a parser"]);
    assert_eq!(titles("category=design").await, [""; 0]);
    assert_eq!(titles("search=INVOICE").await, ["Parse invoices"]);
    assert_eq!(titles("budget_min=10000").await, ["Parse invoices"]);
    assert_eq!(titles("budget_max=10000").await, ["Test a parser"]);
    assert_eq!(titles("limit=1&offset=1").await.len(), 1);
    assert_eq!(titles("sort=budget&limit=1").await, ["Parse invoices"]);
    assert_eq!(titles("proof_required=true").await, [""; 0]);
    assert_eq!(titles("proof_required=false").await.len(), 2);
    assert_eq!(titles("due_by=2030-01-01T00:00:00Z").await, [""; 0], "neither says when it is due");
    assert_eq!(titles("posted_after=2020-01-01T00:00:00Z").await.len(), 2);
    assert_eq!(titles("posted_after=2030-01-01T00:00:00Z").await, [""; 0]);
    let hidden = async |query: &str| {
        let answer = app.get(&format!("/api/agent/jobs/available?{query}")).by(&bob).send().await.with(200);
        (answer.body["hidden_by_specializations"].clone(), answer.body["hint"].is_string())
    };
    assert_eq!(hidden("category=design").await, (json!(1), true), "an empty list says why");
    assert_eq!(hidden("category=testing").await, (json!(0), false));
    for (query, field) in [
        ("category=juggling", "category"),
        ("status=paid", "status"),
        ("budget_min=75.5", "budget_min"),
        ("budget_max=-1", "budget_max"),
        ("search=%00", "search"),
        ("due_by=soon", "due_by"),
        ("posted_after=lately", "posted_after"),
        ("proof_required=maybe", "proof_required"),
        ("sort=cheap", "sort"),
        ("limit=1000", "limit"),
    ] {
        let answer = app.get(&format!("/api/agent/jobs/available?{query}")).by(&bob).send().await.with(400);
        assert_eq!(answer.fields(), [field], "{query}");
    }
    snapshot!("available_without_profile", app.get("/api/agent/jobs/available").by(&ada).send().await);
    app.close().await;
}

#[tokio::test]
async fn lists_do_not_tell_what_the_nda_guards() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let listed = app.get("/api/agent/jobs/available").by(&fixture.worker).send().await;
    assert!(!listed.text.contains("regex parser"));
    snapshot!("available", listed);
    snapshot!("without_nda", fixture.seen_by(&fixture.worker).await);
    fixture.by_worker("nda", json!({})).await.with(200);
    snapshot!("with_nda", fixture.seen_by(&fixture.worker).await);
    app.close().await;
}

#[tokio::test]
async fn a_list_an_act_and_the_job_itself_name_the_same_next_move() {
    let app = TestApi::new().await;
    let mut fixture = JobFixture::posted(&app).await;
    let first = |answer: &Value| answer["jobs"][0]["next_move"].clone();
    let available = app.get("/api/agent/jobs/available").by(&fixture.worker).send().await.with(200).body;
    assert_eq!((first(&available)["who"].clone(), first(&available)["what"].clone()), (json!("anyone"), json!("apply")));
    fixture.apply().await;
    let accepted = fixture.accept().await.with(200).body["next_move"].clone();
    assert_eq!((accepted["who"].clone(), accepted["what"].clone()), (json!("poster"), json!("fund")));
    let mine = app.get("/api/agent/jobs").by(&fixture.poster).send().await.with(200).body;
    assert_eq!((&first(&mine), &fixture.seen_by(&fixture.poster).await.body["next_move"]), (&accepted, &accepted));
    fixture.fund().await;
    let working = app.get("/api/agent/jobs?role=worker").by(&fixture.worker).send().await.with(200).body;
    assert_eq!((first(&working)["who"].clone(), first(&working)["what"].clone()), (json!("worker"), json!("deliver")));
    app.close().await;
}

#[tokio::test]
async fn each_sees_their_part_of_a_job() {
    let app = TestApi::new().await;
    let fixture = JobFixture::delivered(&app).await;
    let stranger = app.agent("Eve", &["coding"]).await;
    snapshot!("seen_by_poster", fixture.seen_by(&fixture.poster).await);
    snapshot!("seen_by_worker", fixture.seen_by(&fixture.worker).await);
    snapshot!("seen_by_stranger", fixture.seen_by(&stranger).await);
    let jobs = async |who, query: &str| app.get(&format!("/api/agent/jobs?{query}")).by(who).send().await.with(200).body["total"].clone();
    assert_eq!(jobs(&fixture.worker, "").await, Value::from(0));
    assert_eq!(jobs(&fixture.worker, "role=worker").await, Value::from(1));
    assert_eq!(jobs(&fixture.poster, "status=delivered").await, Value::from(1));
    assert_eq!(jobs(&fixture.poster, "status=open").await, Value::from(0));
    assert_eq!(app.get("/api/agent/jobs?role=owner").by(&fixture.poster).send().await.with(400).fields(), ["role"]);
    app.close().await;
}

#[tokio::test]
async fn a_list_goes_on_after_an_item_while_others_post() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let bob = app.agent("Bob", &["coding"]).await;
    let post = async || {
        app.market.clock.advance(Duration::seconds(1));
        app.post("/api/agent/jobs").by(&ada).json(draft()).send().await.with(201).text("/id")
    };
    let mut posted = vec![post().await, post().await, post().await, post().await, post().await];
    let mut seen: Vec<String> = Vec::new();
    loop {
        let after = seen.last().map(|id| format!("&starting_after={id}")).unwrap_or_default();
        let page = app.get(&format!("/api/agent/jobs/available?limit=2{after}")).by(&bob).send().await.with(200);
        let ids: Vec<_> = page.body["jobs"].as_array().into_iter().flatten().filter_map(|job| job["id"].as_str()).collect();
        seen.extend(ids.iter().map(|&id| id.to_owned()));
        if ids.len() < 2 {
            break;
        }
        post().await;
    }
    seen.sort_unstable();
    posted.sort_unstable();
    assert_eq!(seen, posted, "each of the first five once, and none of the later ones");
    for path in [
        "/api/agent/jobs/available?starting_after=none",
        "/api/agent/jobs/available?starting_after=none&offset=1",
        "/api/wallet/transactions?starting_after=none",
        "/api/credits/transactions?starting_after=none",
        "/v1/access/audit?starting_after=none",
        "/v1/auth/api-keys?starting_after=none",
    ] {
        assert_eq!(app.get(path).in_person(&bob).send().await.with(400).fields(), ["starting_after"], "{path}");
    }
    app.close().await;
}

#[tokio::test]
async fn a_narrow_key_reads_and_does_not_write() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let key = app.key(&ada, market::key::Prefix::Agentgigs, &["jobs:read"]).await;
    app.get("/api/agent/jobs").header("x-api-key", &key).send().await.with(200);
    snapshot!("missing_scope", app.post("/api/agent/jobs").header("x-api-key", &key).json(draft()).send().await);
    app.close().await;
}

both! {
    async fn an_answer_that_was_read_before_tells_what_happened_since(app) {
        let public = json!({ "title": "Parse invoices", "description": "As the title says.", "category": "coding", "budget_max": 48000, "confidential": false });
        let fixture = JobFixture::posted_as(app, public).await;
        let (poster, worker, id) = (&fixture.poster, &fixture.worker, &fixture.job);
        let ask = async |who: &Person, path: &str| app.get(path).by(who).send().await.with(200);
        let one = format!("/api/jobs/{id}");
        for _ in 0..2 {
            assert_eq!(ask(worker, "/api/agent/jobs/available").await.body["total"], 1);
            assert_eq!(ask(poster, "/api/agent/jobs").await.body["jobs"][0]["status"], "open");
            assert_eq!(ask(worker, &one).await.body["viewer_role"], "visitor");
        }
        let first = ask(poster, &one).await;
        assert_eq!(first.header("etag"), ask(poster, &one).await.header("etag"), "an answer of the cache has its tag");
        app.get(&one).by(poster).header("if-none-match", first.header("etag").expect("a tag")).send().await.with(304);
        app.post(&format!("/api/jobs/{id}/cancel")).by(poster).json(json!({})).send().await.with(200);
        assert_eq!(ask(worker, "/api/agent/jobs/available").await.body["total"], 0);
        assert_eq!(ask(poster, "/api/agent/jobs").await.body["jobs"][0]["status"], "cancelled");
        app.get(&one).by(worker).send().await.with(404);
        assert_ne!(first.header("etag"), ask(poster, &one).await.header("etag"));
        let none = app.key(worker, Prefix::Agentgigs, &["wallet:read"]).await;
        app.get("/api/agent/jobs/available").header("x-api-key", &none).send().await.with(403);
    }
}

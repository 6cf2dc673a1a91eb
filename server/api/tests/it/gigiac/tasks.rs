//! Tasks from post to pay, by gigiac alone and across dialects.

use crate::ask::Answer;
use crate::test_api::{Person, TestApi, both};
use market::Money;
use reqwest::Method;
use serde_json::{Value, json};

pub(super) fn draft() -> Value {
    json!({
        "title": "Parse invoices", "description": "Replace the regex parser with a grammar.", "category": "coding",
        "budget": 480.00, "skills": ["Rust"], "revision_limit": 1
    })
}

/// A posted task with its people.
pub(super) struct Task<'w> {
    app: &'w TestApi,
    pub(super) poster: Person,
    pub(super) worker: Person,
    pub(super) id: String,
}

impl<'w> Task<'w> {
    pub(super) async fn posted(app: &'w TestApi, draft: Value) -> Self {
        let poster = app.poster("Ada", Money(60_000)).await;
        let worker = app.agent("Bob", &["coding"]).await;
        let id = app.post("/api/tasks").by(&poster).json(draft).send().await.with(201).text("/id");
        Self { app, poster, worker, id }
    }

    /// Proposes and returns the proposal's id.
    pub(super) async fn proposed(&self, amount: f64) -> String {
        let proposal = json!({ "task_id": self.id, "cover_letter": "I can.", "proposed_amount": amount });
        self.app.post("/api/proposals").by(&self.worker).json(proposal).send().await.with(201).text("/id")
    }

    pub(super) async fn accept(&self, proposal: &str) -> Answer {
        self.app.post(&format!("/api/proposals/{proposal}/accept")).by(&self.poster).json(json!({})).send().await
    }

    pub(super) async fn deliver(&self, content: &str) -> Answer {
        self.app.post("/api/deliverables").by(&self.worker).json(json!({ "task_id": self.id, "content": content })).send().await
    }

    pub(super) async fn decide(&self, deliverable: &str, decision: Value) -> Answer {
        let mut decision = decision;
        decision["deliverable_id"] = json!(deliverable);
        self.app.ask(Method::PATCH, "/api/deliverables").by(&self.poster).json(decision).send().await
    }

    async fn act(&self, act: &str, body: Value) -> Answer {
        self.app.post(&format!("/api/tasks/{}/{act}", self.id)).by(&self.poster).json(body).send().await
    }

    pub(super) async fn shown(&self) -> Answer {
        self.app.get(&format!("/api/tasks/{}/detail", self.id)).by(&self.poster).send().await.with(200)
    }
}

/// The available and reserved credits of somebody, as they are written.
pub(super) async fn credits(app: &TestApi, who: &Person) -> (Value, Value) {
    let balance = app.get("/api/credits/balance").by(who).send().await.with(200);
    (balance.body["available"].clone(), balance.body["reserved"].clone())
}

both! {
    async fn a_task_goes_from_post_to_pay(app) {
        let task = Task::posted(app, draft()).await;
        assert_eq!(credits(app, &task.poster).await, (json!(96.0), json!(504.0)), "the budget and its fee are held");
        let listed = app.get("/api/tasks?skills=rust&q=invoices&budget_min=480&page=1&per_page=5").by(&task.worker).send().await.with(200);
        assert_eq!((listed.text("/tasks/0/id"), listed.body["total"].clone(), listed.body["limit"].clone()), (task.id.clone(), json!(1), json!(5)));
        let proposal = task.proposed(450.00).await;
        let mine = app.get("/api/proposals?mine=true").by(&task.worker).send().await.with(200);
        assert_eq!((mine.text("/proposals/0/id"), mine.body["proposals"][0]["proposed_amount"].clone()), (proposal.clone(), json!(450.0)));
        let accepted = task.accept(&proposal).await.with(200);
        assert_eq!((accepted.text("/status"), accepted.text("/task/status")), ("accepted".into(), "in_progress".into()));
        assert_eq!(credits(app, &task.poster).await, (json!(127.5), json!(472.5)), "the difference is returned");

        let first = task.deliver("Version one.").await.with(201).text("/id");
        let items = json!([{ "category": "dates", "description": "Read two-digit years.", "priority": "high" }]);
        let revision = json!({ "status": "revision_requested", "feedback": "One thing is missing.", "revision_items": items });
        assert_eq!(task.decide(&first, revision.clone()).await.with(200).text("/status"), "revision_requested");
        assert_eq!(task.shown().await.text("/reason"), "One thing is missing.\n- Read two-digit years. (high, dates)");
        let second = task.deliver("Version two.").await.with(201).text("/id");
        assert_eq!(task.decide(&first, json!({ "status": "accepted" })).await.with(409).text("/code"), "NEWER_VERSION");
        assert_eq!(task.decide(&second, revision).await.with(409).text("/code"), "REVISIONS_USED_UP");
        assert_eq!(task.decide(&second, json!({ "status": "accepted" })).await.with(200).text("/status"), "accepted");
        assert_eq!(credits(app, &task.worker).await.0, json!(450.0), "paid at once");
        let shown = task.shown().await;
        assert_eq!((shown.text("/status"), shown.text("/escrow")), ("completed".into(), "released".into()));
        let statuses: Vec<_> = shown.body["deliverables"].as_array().expect("a list").iter().map(|made| made["status"].clone()).collect();
        assert_eq!(statuses, ["accepted", "superseded"]);
        let refused = task.act("cancel", json!({ "reason": "Too late, as it seems." })).await.with(409);
        assert!(refused.text("/message").contains("/contest"), "{}", refused.text);
    }

    async fn the_poster_speaks_gigiac_and_the_worker_agentgigs(app) {
        let task = Task::posted(app, draft()).await;
        let available = app.get("/api/agent/jobs/available").by(&task.worker).send().await.with(200);
        let job = available.text("/jobs/0/id");
        assert_eq!(format!("task_{}", job.replace('-', "")), task.id);
        let offer = json!({ "cover_letter": "I can.", "proposed_price": 45000 });
        let proposal = app.post(&format!("/api/jobs/{job}/apply")).by(&task.worker).json(offer).send().await.with(201).text("/id");
        let listed = app.get(&format!("/api/proposals?task_id={}", task.id)).by(&task.poster).send().await.with(200);
        assert_eq!(listed.text("/proposals/0/id"), proposal);
        task.accept(&proposal).await.with(200);
        let body = json!({ "content": "The grammar is …" });
        app.post(&format!("/api/jobs/{job}/deliver")).by(&task.worker).json(body).send().await.with(200);
        let made = app.get(&format!("/api/deliverables?proposal_id={proposal}")).by(&task.poster).send().await.with(200);
        task.decide(&made.text("/deliverables/0/id"), json!({ "status": "accepted" })).await.with(200);
        let wallet = app.get("/api/wallet").by(&task.worker).send().await.with(200);
        assert_eq!(wallet.body["available"], 45000);
    }

    async fn the_poster_speaks_agentgigs_and_the_worker_gigiac(app) {
        let poster = app.poster("Ada", Money(60_000)).await;
        let worker = app.agent("Bob", &["coding"]).await;
        let job = json!({ "title": "Parse invoices", "description": "Replace the regex parser.", "category": "coding", "budget_max": 48000 });
        let job = app.post("/api/agent/jobs").by(&poster).json(job).send().await.with(201).text("/id");
        let id = app.get("/api/tasks").by(&worker).send().await.with(200).text("/tasks/0/id");
        let proposal = json!({ "task_id": id, "cover_letter": "I can.", "proposed_amount": 450 });
        let first = app.post("/api/proposals").by(&worker).json(proposal.clone()).send().await.with(403);
        assert!(first.text("/message").contains(&format!("POST /api/tasks/{id}/nda")), "{}", first.text);
        app.post(&format!("/api/tasks/{id}/nda")).by(&worker).json(json!({})).send().await.with(200);
        let proposal = app.post("/api/proposals").by(&worker).json(proposal).send().await.with(201).text("/id");
        let accept = json!({ "applicationId": proposal });
        app.post(&format!("/api/agent/jobs/{job}/accept-application")).by(&poster).json(accept.clone()).send().await.with(200);
        app.post(&format!("/api/jobs/{job}/fund-escrow")).by(&poster).json(accept).send().await.with(200);
        let body = json!({ "task_id": id, "proposal_id": proposal, "content": "The grammar is …" });
        app.post("/api/deliverables").by(&worker).json(body).send().await.with(201);
        app.post(&format!("/api/jobs/{job}/approve")).by(&poster).json(json!({})).send().await.with(200);
        let shown = app.get(&format!("/api/tasks/{id}")).by(&worker).send().await.with(200);
        assert_eq!(shown.text("/status"), "releasing", "agentgigs' delay holds for the job that was posted there");
    }

    async fn of_two_acceptances_at_once_one_wins(app) {
        let task = Task::posted(app, draft()).await;
        let first = task.proposed(450.00).await;
        let carl = app.agent("Carl", &["coding"]).await;
        let body = json!({ "task_id": task.id, "cover_letter": "Me too.", "proposed_amount": 440 });
        let second = app.post("/api/proposals").by(&carl).json(body).send().await.with(201).text("/id");
        let (a, b) = tokio::join!(task.accept(&first), task.accept(&second));
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{} {}", a.text, b.text);
    }

    async fn what_is_held_comes_back(app) {
        let task = Task::posted(app, draft()).await;
        let path = format!("/api/tasks/{}", task.id);
        let edit = app.ask(Method::PATCH, &path).by(&task.poster).json(json!({ "budget": "500.00", "skills": [] })).send().await.with(200);
        assert_eq!((edit.body["budget"].clone(), edit.body["skills"].clone()), (json!(500.0), json!([])));
        assert_eq!(credits(app, &task.poster).await, (json!(75.0), json!(525.0)));
        for (fixed, body) in [("status", json!({ "status": "completed" })), ("payment_method", json!({ "payment_method": "card" }))] {
            let refused = app.ask(Method::PATCH, &path).by(&task.poster).json(body).send().await.with(400);
            assert_eq!(refused.fields(), [fixed]);
        }
        let gone = app.ask(Method::DELETE, &path).by(&task.poster).send().await.with(200);
        assert_eq!((gone.body["deleted"].clone(), gone.text("/task/status")), (json!(true), "cancelled".into()));
        assert_eq!(credits(app, &task.poster).await, (json!(600.0), json!(0.0)));

        let task = Task::posted(app, draft()).await;
        let proposal = task.proposed(450.00).await;
        task.accept(&proposal).await.with(200);
        app.ask(Method::DELETE, &format!("/api/tasks/{}", task.id)).by(&task.poster).send().await.with(409);
        assert_eq!(task.act("cancel", json!({})).await.with(400).fields(), ["reason"]);
        assert_eq!(task.act("cancel", json!({ "reason": "We found it done already." })).await.with(200).text("/status"), "disputed");
        app.advance(app.market.rules.dispute_window).await;
        assert_eq!(credits(app, &task.poster).await, (json!(600.0), json!(0.0)), "the worker did not contest");
    }

    async fn a_contested_task_is_ruled_on(app) {
        let task = Task::posted(app, draft()).await;
        let proposal = task.proposed(450.00).await;
        task.accept(&proposal).await.with(200);
        let made = task.deliver("Version one.").await.with(201).text("/id");
        let no = json!({ "status": "rejected", "reason": "incomplete", "message": "Half of it is missing." });
        assert_eq!(task.decide(&made, no).await.with(200).text("/status"), "rejected");
        let path = format!("/api/tasks/{}/contest", task.id);
        let statement = json!({ "statement": "All samples are covered.", "evidence": ["See the table."] });
        let dispute = app.post(&path).by(&task.worker).json(statement).send().await.with(201).text("/id");
        let seen = app.get(&format!("/api/disputes/{dispute}")).by(&task.poster).send().await.with(200);
        assert_eq!((seen.text("/opened_by"), seen.body["amount"].clone()), ("worker".into(), json!(450.0)));
        let stranger = app.member("Eve").await;
        app.get(&format!("/api/disputes/{dispute}")).by(&stranger).send().await.with(404);
        let admin = app.admin("Root").await;
        let ruling = json!({ "ruling": "split", "worker_amount": 200.5, "reason": "Half of the samples are covered." });
        let path = format!("/api/disputes/{dispute}/resolve");
        app.post(&path).by(&task.poster).json(ruling.clone()).send().await.with(403);
        let ruled = app.post(&path).by(&admin).json(ruling).send().await.with(200);
        assert_eq!((ruled.text("/ruling"), ruled.body["worker_share"].clone()), ("split".into(), json!(20050)));
        assert_eq!(credits(app, &task.worker).await.0, json!(200.5));
    }
}

#[tokio::test]
async fn a_wrong_task_names_its_fields() {
    let app = TestApi::new().await;
    let ada = app.poster("Ada", Money(60_000)).await;
    let with = |name: &str, value: Value| {
        let mut body = draft();
        body[name] = value;
        body
    };
    for (body, field) in [
        (with("budget", json!(0.5)), "budget"),
        (with("budget", json!("12.345")), "budget"),
        (with("payment_method", json!("cash")), "payment_method"),
        (with("revision_limit", json!(-1)), "revision_limit"),
        (with("skills", json!(["100%"])), "skills"),
        (with("category", json!("juggling")), "category"),
        (with("deadline", json!("yesterday")), "deadline"),
    ] {
        let answer = app.post("/api/tasks").by(&ada).json(body.clone()).send().await.with(400);
        assert_eq!(answer.fields(), [field], "{body}: {}", answer.text);
    }
    let short = app.post("/api/tasks").by(&ada).json(with("budget", json!(600))).send().await.with(402);
    assert_eq!((short.text("/code"), short.body["required"].clone()), ("INSUFFICIENT_CREDITS".into(), json!(630.0)));
    for (query, field) in [
        ("status=completed", "status"),
        ("role=boss", "role"),
        ("page=0", "page"),
        ("page=1&limit=5", "page"),
        ("budget_min=x", "budget_min"),
        ("skills=a_b", "skills"),
    ] {
        assert_eq!(app.get(&format!("/api/tasks?{query}")).by(&ada).send().await.with(400).fields(), [field], "{query}");
    }
    assert_eq!(app.get("/api/proposals").by(&ada).send().await.with(400).fields(), ["task_id"]);
    app.close().await;
}

#[tokio::test]
async fn somebody_elses_proposals_and_deliverables_are_not_there() {
    let app = TestApi::new().await;
    let task = Task::posted(&app, draft()).await;
    let proposal = task.proposed(450.00).await;
    let eve = app.agent("Eve", &["coding"]).await;
    app.get(&format!("/api/proposals?task_id={}", task.id)).by(&eve).send().await.with(404);
    let path = format!("/api/proposals/{proposal}");
    let reject = json!({ "status": "rejected" });
    app.ask(Method::PATCH, &path).by(&eve).json(reject.clone()).send().await.with(404);
    app.ask(Method::PATCH, &path).by(&task.worker).json(reject).send().await.with(404);
    app.ask(Method::PATCH, &path).by(&task.poster).json(json!({ "status": "withdrawn" })).send().await.with(404);
    app.ask(Method::PATCH, &path).by(&task.worker).json(json!({ "status": "withdrawn" })).send().await.with(200);
    app.post(&format!("{path}/accept")).by(&eve).json(json!({})).send().await.with(404);
    assert_eq!(task.accept(&proposal).await.with(409).text("/code"), "APPLICATION_NOT_PENDING");
    task.proposed(440.00).await;
    task.accept(&proposal).await.with(200);
    let made = task.deliver("Version one.").await.with(201).text("/id");
    let accept = json!({ "status": "accepted" });
    app.ask(Method::PATCH, &format!("/api/deliverables/{made}")).by(&eve).json(accept.clone()).send().await.with(404);
    app.ask(Method::PATCH, &format!("/api/deliverables/{made}")).by(&task.worker).json(accept).send().await.with(404);
    app.close().await;
}

//! A delivered job and its proofers, driven step by step.

use super::job_fixture::{JobFixture, draft};
use crate::ask::Answer;
use crate::test_api::{Person, TestApi};
use market::Duration;
use serde_json::{Value, json};

/// A job with a review, and the proofers who applied, in order.
pub(crate) struct Review<'w> {
    pub(crate) fixture: JobFixture<'w>,
    pub(crate) proofers: Vec<Person>,
    pub(crate) applications: Vec<String>,
}

/// Creates the draft of a job with this many proofers, at 24 dollars each.
pub(crate) fn proofed(count: i64) -> Value {
    let mut job = draft();
    (job["proof_required"], job["proofer_count"]) = (json!(true), json!(count));
    job["rubric"] = json!([{ "name": "Accuracy", "weight": 3, "description": "Every total" }, { "name": "Style" }]);
    job
}

/// Creates an approving verdict.
pub(crate) fn approve() -> Value {
    json!({ "verdict": "approve", "score": 90, "summary": "All samples are covered.", "agent_feedback": "Well tested." })
}

/// Creates a verdict that asks for a revision.
pub(crate) fn revise() -> Value {
    json!({
        "verdict": "needs_revision",
        "sections": [{ "name": "Accuracy", "score": 60, "comment": "Two totals are off." }, { "name": "Style", "score": 80 }],
        "revision_items": [{ "category": "Accuracy", "description": "Line 14: the total leaves out the tax.", "priority": "high" }],
        "summary": "Close, but the totals are wrong.", "agent_feedback": "Add a test for each total."
    })
}

/// Creates a rejecting verdict.
pub(crate) fn refuse() -> Value {
    json!({ "verdict": "reject", "score": 10, "reason": "It parses letters, not invoices." })
}

impl<'w> Review<'w> {
    /// Creates a delivered job; nobody applied yet.
    pub(crate) async fn pending(app: &'w TestApi, count: i64) -> Self {
        Self::of(JobFixture::delivered_as(app, proofed(count)).await)
    }

    /// Wraps a delivered job.
    pub(crate) fn of(fixture: JobFixture<'w>) -> Self {
        Self { fixture, proofers: Vec::new(), applications: Vec::new() }
    }

    /// Creates a delivered job with as many applications as seats.
    pub(crate) async fn applied(app: &'w TestApi, count: i64) -> Self {
        let mut review = Self::pending(app, count).await;
        for n in 1..=count {
            review.join(&format!("Proofer{n}")).await;
        }
        review
    }

    /// Creates a review with all seats taken.
    pub(crate) async fn accepted(app: &'w TestApi, count: i64) -> Self {
        let review = Self::applied(app, count).await;
        for application in &review.applications {
            review.accept(application).await.with(200);
        }
        review
    }

    /// Creates a funded review.
    pub(crate) async fn funded(app: &'w TestApi, count: i64) -> Self {
        let review = Self::accepted(app, count).await;
        review.fund().await.with(200);
        review
    }

    /// Lets one more proofer apply, a second after the one before, so that the order is defined.
    pub(crate) async fn join(&mut self, name: &str) {
        self.fixture.app.market.clock.advance(Duration::seconds(1));
        let proofer = self.fixture.app.agent(name, &["coding"]).await;
        self.fixture.act(&proofer, "nda", json!({})).await.with(200);
        let application = self.fixture.act(&proofer, "apply", json!({ "cover_letter": "I check totals." })).await.with(201).text("/id");
        self.proofers.push(proofer);
        self.applications.push(application);
    }

    /// Accepts a proofer, a second after the one before, because seats are listed by time.
    pub(crate) async fn accept(&self, application: &str) -> Answer {
        self.fixture.app.market.clock.advance(Duration::seconds(1));
        self.fixture.by_poster("accept-proofer", json!({ "applicationId": application })).await
    }

    pub(crate) async fn fund(&self) -> Answer {
        self.fixture.by_poster("fund-proof-escrow", json!({ "useWallet": true })).await
    }

    /// Submits the nth proofer's verdict.
    pub(crate) async fn submit(&self, n: usize, verdict: Value) -> Answer {
        self.fixture.act(&self.proofers[n], "proofs", verdict).await
    }

    /// Submits all verdicts, in order.
    pub(crate) async fn decide(&self, verdicts: &[Value]) {
        for (n, verdict) in verdicts.iter().enumerate() {
            self.submit(n, verdict.clone()).await.with(201);
        }
    }

    pub(crate) async fn settings(&self, change: Value) -> Answer {
        let path = format!("/api/jobs/{}/proof-settings", self.fixture.job);
        self.fixture.app.ask(reqwest::Method::PATCH, &path).by(&self.fixture.poster).json(change).send().await
    }

    /// Reads the review as a caller sees it.
    pub(crate) async fn seen_by(&self, who: &Person) -> Answer {
        self.fixture.app.get(&format!("/api/jobs/{}/proofs", self.fixture.job)).by(who).send().await
    }

    /// Reads the job's status.
    pub(crate) async fn status(&self) -> String {
        self.fixture.seen_by(&self.fixture.poster).await.with(200).text("/status")
    }

    /// Reads a caller's available balance.
    pub(crate) async fn available(&self, who: &Person) -> i64 {
        let wallet = self.fixture.app.get("/api/wallet").by(who).send().await.with(200);
        wallet.body["available"].as_i64().expect("cents")
    }
}

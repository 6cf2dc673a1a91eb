//! The steps of a job that several tests need, each one call.

use crate::ask::Answer;
use crate::test_api::{Person, TestApi};
use market::Money;
use serde_json::{Value, json};

/// A job with its people, driven over HTTP.
pub(crate) struct JobFixture<'w> {
    pub(crate) app: &'w TestApi,
    pub(crate) poster: Person,
    pub(crate) worker: Person,
    pub(crate) job: String,
    pub(crate) application: String,
}

/// Creates a form with a small file, and its media type.
pub(crate) fn a_form() -> (String, &'static str) {
    let body = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"notes.txt\"\r\n\r\nEvery total.\r\n--x--\r\n";
    ("multipart/form-data; boundary=x".into(), body)
}

pub(crate) fn draft() -> Value {
    json!({
        "title": "Parse invoices", "description": "Replace the regex parser with a grammar.", "category": "coding",
        "budget_min": 40000, "budget_max": 48000
    })
}

impl<'w> JobFixture<'w> {
    /// Creates a posted job.
    pub(crate) async fn posted(app: &'w TestApi) -> Self {
        Self::posted_as(app, draft()).await
    }

    /// Creates a posted job from a draft.
    pub(crate) async fn posted_as(app: &'w TestApi, draft: Value) -> Self {
        let poster = app.poster("Ada", Money(100_000)).await;
        let worker = app.agent("Bob", &["coding"]).await;
        let job = app.post("/api/agent/jobs").by(&poster).json(draft).send().await.with(201).text("/id");
        Self { app, poster, worker, job, application: String::new() }
    }

    /// Creates a posted job with an application.
    pub(crate) async fn applied(app: &'w TestApi) -> Self {
        let mut fixture = Self::posted(app).await;
        fixture.apply().await;
        fixture
    }

    /// Creates a job whose application is accepted.
    pub(crate) async fn accepted(app: &'w TestApi) -> Self {
        let fixture = Self::applied(app).await;
        fixture.accept().await.with(200);
        fixture
    }

    /// Creates a funded job.
    pub(crate) async fn funded(app: &'w TestApi) -> Self {
        let fixture = Self::accepted(app).await;
        fixture.fund().await;
        fixture
    }

    /// Creates a delivered job.
    pub(crate) async fn delivered(app: &'w TestApi) -> Self {
        Self::delivered_as(app, draft()).await
    }

    /// Creates a delivered job from a draft.
    pub(crate) async fn delivered_as(app: &'w TestApi, draft: Value) -> Self {
        let mut fixture = Self::posted_as(app, draft).await;
        fixture.apply().await;
        fixture.accept().await.with(200);
        fixture.fund().await;
        fixture.deliver("The grammar is …").await.with(200);
        fixture
    }

    /// Agrees to the NDA and applies, as the worker.
    pub(crate) async fn apply(&mut self) {
        self.by_worker("nda", json!({})).await.with(200);
        let offer = json!({ "cover_letter": "I have written three such grammars.", "proposed_price": 45000 });
        self.application = self.by_worker("apply", offer).await.with(201).text("/id");
    }

    pub(crate) async fn fund(&self) {
        self.by_poster("fund-escrow", json!({ "applicationId": self.application, "useWallet": true })).await.with(200);
    }

    pub(crate) async fn deliver(&self, content: &str) -> Answer {
        self.by_worker("deliver", json!({ "content": content, "note": "Covers all samples." })).await
    }

    pub(crate) async fn accept(&self) -> Answer {
        let path = format!("/api/agent/jobs/{}/accept-application", self.job);
        self.app.post(&path).by(&self.poster).json(json!({ "applicationId": self.application })).send().await
    }

    pub(crate) async fn by_poster(&self, act: &str, body: Value) -> Answer {
        self.act(&self.poster, act, body).await
    }

    pub(crate) async fn by_worker(&self, act: &str, body: Value) -> Answer {
        self.act(&self.worker, act, body).await
    }

    /// Uploads a text file as an attachment or a deliverable; returns its path.
    pub(crate) async fn send_file(&self, who: &Person, act: &str) -> String {
        let (kind, body) = a_form();
        self.app.post(&format!("/api/agent/jobs/{}/{act}", self.job)).by(who).raw(&kind, body).send().await.with(201).text("/file_path")
    }

    pub(crate) async fn act(&self, who: &Person, act: &str, body: Value) -> Answer {
        self.app.post(&format!("/api/jobs/{}/{act}", self.job)).by(who).json(body).send().await
    }

    pub(crate) async fn seen_by(&self, who: &Person) -> Answer {
        self.app.get(&format!("/api/jobs/{}", self.job)).by(who).send().await
    }
}

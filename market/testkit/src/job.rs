//! A job brought as far as a test needs it.

use crate::{TestApp, act, look, read};
use market::application::NewApplication;
use market::deliverable::Delivery;
use market::id::ApplicationId;
use market::job::{Draft, Job};
use market::{Actor, Money};

/// A poster with money and a worker, and one job between them.
pub struct JobFixture {
    /// The member who posted it.
    pub poster: Actor,
    /// The agent who does it.
    pub worker: Actor,
    /// The job as the last step left it.
    pub job: Job,
}

/// The form for a coding job of up to 480.00.
pub fn draft() -> Draft {
    Draft {
        title: "Replace the regex invoice parser with a grammar".into(),
        description: "All 212 fixtures parse to the same rows; an unknown field is kept.".into(),
        category: "coding".into(),
        budget_max: Some(48_000),
        ..Draft::default()
    }
}

/// The work for it.
pub fn delivery() -> Delivery {
    Delivery { content: "# The grammar\n\nIt parses all fixtures.".into(), note: "See the end for timings.".into(), files: None }
}

impl JobFixture {
    /// A poster with 1,000.00, a coding worker, and an open job of up to 480.00.
    pub async fn open(app: &TestApp) -> Self {
        let poster = app.member("poster").await;
        let worker = app.agent("worker", &["coding"]).await;
        app.fund(&poster, Money(100_000)).await;
        let job = act!(app, job::post(&poster, &draft())).expect("posts");
        Self { poster, worker, job }
    }

    /// The worker agreed to the NDA and offers to do it for 400.00.
    pub async fn applied(app: &TestApp) -> (Self, ApplicationId) {
        let fixture = Self::open(app).await;
        act!(app, nda::agree(&fixture.worker, &fixture.job.id)).expect("agrees");
        let offer = NewApplication { cover_letter: "I wrote three of these.".into(), price: Some(40_000) };
        let application = act!(app, application::apply(&fixture.worker, &fixture.job.id, &offer)).expect("applies");
        (fixture, application.id)
    }

    /// The poster accepted the worker's application.
    pub async fn accepted(app: &TestApp) -> Self {
        let (mut fixture, application) = Self::applied(app).await;
        fixture.job = act!(app, job::accept(&fixture.poster, &fixture.job.id, &application)).expect("accepts");
        fixture
    }

    /// 420.00 are held: 400.00 and a fee of 5 %.
    pub async fn funded(app: &TestApp) -> Self {
        let mut fixture = Self::accepted(app).await;
        fixture.job = act!(app, job::fund(&fixture.poster, &fixture.job.id, None)).expect("funds");
        fixture
    }

    /// The worker handed the work in.
    pub async fn delivered(app: &TestApp) -> Self {
        let mut fixture = Self::funded(app).await;
        fixture.job = act!(app, job::deliver(&fixture.worker, &fixture.job.id, &delivery())).expect("delivers").0;
        fixture
    }

    /// The poster approved the work.
    pub async fn approved(app: &TestApp) -> Self {
        let mut fixture = Self::delivered(app).await;
        fixture.job = act!(app, job::approve(&fixture.poster, &fixture.job.id)).expect("approves");
        fixture
    }

    /// The money that both can spend now, the poster first.
    pub async fn available(&self, app: &TestApp) -> (Money, Money) {
        let poster = read!(app, wallet::show(&self.poster)).expect("a wallet").available;
        let worker = read!(app, wallet::show(&self.worker)).expect("a wallet").available;
        (poster, worker)
    }

    /// The job as its poster sees it now.
    pub async fn look(&self, app: &TestApp) -> Job {
        look!(app, job::view(&self.poster, &self.job.id)).expect("the poster sees it").job
    }
}

//! A job under review, brought as far as a test needs it.

use crate::job::{JobFixture, delivery, draft};
use crate::{TestApp, act, look, read};
use market::application::NewApplication;
use market::id::JobId;
use market::job::{Draft, Job};
use market::review::{Item, ReviewView, Section, Submission};
use market::{Actor, Money, Paging, Result};

/// The fee for a verdict.
pub const FEE: Money = Money(1_000);

/// A job whose work is handed in, and as many who would proof it.
pub struct ReviewFixture {
    /// The job with its two sides.
    pub fixture: JobFixture,
    /// Those who applied to proof it.
    pub proofers: Vec<Actor>,
}

/// A job that asks for proofers at 10.00 each.
pub fn proofed(count: i64) -> Draft {
    let section = |name: &str, weight| Section { name: name.into(), weight, description: String::new() };
    Draft {
        proof_required: Some(true),
        proofer_count: Some(count),
        proof_fee: Some(FEE.0),
        rubric: Some(vec![section("Accuracy", 3), section("Style", 1)]),
        ..draft()
    }
}

/// A verdict with all that belongs to it.
pub fn says(verdict: &str) -> Submission {
    let item = Item { category: "Totals".into(), description: format!("Mend line 14 ({verdict})"), priority: "high".into() };
    Submission {
        verdict: verdict.into(),
        score: Some(80),
        revision_items: if verdict == "approve" { Vec::new() } else { vec![item] },
        summary: "for the poster".into(),
        agent_feedback: "for the worker".into(),
        ..Submission::default()
    }
}

impl ReviewFixture {
    /// Handed in, and waiting for proofers.
    pub async fn pending(app: &TestApp, draft: &Draft, proofers: usize) -> Self {
        let poster = app.member("poster").await;
        let worker = app.agent("worker", &["coding"]).await;
        app.fund(&poster, Money(100_000)).await;
        let job = act!(app, job::post(&poster, draft)).expect("posts");
        act!(app, nda::agree(&worker, &job.id)).expect("agrees");
        let offer = NewApplication { cover_letter: String::new(), price: Some(40_000) };
        let application = act!(app, application::apply(&worker, &job.id, &offer)).expect("applies");
        act!(app, job::accept(&poster, &job.id, &application.id)).expect("accepts");
        act!(app, job::fund(&poster, &job.id, None)).expect("funds");
        let job = act!(app, job::deliver(&worker, &job.id, &delivery())).expect("delivers").0;
        let mut review = Self { fixture: JobFixture { poster, worker, job }, proofers: Vec::new() };
        for n in 0..proofers {
            review.join(app, &format!("proofer{n}")).await;
        }
        review
    }

    /// Funded: the verdicts are due.
    pub async fn running(app: &TestApp, draft: &Draft) -> Self {
        let count = draft.proofer_count.unwrap_or(1);
        let mut review = Self::pending(app, draft, usize::try_from(count).expect("a few")).await;
        for n in 0..review.proofers.len() {
            review.seat(app, n).await.expect("gives a seat");
        }
        review.fixture.job = act!(app, review::fund(&review.fixture.poster, review.id())).expect("funds the proofers");
        review
    }

    /// The job's id.
    pub fn id(&self) -> &JobId {
        &self.fixture.job.id
    }

    /// One more who applies.
    pub async fn join(&mut self, app: &TestApp, name: &str) -> usize {
        let proofer = app.agent(name, &["research"]).await;
        act!(app, nda::agree(&proofer, self.id())).expect("agrees");
        let applied = act!(app, application::apply(&proofer, self.id(), &NewApplication::default())).expect("applies");
        assert_eq!((applied.kind, applied.price), (market::application::Kind::Proof, self.fixture.job.proof_fee()));
        self.proofers.push(proofer);
        self.proofers.len() - 1
    }

    /// The poster accepts that proofer.
    pub async fn seat(&self, app: &TestApp, n: usize) -> Result<(Job, market::review::Slots)> {
        let offers = look!(app, application::list(&self.fixture.poster, self.id(), Paging::first(100))).expect("offers").items;
        let offer = offers.iter().find(|offer| offer.team_id == self.proofers[n].team).expect("applied");
        act!(app, review::accept(&self.fixture.poster, self.id(), &offer.id))
    }

    /// A proofer hands a verdict in.
    pub async fn judge(&self, app: &TestApp, n: usize, verdict: &str) -> Result<ReviewView> {
        act!(app, review::submit(&self.proofers[n], self.id(), &says(verdict)))
    }

    /// The review as somebody sees it.
    pub async fn seen_by(&self, app: &TestApp, actor: &Actor) -> ReviewView {
        look!(app, review::view(actor, self.id())).expect("sees the review")
    }

    /// The money that somebody can spend now.
    pub async fn available(&self, app: &TestApp, actor: &Actor) -> Money {
        read!(app, wallet::show(actor)).expect("a wallet").available
    }
}

//! A job brought as far as a test needs it.

use crate::{TestApp, act, read};
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
    Delivery { content: "# The grammar\n\nIt parses all fixtures.".into(), note: "See the end for timings.".into() }
}

impl JobFixture {
    /// A poster with 1,000.00, a coding worker, and an open job of up to 480.00.
    pub async fn open(world: &TestApp) -> Self {
        let poster = world.member("poster").await;
        let worker = world.agent("worker", &["coding"]).await;
        world.fund(&poster, Money(100_000)).await;
        let job = act!(world, job::post(&poster, &draft())).expect("posts");
        Self { poster, worker, job }
    }

    /// The worker agreed to the NDA and offers to do it for 400.00.
    pub async fn applied(world: &TestApp) -> (Self, ApplicationId) {
        let story = Self::open(world).await;
        act!(world, nda::agree(&story.worker, &story.job.id)).expect("agrees");
        let offer = NewApplication { cover_letter: "I wrote three of these.".into(), price: Some(40_000) };
        let application = act!(world, application::apply(&story.worker, &story.job.id, &offer)).expect("applies");
        (story, application.id)
    }

    /// The poster accepted the worker's application.
    pub async fn accepted(world: &TestApp) -> Self {
        let (mut story, application) = Self::applied(world).await;
        story.job = act!(world, job::accept(&story.poster, &story.job.id, &application)).expect("accepts");
        story
    }

    /// 420.00 are held: 400.00 and a fee of 5 %.
    pub async fn funded(world: &TestApp) -> Self {
        let mut story = Self::accepted(world).await;
        story.job = act!(world, job::fund(&story.poster, &story.job.id, None)).expect("funds");
        story
    }

    /// The worker handed the work in.
    pub async fn delivered(world: &TestApp) -> Self {
        let mut story = Self::funded(world).await;
        story.job = act!(world, job::deliver(&story.worker, &story.job.id, &delivery())).expect("delivers").0;
        story
    }

    /// The poster approved the work.
    pub async fn approved(world: &TestApp) -> Self {
        let mut story = Self::delivered(world).await;
        story.job = act!(world, job::approve(&story.poster, &story.job.id)).expect("approves");
        story
    }

    /// The money that both can spend now, the poster first.
    pub async fn available(&self, world: &TestApp) -> (Money, Money) {
        let poster = read!(world, wallet::show(&self.poster)).expect("a wallet").available;
        let worker = read!(world, wallet::show(&self.worker)).expect("a wallet").available;
        (poster, worker)
    }

    /// The job as its poster sees it now.
    pub async fn look(&self, world: &TestApp) -> Job {
        read!(world, job::view(&self.poster, &self.job.id)).expect("the poster sees it").job
    }
}

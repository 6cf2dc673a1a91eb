//! A job in dispute.

use crate::job::JobFixture;
use crate::{TestApp, act, read};
use market::dispute::{Case, Statement};
use market::job::{Job, Rejection};
use market::{Actor, Result};

/// A statement without evidence.
pub fn says(text: &str) -> Statement {
    Statement { statement: text.into(), evidence: Vec::new() }
}

impl JobFixture {
    /// Somebody opens a dispute.
    pub async fn dispute(&self, world: &TestApp, who: &Actor) -> Result<Case> {
        act!(world, dispute::open(who, &self.job.id, &says("The brief says otherwise.")))
    }

    /// Somebody answers it.
    pub async fn answer(&self, world: &TestApp, who: &Actor) -> Result<Case> {
        act!(world, dispute::answer(who, &self.job.id, &says("It says just that, in line 3.")))
    }

    /// Somebody takes it back.
    pub async fn withdraw(&self, world: &TestApp, who: &Actor) -> Result<Job> {
        act!(world, dispute::withdraw(who, &self.job.id))
    }

    /// The case as somebody sees it.
    pub async fn case(&self, world: &TestApp, who: &Actor) -> Result<Case> {
        read!(world, dispute::show(who, &self.job.id))
    }

    /// The poster turned the work down.
    pub async fn rejected(world: &TestApp) -> Self {
        let story = Self::delivered(world).await;
        story.reject(world).await.expect("rejects");
        story
    }

    /// The poster turns the work down.
    pub async fn reject(&self, world: &TestApp) -> Result<Job> {
        let rejection = Rejection::new("incomplete", "Half of the fixtures are missing.").expect("a reason");
        act!(world, job::reject(&self.poster, &self.job.id, &rejection))
    }
}

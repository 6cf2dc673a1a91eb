//! A job in dispute.

use crate::job::JobFixture;
use crate::{TestApp, act, look};
use market::dispute::{Case, Statement};
use market::job::{Job, Rejection};
use market::{Actor, Result};

/// A statement without evidence.
pub fn says(text: &str) -> Statement {
    Statement { statement: text.into(), ..Statement::default() }
}

impl JobFixture {
    /// Somebody opens a dispute.
    pub async fn dispute(&self, app: &TestApp, who: &Actor) -> Result<Case> {
        act!(app, dispute::open(who, &self.job.id, &says("The brief says otherwise.")))
    }

    /// Somebody answers it.
    pub async fn answer(&self, app: &TestApp, who: &Actor) -> Result<Case> {
        act!(app, dispute::answer(who, &self.job.id, &says("It says just that, in line 3.")))
    }

    /// Somebody takes it back.
    pub async fn withdraw(&self, app: &TestApp, who: &Actor) -> Result<Job> {
        act!(app, dispute::withdraw(who, &self.job.id))
    }

    /// The case as somebody sees it.
    pub async fn case(&self, app: &TestApp, who: &Actor) -> Result<Case> {
        look!(app, dispute::show(who, &self.job.id))
    }

    /// The poster turned the work down.
    pub async fn rejected(app: &TestApp) -> Self {
        let fixture = Self::delivered(app).await;
        fixture.reject(app).await.expect("rejects");
        fixture
    }

    /// The poster turns the work down.
    pub async fn reject(&self, app: &TestApp) -> Result<Job> {
        let rejection = Rejection::new("incomplete", "Half of the fixtures are missing.").expect("a reason");
        act!(app, job::reject(&self.poster, &self.job.id, &rejection))
    }
}

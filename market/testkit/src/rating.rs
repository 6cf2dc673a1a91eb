//! A job whose sides rate each other.

use crate::job::JobFixture;
use crate::{TestApp, act, look};
use market::rating::{Draft, Rating, Ratings};
use market::{Actor, Result};

impl JobFixture {
    /// The money is released.
    pub async fn completed(app: &TestApp) -> Self {
        let fixture = Self::approved(app).await;
        app.advance(app.market.rules.release_delay).await;
        fixture
    }

    /// One side gives the other so many stars.
    pub async fn rate(&self, app: &TestApp, who: &Actor, stars: i64) -> Result<Rating> {
        let draft = Draft { stars: Some(stars), comment: "As agreed.".into() };
        act!(app, rating::rate(who, &self.job.id, &draft))
    }

    /// The ratings as somebody sees them.
    pub async fn rated(&self, app: &TestApp, who: &Actor) -> Result<Ratings> {
        look!(app, rating::list(who, &self.job.id))
    }
}

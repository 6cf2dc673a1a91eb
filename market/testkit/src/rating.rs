//! A job whose sides rate each other.

use crate::job::JobFixture;
use crate::{TestApp, act, read};
use market::rating::{Draft, Rating, Ratings};
use market::{Actor, Result};

impl JobFixture {
    /// The money is released.
    pub async fn completed(world: &TestApp) -> Self {
        let story = Self::approved(world).await;
        world.advance(world.market.rules.release_delay).await;
        story
    }

    /// One side gives the other so many stars.
    pub async fn rate(&self, world: &TestApp, who: &Actor, stars: i64) -> Result<Rating> {
        let draft = Draft { stars: Some(stars), comment: "As agreed.".into() };
        act!(world, rating::rate(who, &self.job.id, &draft))
    }

    /// The ratings as somebody sees them.
    pub async fn rated(&self, world: &TestApp, who: &Actor) -> Result<Ratings> {
        read!(world, rating::list(who, &self.job.id))
    }
}

//! A job on which people write to each other.

use crate::job::JobFixture;
use crate::{TestApp, act, look};
use market::message::Message;
use market::{Actor, Page, Paging, Result};

impl JobFixture {
    /// Somebody writes a message on the job.
    pub async fn say(&self, app: &TestApp, who: &Actor, body: &str) -> Result<Message> {
        act!(app, message::send(who, &self.job.id, body))
    }

    /// The messages that somebody may read.
    pub async fn heard_by(&self, app: &TestApp, who: &Actor) -> Result<Page<Message>> {
        look!(app, message::list(who, &self.job.id, Paging::first(10)))
    }
}

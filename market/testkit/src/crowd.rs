//! Many rows at once, to see that a list of them is no slower for it.

use crate::TestApp;
use market::id::JobId;

mod store;

/// The number of copies.
const COPIES: i64 = 10_000;

impl TestApp {
    /// Ten thousand more jobs like one, with its review, posted a month before it.
    pub async fn crowd_of(&self, job: &JobId) {
        let mut tx = self.market.begin().await.expect("begins");
        store::copy_job(&mut tx, job, COPIES).await.expect("inserts jobs");
        store::copy_review(&mut tx, job).await.expect("inserts their reviews");
        tx.commit().await.expect("commits");
    }
}

//! The timers of a job and their handlers.

use super::Outcome;
use super::actions::on_timer;
use super::feature::{UNFEATURE, unfeature};
use kernel::id::JobId;
use kernel::{Error, Result};
use platform::db::Tx;
use platform::registry::Boxed;
use platform::timer::{Handler, Timer};

/// The timers of jobs: one for each default outcome, and the one that ends featuring.
pub const TIMERS: &[(&str, Handler)] = &[
    (Outcome::Expire.as_str(), default_outcome),
    (Outcome::Lapse.as_str(), default_outcome),
    (Outcome::Abandon.as_str(), default_outcome),
    (Outcome::Waive.as_str(), default_outcome),
    (Outcome::EndReview.as_str(), default_outcome),
    (Outcome::AutoApprove.as_str(), default_outcome),
    (Outcome::Release.as_str(), default_outcome),
    (Outcome::Refund.as_str(), default_outcome),
    (Outcome::Rule.as_str(), default_outcome),
    (UNFEATURE, end_of_featuring),
];

fn default_outcome<'a>(tx: &'a mut Tx, timer: &'a Timer) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        let outcome = Outcome::parse(&timer.kind).ok_or_else(Error::internal)?;
        on_timer(tx, &JobId::from(timer.subject.as_str()), outcome).await
    })
}

fn end_of_featuring<'a>(tx: &'a mut Tx, timer: &'a Timer) -> Boxed<'a, Result<()>> {
    Box::pin(async move { unfeature(tx, &JobId::from(timer.subject.as_str())).await })
}

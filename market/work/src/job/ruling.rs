//! Rulings on disputes.

use kernel::Money;
use serde::{Deserialize, Serialize};

/// The distribution of a disputed job's money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ruling", rename_all = "snake_case")]
pub enum Ruling {
    /// To the worker, as if the work had been approved.
    Release,
    /// Back to the poster, the fee included.
    Refund,
    /// This much to the worker, the fee on that to the operator, the rest back to the poster.
    Split {
        /// More than nothing and less than the price.
        worker: Money,
    },
}

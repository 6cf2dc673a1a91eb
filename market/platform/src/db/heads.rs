//! The last numbers of the chains, where one writer holds them.

/// The last link of the chain of entries, and the number of the last event. SQLite's writer holds them in memory and stores them
/// once for each commit, which covers many acts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Heads {
    /// The number of the last entry of the ledger.
    pub(crate) entry: i64,
    /// Its hash.
    pub(crate) hash: String,
    /// The number of the last event.
    pub(crate) event: i64,
    /// The number of the last event that is not about a job.
    pub(crate) not_of_job: i64,
}

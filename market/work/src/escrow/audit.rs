//! The checks of the money of jobs, which the ledger's audit runs.

use platform::ledger::Check;

mod store;

/// The checks: no closed job and no settled review holds money, and each open one holds exactly what it owes.
pub const CHECKS: &[Check] = &[
    Check { find: |conn| Box::pin(store::stuck(conn)), says: "belongs to a settled job but holds" },
    Check { find: |conn| Box::pin(store::unfunded(conn)), says: "should hold its job's cost but holds" },
    Check { find: |conn| Box::pin(store::unproofed(conn)), says: "differs from the fees of its open seats by" },
    Check { find: |conn| Box::pin(store::unsettled(conn)), says: "is a seat of a closed job that was not settled; its fee is" },
    Check { find: |conn| Box::pin(store::closed(conn)), says: "is closed with its money held:" },
];

//! Deletions of accounts. A member asks for it once nothing binds the account; it is closed at once, and can be opened again by a mailed
//! link for seven days. Then the member's words are erased as the inventory says; ids, numbers and the ledger stay.

use kernel::id::TeamId;
use kernel::{Duration, Money, text_enum};
use serde::{Deserialize, Serialize};

pub mod errors;

mod actions;
mod erase;
mod letter;
mod queries;
mod scrub;
mod store;
pub use actions::{Asked, ask, restore};
pub use erase::erase_due;
pub use queries::binding;

/// The time for which a closed account can be opened again.
pub const GRACE: Duration = Duration::days(7);
/// The time after which a deletion is tried again that something binds meanwhile.
pub const PUT_OFF: Duration = Duration::days(1);
/// The time for which the link works that is mailed when a deletion is put off; another one follows, if it is still put off then.
const LINK_LIFE: Duration = Duration::days(30);

text_enum! {
    /// The kind of a thing that binds an account.
    BindingKind {
        /// Money in a wallet.
        Wallet = "wallet",
        /// Money that is put aside: in escrow, for a review, on its way to a bank.
        Aside = "escrow",
        /// Money that is owed.
        Debt = "debt",
        /// Deposits that are not settled.
        Deposits = "deposits",
        /// Payouts on their way.
        Payouts = "payouts",
        /// Own jobs that are under way.
        Posted = "posted_jobs",
        /// Jobs of others that are under way.
        Worked = "jobs_worked_on",
        /// Open disputes.
        Disputes = "disputes",
        /// Seats in reviews.
        Seats = "proof_seats",
        /// A team with other members, which the member owns.
        Team = "team",
    }
}

/// A thing that binds an account: it can't be deleted before that is settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// The kind.
    pub kind: BindingKind,
    /// The team whose it is.
    pub team_id: TeamId,
    /// Its name.
    pub team: String,
    /// The number of such things.
    pub count: i64,
    /// The sum of their money; none for things without.
    pub amount: Option<Money>,
}

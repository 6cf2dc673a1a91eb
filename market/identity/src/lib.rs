//! Who acts: members, their teams and roles, and the credentials that prove it.

pub mod actor;
pub mod address;
pub mod approval;
pub mod audit;
pub mod invitation;
pub mod key;
pub mod login;
mod mailed_link;
pub mod mandate;
pub mod member;
pub mod membership;
pub mod reset;
pub mod role;
pub mod scope;
mod seal;
pub mod second_factor;
pub mod session;
pub mod suspension;
pub mod team;
pub mod token;
pub mod unsent;
pub mod verification;

pub use actor::Actor;

/// Reads, locks and records that ask no permission: for the acts of the areas above, never for pages and dialects, so `market`
/// does not re-export them.
pub mod internal {
    pub use crate::audit::record::ADMIN as BY_ADMIN;
    pub use crate::audit::record::record as record_audit;
    pub use crate::audit::record::{record_of_server, record_of_server_by_default};
    pub use crate::login::actions::account as login_account;
    pub use crate::member::closing::{Closing, begin_erasing, close, closing, erased, put_off, reopen};
    pub use crate::member::end_unverified;
    pub use crate::member::login::{confirmed, in_person};
    pub use crate::member::store::find as member;
    pub use crate::membership::store::{InTeam, Reachable, admins, is_member, reachable, reachable_admins, share_a_member};
    pub use crate::team::store::hold as hold_team;

    /// Encryption of secrets at rest.
    pub mod seal {
        pub use crate::seal::{open, seal};
    }
}

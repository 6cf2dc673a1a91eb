//! Who acts: members, their teams and roles, and the credentials that prove it.

pub mod actor;
pub mod audit;
pub mod invitation;
pub mod key;
pub mod member;
pub mod membership;
pub mod role;
pub mod scope;
pub mod session;
pub mod team;
pub mod token;
pub mod verification;

pub use actor::Actor;

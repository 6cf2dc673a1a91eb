//! The pages of a team: its members and invitations, the teams of a person, and the invitation that a letter's link opens.

pub mod accept;
pub mod actions;
pub mod audit;
pub mod invitations;
pub mod loaders;
pub mod members;
pub mod mine;
pub mod page;

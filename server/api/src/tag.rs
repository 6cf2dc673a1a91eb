//! The tags of the document: operations by purpose, whatever dialect they are of.

use crate::route::Route;

/// The purpose of an operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tag {
    /// Signing up, logging in, one's own account and keys.
    Account,
    /// The profiles of a team's agents.
    Agents,
    /// Jobs from post to pay.
    Jobs,
    /// Reviews of the work by proofers.
    Proofing,
    /// Messages, ratings and disputes between the sides of a job.
    Sides,
    /// Attachments, deliveries and evidence.
    Files,
    /// Wallet, deposits and credits.
    Money,
    /// Streams and webhooks of what happens.
    Events,
    /// Members, roles and the audit log.
    Teams,
    /// The server and its documentation.
    #[default]
    Server,
}

impl Tag {
    /// All tags, in the document's order.
    pub const ALL: [Self; 10] = [
        Self::Account,
        Self::Agents,
        Self::Jobs,
        Self::Proofing,
        Self::Sides,
        Self::Files,
        Self::Money,
        Self::Events,
        Self::Teams,
        Self::Server,
    ];

    /// Returns the name that the document prints.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Agents => "agents",
            Self::Jobs => "jobs",
            Self::Proofing => "proofing",
            Self::Sides => "messages, ratings, disputes",
            Self::Files => "files",
            Self::Money => "money",
            Self::Events => "events",
            Self::Teams => "teams",
            Self::Server => "server",
        }
    }

    /// Returns the introduction.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Account => "Sign up, log in, make keys",
            Self::Agents => "The profile of a worker, and how it does",
            Self::Jobs => "Find, apply, deliver; post, accept, fund, approve",
            Self::Proofing => "Ask for proofers, take a seat, judge, read the consensus",
            Self::Sides => "What the two sides of a job say to and of each other, and rulings",
            Self::Files => "Attachments of the brief, parts of the work, evidence",
            Self::Money => "The wallet, deposits, credits and their history",
            Self::Events => "Everything as it happens, without polling",
            Self::Teams => "Members, invitations, roles, the audit log",
            Self::Server => "Help for programs, the document itself, health",
        }
    }
}

/// Tags the routes of a noun.
pub fn tagged(tag: Tag, routes: Vec<Route>) -> Vec<Route> {
    routes.into_iter().map(|route| route.tagged(tag)).collect()
}

//! The words for what roles allow, grouped by the noun that a scope is about.

use market::scope::{self, PERMISSIONS};

/// The permissions about one noun: to see it, and to change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The first half of its scopes: `jobs`.
    pub resource: &'static str,
    /// The name on pages.
    pub name: &'static str,
    /// The acts that changing it means, in a line.
    pub acts: &'static str,
}

/// The nouns in the order of the table.
pub const SUBJECTS: [Subject; 10] = [
    Subject { resource: "jobs", name: "Jobs", acts: "Post, apply, choose, deliver, review, dispute" },
    Subject { resource: "wallet", name: "Money", acts: "Deposit, fund, feature, approve, reject" },
    Subject { resource: "payouts", name: "Payouts", acts: "Pay out, choose the account" },
    Subject { resource: "agents", name: "Agents", acts: "Make, edit, pause" },
    Subject { resource: "mandates", name: "Mandates", acts: "Decide what agents may spend, approve spends" },
    Subject { resource: "keys", name: "API keys", acts: "Make, and revoke one’s own" },
    Subject { resource: "events", name: "Events", acts: "Decide where they are sent" },
    Subject { resource: "members", name: "People", acts: "Invite, change roles, remove" },
    Subject { resource: "roles", name: "Roles", acts: "Make and change the team’s own" },
    Subject { resource: "teams", name: "Team", acts: "Rename it" },
];

/// The share of a subject that a role allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// To see it and to change it.
    All,
    /// To see it alone.
    See,
    /// To change it alone.
    Change,
    /// Nothing.
    None,
}

impl Share {
    /// Returns the words of a cell or a line.
    pub const fn words(self) -> &'static str {
        match self {
            Share::All => "see and change",
            Share::See => "see",
            Share::Change => "change",
            Share::None => "nothing",
        }
    }
}

impl Subject {
    /// Returns the scopes of the subject, each with what it allows.
    pub fn permissions(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        PERMISSIONS.into_iter().filter(move |(scope, _)| scope.split(':').next() == Some(self.resource))
    }

    /// Returns the scope with which it is seen.
    fn sees(self) -> String {
        match self.resource {
            "payouts" => "wallet:read".to_owned(),
            resource => format!("{resource}:read"),
        }
    }

    /// Returns the share that scopes allow.
    pub fn share(self, scopes: &[String]) -> Share {
        let may = |scope: &str| scope::allow(scopes, scope);
        match (may(&self.sees()), may(&format!("{}:write", self.resource))) {
            (true, true) => Share::All,
            (true, false) => Share::See,
            (false, true) => Share::Change,
            (false, false) => Share::None,
        }
    }
}

/// Counts the permissions that scopes allow: "5 of 19 permissions".
pub fn counted(scopes: &[String]) -> String {
    let held = PERMISSIONS.iter().filter(|(scope, _)| scope::allow(scopes, scope)).count();
    format!("{held} of {} permissions", PERMISSIONS.len())
}

/// Returns what permissions allow, as the end of a sentence: "post jobs" of "Post jobs".
pub fn listed(permissions: &[&str]) -> String {
    let about = |wanted: &&str| PERMISSIONS.iter().find(|(scope, _)| scope == wanted).map(|(_, about)| lower(about));
    permissions.iter().filter_map(about).collect::<Vec<_>>().join("; ")
}

fn lower(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_belongs_to_one_subject() {
        let mut told: Vec<_> = SUBJECTS.into_iter().flat_map(|subject| subject.permissions().map(|(scope, _)| scope)).collect();
        told.sort_unstable();
        let all: Vec<_> = PERMISSIONS.iter().map(|(scope, _)| *scope).collect();
        assert_eq!(told, all);
        assert!(SUBJECTS.iter().all(|subject| subject.permissions().count() == if subject.resource == "payouts" { 1 } else { 2 }));
    }

    #[test]
    fn a_share_is_what_the_scopes_allow() {
        let jobs = SUBJECTS[0];
        for (scopes, share) in [
            (&["*"][..], Share::All),
            (&["jobs:*"], Share::All),
            (&["jobs:read", "jobs:write"], Share::All),
            (&["jobs:read", "wallet:*"], Share::See),
            (&["jobs:write"], Share::Change),
            (&["wallet:*"], Share::None),
        ] {
            let scopes: Vec<_> = scopes.iter().map(|&scope| scope.to_owned()).collect();
            assert_eq!(jobs.share(&scopes), share, "{scopes:?}");
        }
        assert_eq!(counted(&["jobs:*".to_owned(), "wallet:read".to_owned()]), "3 of 19 permissions");
    }

    #[test]
    fn payouts_are_seen_with_the_money() {
        let payouts = SUBJECTS.into_iter().find(|subject| subject.resource == "payouts").expect("a subject");
        for (scopes, share) in [
            (&["*"][..], Share::All),
            (&["wallet:*"], Share::See),
            (&["payouts:write"], Share::Change),
            (&["payouts:write", "wallet:read"], Share::All),
        ] {
            let scopes: Vec<_> = scopes.iter().map(|&scope| scope.to_owned()).collect();
            assert_eq!(payouts.share(&scopes), share, "{scopes:?}");
        }
    }

    #[test]
    fn permissions_end_a_sentence() {
        assert_eq!(listed(&["teams:write", "roles:read"]), "rename the team; see the team's roles");
    }
}

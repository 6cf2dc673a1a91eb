//! Scopes: the words `resource:action` that API keys are given and that roles are made of.

/// Every scope there is: `resource:read`, `resource:write`, `resource:*` for both, or `*` for everything. Money leaves the server by
/// `payouts:write` alone, which no scope of the wallet covers; payouts are seen with `wallet:read`.
pub const SCOPES: [&str; 35] = [
    "*",
    "agents:*",
    "agents:read",
    "agents:write",
    "events:*",
    "events:read",
    "events:write",
    "jobs:*",
    "jobs:read",
    "jobs:write",
    "keys:*",
    "keys:read",
    "keys:write",
    "mandates:*",
    "mandates:read",
    "mandates:write",
    "members:*",
    "members:read",
    "members:write",
    "payouts:write",
    "roles:*",
    "roles:read",
    "roles:write",
    "system:*",
    "system:read",
    "system:write",
    "teams:*",
    "teams:read",
    "teams:write",
    "users:*",
    "users:read",
    "users:write",
    "wallet:*",
    "wallet:read",
    "wallet:write",
];

/// The scopes of a program that works, hires and pays: it makes no keys, pays nothing out, and changes neither the team and its roles nor
/// the account.
pub const PROGRAM: [&str; 12] = [
    "agents:read",
    "agents:write",
    "events:read",
    "events:write",
    "jobs:read",
    "jobs:write",
    "mandates:read",
    "members:read",
    "teams:read",
    "users:read",
    "wallet:read",
    "wallet:write",
];

/// The permissions that roles are made of, each with what it allows. `system` and `users` are not among them: the server and
/// a person's own account are no team's to give.
pub const PERMISSIONS: [(&str, &str); 19] = [
    ("agents:read", "See the team's agents"),
    ("agents:write", "Make, edit and pause agents"),
    ("events:read", "Follow what happens to the team by streams"),
    ("events:write", "Decide where events are sent"),
    ("jobs:read", "See the team's jobs, applications, work and messages"),
    ("jobs:write", "Post jobs, apply, choose, deliver, review and dispute"),
    ("keys:read", "See the team's API keys"),
    ("keys:write", "Make API keys and revoke the ones one made"),
    ("mandates:read", "See what agents may spend and have spent"),
    ("mandates:write", "Decide what agents may spend, and approve single spends"),
    ("members:read", "See who is in the team and who is invited"),
    ("members:write", "Invite people, change their roles and remove them"),
    ("payouts:write", "Pay money out, and choose the account that it goes to"),
    ("roles:read", "See the team's roles"),
    ("roles:write", "Make and change the team's own roles"),
    ("teams:read", "See the team and its audit log"),
    ("teams:write", "Rename the team"),
    ("wallet:read", "See the team's money and what it was spent on"),
    ("wallet:write", "Move the team's money: deposit, fund, feature, approve, reject"),
];

/// Returns true if the held scopes allow the wanted one: `*`, `jobs:*` and `jobs:write` each allow `jobs:write`; reading and
/// writing together allow `jobs:*`.
pub fn allow(held: &[impl AsRef<str>], wanted: &str) -> bool {
    let holds = |wanted: &str| held.iter().any(|scope| covers(scope.as_ref(), wanted));
    let both = |resource: &str| holds(&format!("{resource}:read")) && holds(&format!("{resource}:write"));
    holds(wanted) || wanted.strip_suffix(":*").is_some_and(both)
}

/// The first of the wanted scopes that the held ones do not allow.
pub fn lacking<'w>(held: &[impl AsRef<str>], wanted: &'w [impl AsRef<str>]) -> Option<&'w str> {
    wanted.iter().map(AsRef::as_ref).find(|wanted| !allow(held, wanted))
}

/// The permissions that the scopes `to` allow and the scopes `from` do not.
pub fn gained(from: &[impl AsRef<str>], to: &[impl AsRef<str>]) -> Vec<&'static str> {
    PERMISSIONS.iter().map(|(scope, _)| *scope).filter(|scope| allow(to, scope) && !allow(from, scope)).collect()
}

/// Returns true for a scope about the person or the server, which no role of a team limits.
pub fn is_of_no_team(scope: &str) -> bool {
    matches!(resource(scope), "system" | "users")
}

/// Returns true if a role of a team can have the scope.
pub fn is_of_roles(scope: &str) -> bool {
    scope != "*" && SCOPES.contains(&scope) && !is_of_no_team(scope)
}

fn resource(scope: &str) -> &str {
    scope.split_once(':').map_or(scope, |(resource, _)| resource)
}

fn covers(held: &str, wanted: &str) -> bool {
    held == "*" || held == wanted || held.strip_suffix(":*") == Some(resource(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_cover_their_resource() {
        for (held, wanted, yes) in [
            (&["*"][..], "jobs:write", true),
            (&["jobs:*"], "jobs:write", true),
            (&["jobs:read"], "jobs:write", false),
            (&["job:*"], "jobs:write", false),
            (&["jobs:read", "jobs:write"], "jobs:*", true),
            (&["jobs:write"], "jobs:*", false),
            (&["jobs:*"], "*", false),
            (&["wallet:*"], "payouts:write", false),
        ] {
            assert_eq!(allow(held, wanted), yes, "{held:?} for {wanted}");
        }
        assert_eq!(lacking(&["jobs:*", "wallet:read"], &["jobs:read", "wallet:write"]), Some("wallet:write"));
        assert_eq!(gained(&["jobs:read"], &["jobs:*", "wallet:read"]), ["jobs:write", "wallet:read"]);
        assert!(gained(&["jobs:*"], &["jobs:read", "jobs:write"]).is_empty());
    }

    #[test]
    fn every_permission_of_a_team_is_explained_once() {
        let explained: Vec<_> = PERMISSIONS.iter().map(|(scope, _)| *scope).collect();
        let single = SCOPES.iter().copied().filter(|scope| is_of_roles(scope) && !scope.ends_with('*'));
        assert_eq!(explained, single.collect::<Vec<_>>());
    }
}

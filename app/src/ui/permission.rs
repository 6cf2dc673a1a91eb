//! The forms that a member's role in the team does not allow: a sentence is drawn in their place, with the words in which the act would
//! refuse. Who may do it is decided by the domain alone.

use crate::visitor;
use leptos::prelude::*;
use market::Error;

const AGENTS: &[&str] = &["agents:write"];
const EVENTS: &[&str] = &["events:write"];
const JOBS: &[&str] = &["jobs:write"];
const KEYS: &[&str] = &["keys:write"];
const MANDATES: &[&str] = &["mandates:write"];
const MEMBERS: &[&str] = &["members:write"];
const MONEY: &[&str] = &["jobs:write", "wallet:write"];
const NONE: &[&str] = &[];
const PAYOUTS: &[&str] = &["payouts:write"];
const ROLES: &[&str] = &["roles:write"];
const SEES_MONEY: &[&str] = &["wallet:read"];
const TEAM: &[&str] = &["teams:write"];
const WALLET: &[&str] = &["wallet:write"];

/// Returns the scopes that the act of a form needs.
pub fn scopes(form: &str) -> &'static [&'static str] {
    match form {
        "jobs/hire"
        | "jobs/fund"
        | "jobs/card"
        | "jobs/call-off"
        | "jobs/approve"
        | "jobs/approve-anyway"
        | "jobs/reject"
        | "jobs/feature"
        | "proof/fund" => MONEY,
        "agents" | "settings/agent" => AGENTS,
        "settings/keys" | "settings/keys/agent" | "settings/keys/revoke" => KEYS,
        "team/rename" => TEAM,
        // A reader of a thing may report it; an appeal needs what the thing does, which its act checks.
        "disputes/rule" | "team/leave" | "safety/report" | "safety/appeal" => NONE,
        _ => match form.split('/').next().unwrap_or_default() {
            "agents" => AGENTS,
            "disputes" | "files" | "jobs" | "proof" | "questions" | "talk" => JOBS,
            "mandate" => MANDATES,
            "team" if form.starts_with("team/roles") => ROLES,
            "team" => MEMBERS,
            "wallet" if form == "wallet/payouts/refresh" => SEES_MONEY,
            "wallet" if form.starts_with("wallet/payouts/") => PAYOUTS,
            "wallet" => WALLET,
            "webhooks" => EVENTS,
            _ => NONE,
        },
    }
}

/// Returns the refusal that the visitor's role causes, if it lacks one of these scopes. A visitor who is signed out gets none: their form
/// leads to the sign-in.
pub fn refusal(scopes: &[&'static str]) -> Option<Error> {
    let actor = visitor::guest().ok()?.actor?;
    scopes.iter().find_map(|scope| actor.must_have(scope).err())
}

/// Returns true if the visitor's role allows the act of a form.
pub fn allows(form: &str) -> bool {
    refusal(scopes(form)).is_none()
}

/// The sentence in place of a form.
#[component]
pub fn Refused(error: Error) -> impl IntoView {
    view! { <p class="soft">{error.message}</p> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::scope::PERMISSIONS;

    #[test]
    fn forms_need_what_their_acts_need() {
        assert_eq!(scopes("jobs/post"), JOBS);
        assert_eq!(scopes("jobs/hire"), MONEY);
        assert_eq!(scopes("team/roles/update"), ROLES);
        assert_eq!(scopes("team/members/remove"), MEMBERS);
        assert_eq!(scopes("wallet/deposit"), WALLET);
        assert_eq!(scopes("wallet/payouts/ask"), PAYOUTS);
        assert_eq!(scopes("wallet/payouts/refresh"), SEES_MONEY);
        assert_eq!(scopes("mandate/approve"), MANDATES);
        assert_eq!(scopes("webhooks/rotate"), EVENTS);
        for form in ["sign-out", "safety/report", "safety/appeal", "admin/safety"] {
            assert_eq!(scopes(form), NONE, "{form}");
        }
        for form in ["settings/password", "settings/privacy/export", "settings/privacy/delete", "account/restore"] {
            assert_eq!(scopes(form), NONE, "{form}");
        }
        for scope in [AGENTS, EVENTS, JOBS, KEYS, MANDATES, MEMBERS, MONEY, PAYOUTS, ROLES, SEES_MONEY, TEAM, WALLET].concat() {
            assert!(PERMISSIONS.iter().any(|(name, _)| *name == scope), "{scope}");
        }
    }
}

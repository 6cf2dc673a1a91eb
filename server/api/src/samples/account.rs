//! Samples of people, teams, roles, keys and profiles.

use super::{AGENT, AT, MEMBER, TEAM, in_days};
use market::actor::{self, Plan};
use market::agent::{self, Agent};
use market::audit::{By, Entry};
use market::invitation::{self, Invitation};
use market::job::Category;
use market::key::{Created, Key, Prefix};
use market::member::Member;
use market::membership::TeamMember;
use market::role::{self, BUILT_IN, Role};
use market::team::{self, Mine, Team};
use serde_json::json;

/// The email address of Ada's account.
pub const EMAIL: &str = "ada@example.com";
/// The email address that an invitation goes to.
pub const INVITED: &str = "teammate@company.com";

/// Returns Ada's account.
pub fn member() -> Member {
    Member {
        id: MEMBER.into(),
        email: EMAIL.into(),
        name: "Ada".into(),
        role: actor::Role::User,
        team_id: TEAM.into(),
        verified_at: Some(AT),
        epoch: 0,
        created_at: AT,
    }
}

/// Returns the team that Ada owns.
pub fn team() -> Team {
    Team { id: TEAM.into(), name: "Okafor Labs".into(), kind: team::Kind::Shared, plan: Plan::Free, created_at: AT }
}

/// Returns that team as Ada sees it.
pub fn own_team() -> Mine {
    Mine { team: team(), role_id: role::OWNER.into(), role: "Owner".into(), members: 1 }
}

/// Returns Ada as a member of that team.
pub fn team_member() -> TeamMember {
    let Member { id, email, name, .. } = member();
    TeamMember { member_id: id, name, email, role_id: role::OWNER.into(), role: "Owner".into(), joined_at: AT, is_home: false }
}

/// Returns an invitation into that team.
pub fn invitation() -> Invitation {
    Invitation {
        id: "inv_3c6f9j2m5p8s1v4x7z0b".into(),
        email: INVITED.into(),
        role_id: role::DEVELOPER.into(),
        role: "Developer".into(),
        invited_by: MEMBER.into(),
        inviter: "Ada".into(),
        status: invitation::Status::Pending,
        created_at: AT,
        sent_at: AT,
        expires_at: in_days(7),
    }
}

/// Returns a role of the team's own.
pub fn role() -> Role {
    Role {
        id: "role_5t8v1x4z7b0d3f6h9j2m".into(),
        name: "Bookkeeper".into(),
        about: String::new(),
        scopes: vec!["jobs:read".into(), "wallet:read".into()],
        built_in: false,
        created_at: Some(AT),
    }
}

/// Returns the roles that every team has.
pub fn built_in_roles() -> Vec<Role> {
    BUILT_IN.iter().map(Role::from).collect()
}

/// Returns a line of the audit log: Ada gave a member another role.
pub fn audit_entry() -> Entry {
    Entry {
        id: "evt_6g9k2n5q8t1w4y7a0c3e".into(),
        name: "team.member_role_changed".into(),
        subject: MEMBER.into(),
        facts: json!({ "from": "Viewer", "to": "Developer" }),
        by: Some(By { member_id: MEMBER.into(), name: "Ada".into(), key_id: None }),
        at: AT,
    }
}

/// Returns an API key of a family.
pub fn key(name: &str, prefix: Prefix) -> Key {
    Key {
        id: "key_4h7j2k9m1n3p5q8r0s6t".into(),
        member_id: MEMBER.into(),
        team_id: TEAM.into(),
        agent_id: None,
        name: name.into(),
        prefix,
        last_four: SECRET[SECRET.len() - 4..].into(),
        scopes: vec!["*".into()],
        created_at: AT,
        expires_at: None,
        last_used_at: None,
        revoked_at: None,
    }
}

/// Returns a new API key with its secret, which begins with `start`.
pub fn created_key(name: &str, prefix: Prefix, start: &str) -> Created {
    Created { key: key(name, prefix), secret: format!("{start}{SECRET}") }
}

const SECRET: &str = "0123456789abcdefghjkmnpqrstvwxyz01234567";

/// Returns the profile of the agent Botty.
pub fn agent() -> Agent {
    Agent {
        id: AGENT.into(),
        team_id: TEAM.into(),
        kind: agent::Kind::Agent,
        name: "Botty".into(),
        bio: "I parse what others print.".into(),
        specializations: vec![Category::Coding, Category::Data],
        model: None,
        framework: None,
        status: agent::Status::Active,
        is_default: true,
        created_at: AT,
        updated_at: AT,
        hidden_at: None,
    }
}

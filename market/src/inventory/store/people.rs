//! Members, teams, and how they prove who they are.

use crate::inventory::Erases::{Columns, Nothing, Rows};
use crate::inventory::{Part, Table};

const SECRET: &str = "a secret, or its hash";
const IDS: &str = "ids, times and words of the program";

pub(super) const TABLES: &[Table] = &[
    Table::new("unsent_form", &[Part::new("t.member_id = $1", Rows).shown("unsent_form", "member_id expires_at record")]),
    Table::new("session", &[Part::new("t.member_id = $1", Rows).shown("sessions", "created_at expires_at member_id")])
        .hides(&[("id", SECRET), ("record", "the state of a browser, which may hold a secret that is shown once")]),
    Table::new(
        "mailed_link",
        &[
            Part::new("t.member_id = $1", Rows).shown("mailed_links", "created_at purpose member_id email expires_at ended_at"),
            Part::new("t.email = $2 and t.member_id <> $1", Columns(&[("email", "'former ' || $1")])),
        ],
    )
    .hides(&[("token_hash", SECRET)])
    .keeps(&[("token_hash purpose member_id created_at expires_at ended_at", "of links that others asked for")]),
    Table::new("recovery_code", &[Part::new("t.member_id = $1", Rows).shown("recovery_codes", "used_at member_id")])
        .hides(&[("hash", SECRET)]),
    Table::new("sign_in_challenge", &[Part::new("t.member_id = $1", Rows).shown("sign_in_challenges", "expires_at epoch member_id tries")])
        .hides(&[("token_hash", SECRET)]),
    Table::new(
        "second_factor",
        &[Part::new("t.member_id = $1", Rows)
            .shown("second_factor", "member_id created_at confirmed_at wrong wrong_since wrong_inside wrong_inside_since warned_at")],
    )
    .hides(&[("secret", SECRET), ("step", "it tells which code was accepted last")]),
    Table::new("login_failure", &[Part::new("t.account = $3", Rows).shown("login_failures", "since wrong")]).hides(&[("account", SECRET)]),
    Table::new("login_network", &[Part::new("t.account = $3", Rows).shown("login_networks", "seen_at network")])
        .hides(&[("account", SECRET)]),
    Table::new("mail_choice", &[Part::new("t.member_id = $1", Rows).shown("mail_choices", "member_id kind delivery")]),
    Table::new("mail_stop", &[Part::new("t.member_id = $1", Rows)])
        .hides(&[("member_id", "all that the row tells is the secret"), ("secret", SECRET)]),
    Table::new(
        "export",
        &[Part::new("t.member_id = $1", Columns(&[("status", "'failed'"), ("due_at", "t.requested_at")]))
            .shown("exports", "requested_at id member_id status attempts size due_at expires_at")],
    )
    .hides(&[("parts", "the store's own name")])
    .keeps(&[("id member_id parts requested_at expires_at", "until the bytes are removed, minutes later")]),
    Table::new(
        "api_key",
        &[Part::new("t.member_id = $1", Columns(&[("name", "''")])).shown(
            "keys",
            "id member_id team_id agent_id name prefix last_four scopes made_by created_at expires_at last_used_at revoked_at",
        )],
    )
    .hides(&[("hash", SECRET)])
    .keeps(&[(
        "id hash member_id team_id prefix last_four scopes created_at expires_at last_used_at revoked_at made_by agent_id",
        "audit logs name the key; it was revoked",
    )]),
    Table::new(
        "invitation",
        &[
            Part::new(concat!("t.team_id in ", own_teams!()), Rows),
            Part::new("t.invited_by = $1", Nothing)
                .shown("invitations_sent", "id team_id role_id invited_by status letters created_at sent_at expires_at ended_at"),
            Part::new("t.email = $2", Columns(&[("email", "'former ' || $1"), ("token_hash", "null")]))
                .shown("invitations_received", "id team_id email role_id status created_at sent_at expires_at ended_at"),
        ],
    )
    .hides(&[("token_hash", SECRET)])
    .keeps(&[("id team_id role_id invited_by status created_at sent_at expires_at ended_at", "of invitations of other teams")]),
    Table::new("role", &[Part::new(concat!("t.team_id in ", own_teams!()), Rows).shown("roles", "id team_id name scopes created_at")]),
    Table::new(
        "team",
        &[Part::new(concat!("t.id in ", own_teams!()), Columns(&[("name", "'a former member'")]))
            .shown("teams", "id kind name plan created_at")],
    )
    .keeps(&[("id kind plan created_at", IDS)]),
    Table::new(
        "team_member",
        &[
            Part::new("t.member_id = $1", Nothing).shown("memberships", "team_id member_id role_id created_at"),
            Part::new(concat!("t.member_id = $1 and t.team_id not in ", own_teams!()), Rows),
        ],
    )
    .keeps(&[("team_id member_id role_id created_at", "of the member's own teams, which nobody can enter any more")]),
    Table::new(
        "member",
        &[Part::new(
            "t.id = $1",
            Columns(&[
                ("email", "'former ' || t.id"),
                ("name", "'a former member'"),
                ("password_hash", "''"),
                ("suspended_for", "null"),
                ("role", "'user'"),
            ]),
        )
        .shown(
            "account",
            "id email name role team_id verified_at epoch created_at suspended_at suspended_for deletion_at erasing_at erased_at",
        )],
    )
    .hides(&[("password_hash", SECRET)])
    .keeps(&[("id team_id verified_at created_at suspended_at deletion_at erasing_at erased_at", IDS)]),
];

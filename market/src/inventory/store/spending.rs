//! Mandates of agents, and the spends that a person approves.

use crate::inventory::Erases::{Nothing, Rows};
use crate::inventory::{Part, Table};

pub(super) const TABLES: &[Table] = &[
    Table::nothing("signing_key", "the server's own keys"),
    Table::new(
        "mandate_spend",
        &[Part::new(concat!("t.agent_id in ", own_agents!()), Rows)
            .shown("mandate_spends", "key agent_id job_id act amount version approval_id at")],
    ),
    Table::new(
        "mandate_task",
        &[Part::new(concat!("t.agent_id in ", own_agents!()), Rows).shown("mandate_tasks", "agent_id job_id spent unapproved")],
    ),
    Table::new(
        "mandate_version",
        &[Part::new(concat!("t.agent_id in ", own_agents!()), Rows)
            .shown("mandate_versions", "agent_id version document signature signing_key_id")],
    ),
    Table::new(
        "mandate",
        &[Part::new(concat!("t.team_id in ", own_teams!()), Rows).shown(
            "mandates",
            "agent_id team_id version is_enabled per_task per_day per_month approval_above categories allowed blocked hours_from hours_until \
             expires_at set_by set_at revoked_at day day_spent month month_spent",
        )],
    ),
    Table::new(
        "approval",
        &[
            Part::new(concat!("t.team_id in ", own_teams!()), Rows),
            Part::new("t.asked_by = $1 or t.decided_by = $1", Nothing).shown(
                "approvals",
                "id team_id agent_id subject job_id act title category amount status asked_at asked_by key_id expires_at decided_by \
                 decided_at ended_at",
            ),
        ],
    )
    .keeps(&[(
        "id team_id agent_id subject job_id act title category status asked_at asked_by key_id expires_at decided_by decided_at ended_at",
        "of other teams, for which the member asked or decided",
    )]),
];

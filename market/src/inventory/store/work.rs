//! Agents and their work: jobs, applications, versions, files and reviews.

use crate::inventory::Erases::{Columns, Nothing, Rows};
use crate::inventory::{Part, Table};

const IDS: &str = "ids, numbers, times and words of the program: the other side's history needs them";

pub(super) const TABLES: &[Table] = &[
    Table::new(
        "preference",
        &[Part::new(concat!("t.agent_id in ", own_agents!()), Rows)
            .shown("preferences", "agent_id updated_at budget_min categories skills availability")],
    ),
    Table::new(
        "specialization",
        &[Part::new(concat!("t.agent_id in ", own_agents!()), Rows).shown("specializations", "agent_id category")],
    ),
    Table::new(
        "agent",
        &[Part::new(
            concat!("t.team_id in ", own_teams!()),
            Columns(&[("name", "'a former member'"), ("bio", "''"), ("model", "null"), ("framework", "null"), ("status", "'retired'")]),
        )
        .shown("agents", "id team_id kind name bio status is_default model framework hidden_at created_at updated_at")],
    )
    .keeps(&[("id team_id kind hidden_at created_at updated_at", IDS)]),
    Table::new(
        "job_skill",
        &[
            Part::new(concat!("t.job_key in ", own_jobs!()), Rows),
            Part::new("t.job_key in (select j.key from job j where j.member_id = $1)", Nothing).shown("job_skills", "job_key skill"),
        ],
    )
    .keeps(&[("skill", "of jobs of other teams")]),
    Table::new("nda", &[Part::new("t.member_id = $1", Nothing).shown("ndas", "job_key team_id member_id version agreed_at")])
        .keeps(&[("team_id member_id version agreed_at", "the agreement binds beyond the account")]),
    Table::new(
        "application",
        &[
            Part::new(concat!("t.team_id in ", own_teams!()), Columns(&[("cover_letter", "''")]))
                .shown("applications", "id job_key agent_id team_id kind cover_letter price status reason created_at changed_at"),
            Part::new(concat!("t.job_key in ", own_jobs!()), Columns(&[("message", "null")]))
                .shown("applications_declined", "id job_key message"),
        ],
    )
    .keeps(&[("id agent_id team_id kind status reason created_at changed_at", IDS)]),
    Table::new(
        "job_invitation",
        &[
            Part::new("t.member_id = $1", Nothing).shown("job_invitations_sent", "job_key agent_id member_id created_at declined_at"),
            Part::new(concat!("t.team_id in ", own_teams!()), Nothing)
                .shown("job_invitations_received", "job_key agent_id team_id created_at declined_at"),
        ],
    )
    .keeps(&[("agent_id team_id member_id created_at declined_at", IDS)]),
    Table::new(
        "deliverable",
        &[Part::new(
            concat!("t.agent_id in ", own_agents!()),
            Columns(&[("content", "'This work was deleted with its author''s account.'"), ("note", "''")]),
        )
        .shown("deliverables", "id job_key agent_id version content note created_at")],
    )
    .keeps(&[("id agent_id created_at", IDS)]),
    Table::new(
        "file",
        &[Part::new("t.member_id = $1", Columns(&[("name", "''"), ("sha256", "''"), ("status", "'gone'")]))
            .shown("files", "id job_key deliverable_id kind team_id member_id status name content_type size sha256 for_chosen created_at")],
    )
    .hides(&[("parts", "the store's own name"), ("alive_at", "the progress of the upload")])
    .keeps(&[(
        "id deliverable_id kind team_id member_id content_type parts alive_at created_at",
        "until the bytes are removed, minutes later",
    )]),
    Table::new(
        "proof_draft",
        &[Part::new(concat!("t.seat_id in ", own_seats!()), Rows).shown("verdict_drafts", "seat_id saved_at saved_by body")],
    ),
    Table::new(
        "proof",
        &[Part::new(
            concat!("t.seat_id in ", own_seats!()),
            Columns(&[("sections", "'[]'"), ("items", "'[]'"), ("reason", "''"), ("summary", "''"), ("agent_feedback", "''")]),
        )
        .shown("verdicts", "id seat_id job_key round verdict score sections items reason summary agent_feedback submitted_at")],
    )
    .keeps(&[("id seat_id verdict submitted_at", IDS)]),
    Table::new(
        "proof_seat",
        &[Part::new(concat!("t.team_id in ", own_teams!()), Nothing)
            .shown("seats", "id job_key round application_id agent_id team_id fee status tie_break due_at created_at settled_at")],
    )
    .keeps(&[("id application_id agent_id team_id status due_at created_at settled_at", IDS)]),
    Table::nothing("proof_round", "the numbers of a round, which are counted from its verdicts"),
    Table::new(
        "review",
        &[Part::new(concat!("t.team_id in ", own_teams!()), Columns(&[("rubric", "'[]'")])).shown(
            "reviews",
            "job_key team_id proofer_count proof_fee tie_break rubric round consensus round_ends_by updated_at proof_rounds",
        )],
    )
    .keeps(&[("team_id consensus round_ends_by updated_at", IDS)]),
    Table::new(
        "hallmark",
        &[
            Part::new(concat!("t.agent_id in ", own_agents!()), Nothing)
                .shown("hallmarks", "job_key id agent_id round approvals verdicts score files checksum issued_at words_removed"),
            Part::new(
                concat!(
                    "t.job_key in (select d.job_key from deliverable d where d.agent_id in ",
                    own_agents!(),
                    ") or t.job_key in (select p.job_key from proof p where p.seat_id in ",
                    own_seats!(),
                    ")"
                ),
                Columns(&[("words_removed", "1")]),
            ),
        ],
    )
    .keeps(&[("id agent_id files checksum issued_at", "the seal holds for the other side; it has ids and checksums alone")]),
    Table::new(
        "job",
        &[
            Part::new("t.member_id = $1", Nothing).shown(
                "jobs",
                "key id team_id member_id title summary description category skills status confidential budget_min budget_max price \
                 fee_bps escrow escrow_timing payment deadline applications_until release_delay revisions revisions_max reason disputed_at \
                 approved_by agent_id worker_team_id application_id featured_until hidden_at due_at created_at updated_at closed_at version",
            ),
            Part::new(
                concat!("t.team_id in ", own_teams!()),
                Columns(&[
                    ("title", "'A job of a former member'"),
                    ("search", "'a job of a former member'"),
                    ("summary", "''"),
                    ("description", "'The words of this job were deleted with its poster''s account.'"),
                    ("skills", "''"),
                    ("reason", "null"),
                ]),
            ),
        ],
    )
    .hides(&[("search", "the title once more, in lower case")])
    .keeps(&[(
        "id team_id member_id category status deadline disputed_at approved_by agent_id worker_team_id application_id escrow due_at \
         created_at updated_at closed_at featured_until hidden_at applications_until escrow_timing payment",
        IDS,
    )]),
];

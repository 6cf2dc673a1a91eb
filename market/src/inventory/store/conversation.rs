//! The conversation about jobs: messages, questions, ratings and disputes; and the notifications of members.

use crate::inventory::Erases::{Columns, Nothing, Rows};
use crate::inventory::{Part, Table};

const IDS: &str = "ids, numbers, times and words of the program: the other side's history needs them";

/// The words in place of those that were deleted.
macro_rules! removed {
    () => {
        "'These words were deleted with their author''s account.'"
    };
}

pub(super) const TABLES: &[Table] = &[
    Table::new(
        "message",
        &[Part::new("t.member_id = $1", Columns(&[("body", removed!())]))
            .shown("messages", "id job_key number round worker_team_id team_id member_id role body created_at")],
    )
    .keeps(&[("id worker_team_id team_id member_id role created_at", IDS)]),
    Table::new(
        "question",
        &[
            Part::new("t.member_id = $1", Columns(&[("body", removed!())]))
                .shown("questions", "id job_key number team_id member_id body behind_nda status hidden_at created_at"),
            Part::new(concat!("t.answer is not null and t.job_key in ", own_jobs!()), Columns(&[("answer", removed!())]))
                .shown("answers_to_questions", "id job_key answer answered_at"),
        ],
    )
    .keeps(&[("id team_id member_id status hidden_at created_at answered_at", IDS)]),
    Table::new(
        "rating",
        &[Part::new("t.member_id = $1", Columns(&[("comment", "''")]))
            .shown("ratings_given", "id job_key side team_id member_id rated_team_id stars comment hidden_at created_at visible_at")],
    )
    .keeps(&[("id side team_id member_id rated_team_id hidden_at created_at visible_at", IDS)]),
    Table::new(
        "safety_report",
        &[Part::new("t.member_id = $1", Columns(&[("details", removed!())]))
            .shown("safety_reports", "id case_key member_id team_id subject_kind subject_id reason details created_at")],
    )
    .keeps(&[("id member_id team_id subject_kind subject_id reason created_at", IDS)]),
    Table::new(
        "safety_case",
        &[
            Part::new(concat!("t.hidden_at is not null and t.team_id in ", own_teams!()), Nothing).shown(
                "hidden_things",
                "key id subject_kind subject_id team_id status reason decided_at hidden_at due_at created_at updated_at closed_at",
            ),
            Part::new("t.appeal is not null and t.appealed_by = $1", Columns(&[("appeal", removed!())]))
                .shown("appeals", "key id appeal appealed_by appealed_at"),
        ],
    )
    .hides(&[("reports decided_by", "others reported and decided, whom the owner is never told")])
    .keeps(&[
        ("reason", "the words of an admin"),
        (
            "id subject_kind subject_id team_id status decided_by decided_at hidden_at appealed_by appealed_at due_at created_at updated_at \
             closed_at",
            IDS,
        ),
    ]),
    Table::new(
        "evidence",
        &[Part::new("t.member_id = $1", Columns(&[("body", removed!())]))
            .shown("evidence", "id dispute_id number side member_id body file_id created_at")],
    )
    .keeps(&[("id dispute_id side member_id file_id created_at", IDS)]),
    Table::new(
        "dispute",
        &[
            Part::new("t.member_id = $1", Columns(&[("statement", removed!())])).shown(
                "disputes",
                "id job_key side team_id member_id came_from by_rejection new_fact versions time_left statement status due_at ruling \
                 worker_share created_at closed_at",
            ),
            Part::new(
                concat!(
                    "t.answer is not null and ((t.side = 'worker' and t.job_key in ",
                    own_jobs!(),
                    ") or (t.side = 'poster' and t.job_key in (select j.key from job j where j.worker_team_id in ",
                    own_teams!(),
                    ")))"
                ),
                Columns(&[("answer", removed!())]),
            )
            .shown("disputes_answered", "id job_key answer answered_at"),
        ],
    )
    .hides(&[("reason ruled_by", "the words and the id of whoever ruled")])
    .keeps(&[
        ("reason ruled_by", "the words and the id of whoever ruled"),
        ("id side team_id member_id came_from new_fact answered_at status due_at ruling created_at closed_at", IDS),
    ]),
    Table::new(
        "notification",
        &[
            Part::new("t.member_id = $1", Rows).shown(
                "notifications",
                "key id member_id team_id kind place about job_key agent_id due_at waits mailing created_at told_at read_at",
            ),
            Part::new(
                concat!(
                    "t.member_id <> $1 and t.about like 'evt_%' and t.job_key in (select j.key from job j where j.team_id in ",
                    own_teams!(),
                    " or j.worker_team_id in ",
                    own_teams!(),
                    ")"
                ),
                Rows,
            ),
        ],
    )
    .hides(&[("body", "it repeats the words of others")])
    .keeps(&[(
        "id member_id team_id kind place about body agent_id due_at mailing created_at told_at read_at",
        "what others were told of other jobs",
    )]),
];

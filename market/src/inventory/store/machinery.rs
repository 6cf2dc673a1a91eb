//! Machinery: events, timers, webhooks and what a server keeps for itself.

use crate::inventory::Erases::{Nothing, Rows};
use crate::inventory::{Part, Table};

/// The endpoints of a member's own teams.
macro_rules! own_endpoints {
    () => {
        concat!("(select e.key from endpoint e where e.team_id in ", own_teams!(), ")")
    };
}

pub(super) const TABLES: &[Table] = &[
    Table::new(
        "attempt",
        &[Part::new(concat!("t.delivery_key in (select d.key from delivery d where d.endpoint_key in ", own_endpoints!(), ")"), Rows)],
    )
    .hides(&[("delivery_key nth at status latency_ms answer error", "the log of a webhook, which repeats the words of others")])
    .keeps(&[("at answer error", "of other teams' webhooks; a sweep deletes them")]),
    Table::new("delivery", &[Part::new(concat!("t.endpoint_key in ", own_endpoints!()), Rows)])
        .hides(&[(
            "key id endpoint_key event_seq event event_at state tries attempts next_at leased_until created_at ended_at body",
            "the log of a webhook, which repeats the words of others",
        )])
        .keeps(&[(
            "id event event_at state next_at leased_until created_at ended_at body",
            "what other teams' webhooks were sent; a sweep deletes it",
        )]),
    Table::new("endpoint_topic", &[Part::new(concat!("t.endpoint_key in ", own_endpoints!()), Rows)])
        .hides(&[("topic endpoint_key worth_min", "what follows from the settings of the endpoint")])
        .keeps(&[("topic", "of other teams' webhooks")]),
    Table::new(
        "endpoint",
        &[
            Part::new("t.member_id = $1", Nothing).shown(
                "webhooks",
                "key id team_id member_id agent_id url description events dialect scopes status disabled_reason failing_since failures \
                 created_at updated_at deleted_at",
            ),
            Part::new(concat!("t.team_id in ", own_teams!()), Rows),
        ],
    )
    .hides(&[
        ("secret previous_secret previous_until", "a secret, or its end"),
        ("probed_key due_at from_seq", "how far its deliveries are"),
    ])
    .keeps(&[(
        "id team_id member_id agent_id url description events dialect scopes secret previous_secret previous_until status disabled_reason \
         failing_since due_at created_at updated_at deleted_at",
        "of other teams, for which the member set it up",
    )]),
    Table::new(
        "event",
        &[Part::new("t.subject = $1 or replace(t.payload, '\"by_member\":\"' || $1 || '\"', '') <> t.payload", Nothing)
            .shown("audit_log", "seq id type team_id subject payload at")],
    )
    .hides(&[("audience job_key", "who else received it")])
    .keeps(&[
        ("id type team_id subject at audience", "ids, times and words of the program"),
        ("payload", "a deletion rewrites it: deletion/scrub.rs"),
    ]),
    Table::new("timer", &[Part::new("t.kind = 'mail.send' and replace(t.payload, '\"to\":\"' || $2 || '\"', '') <> t.payload", Rows)])
        .hides(&[(
            "key id kind subject payload due_at attempts leased_until last_error dead_at",
            "what the server does next; mail has arrived",
        )])
        .keeps(&[("id kind subject payload due_at leased_until last_error dead_at", "ids and times; mail to others")]),
    Table::nothing("event_audience", "numbers of events, by the ids of teams"),
    Table::nothing("fresh_audience", "numbers of events, by the ids of teams"),
    Table::nothing("waiting_event", "events until they have their number, for less than a second"),
    Table::nothing("idempotency", "answers by the hash of who asked, which a sweep deletes after a day"),
    Table::nothing("chain_head", "the last numbers"),
    Table::nothing("setting", "facts of the server"),
    Table::nothing("_sqlx_migrations", "the version of the schema"),
];

//! The facts that the next moves of many jobs depend on, in one query.

use crate::job::{Facts, NextMove, Role, Seats, Status, next_move};
use crate::party::Party;
use kernel::id::{JobId, TeamId};
use kernel::{Result, Time};
use platform::db::{Conn, PLACES, places, sql};
use serde::Deserialize;
use std::collections::HashMap;

/// Selects the facts of a job `j` with a review `v` that its next move depends on, beside those in their rows.
macro_rules! move_facts {
    () => {
        concat!(
            "(select count(*) from application p where p.job_key = j.key and p.kind = 'work' and p.status = 'pending') as waiting, \
             (select count(*) from application p where p.job_key = j.key and p.kind = 'proof' and p.status = 'pending') as proof_waiting, \
             (select count(*) from proof_seat s where s.job_key = j.key and s.round = v.round and s.status <> 'freed') as seats_taken, \
             (select count(*) from proof_seat s where s.job_key = j.key and s.round = v.round and s.status = 'accepted') \
             as seats_unfunded, ",
            $crate::unanswered!(),
            " as unanswered"
        )
    };
}
pub(super) use move_facts;

#[derive(Deserialize)]
struct Row {
    id: JobId,
    role: Role,
    status: Status,
    proofer_count: i64,
    disputed_at: Option<Time>,
    due_at: Option<Time>,
    waiting: i64,
    proof_waiting: i64,
    seats_taken: i64,
    seats_unfunded: i64,
    unanswered: Option<Party>,
}

impl Row {
    fn next_move(&self) -> NextMove {
        let (asked, taken, unfunded) = (self.proofer_count, self.seats_taken, self.seats_unfunded);
        let facts = Facts {
            status: self.status,
            applications: self.waiting,
            seats: Some(Seats { asked, taken, unfunded, applications: self.proof_waiting }),
            disputed_at: self.disputed_at,
            unanswered: self.unanswered,
            due_at: self.due_at,
        };
        next_move(&facts.known_to(self.role))
    }
}

/// Returns the next moves of jobs as a team may know them, in one query for each page of a list.
pub(in crate::job) async fn next_moves(conn: &mut Conn, team: &TeamId, ids: &[&JobId]) -> Result<HashMap<JobId, NextMove>> {
    let mut found = HashMap::new();
    for some in ids.chunks(PLACES) {
        let query = sql(concat!(
            "select j.id, j.status, coalesce(v.proofer_count, 0) as proofer_count, j.disputed_at, j.due_at, case when j.team_id = $101 then 'poster' \
             when j.worker_team_id = $101 then 'worker' \
             when exists (select 1 from proof_seat s where s.job_key = j.key and s.team_id = $101 and s.status <> 'freed') then 'proofer' \
             when exists (select 1 from application p where p.job_key = j.key and p.team_id = $101) then 'applicant' \
             else 'visitor' end as role, ",
            move_facts!(),
            " from job j left join review v on v.job_key = j.key where j.id in (",
            places!(),
            ")"
        ));
        let rows: Vec<Row> = query.bind_places(some.iter().map(|id| id.as_str())).bind(team).all(conn).await?;
        found.extend(rows.into_iter().map(|row| (row.id.clone(), row.next_move())));
    }
    Ok(found)
}

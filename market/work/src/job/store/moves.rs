//! The facts that the next move of a job depends on: of one job beside its names and numbers, or of many in one query.

use crate::job::access::Standing;
use crate::job::{Facts, Job, NextMove, Role, Seats, Status, next_move};
use crate::party::Party;
use crate::review::Verdict;
use kernel::id::{JobId, TeamId};
use kernel::{Result, Time};
use platform::db::{Conn, PLACES, places, sql};
use serde::Deserialize;

/// Selects the [`MoveFacts`] of a job `j` with a review `v`.
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

/// Selects the [`Standing`] of the team in a parameter towards a job `j`. Kinds and rounds are named, though any will do, so that SQLite
/// looks into the job's few rows and not into all that a busy team has.
macro_rules! standing {
    ($team:literal) => {
        concat!(
            "(select p.id from application p where p.job_key = j.key and p.kind in ('work', 'proof') and p.team_id = ",
            $team,
            " order by p.kind desc limit 1) as own_application_id, \
             (select count(*) from application p where p.job_key = j.key and p.kind in ('work', 'proof') and p.team_id = ",
            $team,
            " and p.status in ('pending', 'accepted')) as own_applications, (select count(*) from proof_seat s where s.job_key = j.key and s.round between 1 and 1000 and s.team_id = ",
            $team,
            " and s.status <> 'freed') as own_seats, (select count(*) from nda n where n.job_key = j.key and n.team_id = ",
            $team,
            ") as agreed"
        )
    };
}
pub(super) use standing;

/// The facts of the next move that are not in the job's row or in its review's.
#[derive(Deserialize)]
pub(in crate::job) struct MoveFacts {
    waiting: i64,
    proof_waiting: i64,
    seats_taken: i64,
    seats_unfunded: i64,
    unanswered: Option<Party>,
}

/// The facts of the next move that are in those rows.
#[derive(Deserialize)]
pub(in crate::job) struct MoveRow {
    pub(in crate::job) status: Status,
    pub(in crate::job) proofer_count: i64,
    pub(in crate::job) consensus: Option<Verdict>,
    pub(in crate::job) due_at: Option<Time>,
}

impl From<&Job> for MoveRow {
    fn from(job: &Job) -> Self {
        Self { status: job.status, proofer_count: job.proofer_count(), consensus: job.consensus(), due_at: job.due_at }
    }
}

impl MoveRow {
    /// Computes the next move from the facts that a viewer in this role may know.
    pub(in crate::job) fn next_move(&self, facts: &MoveFacts, role: Role) -> NextMove {
        let (asked, taken, unfunded) = (self.proofer_count, facts.seats_taken, facts.seats_unfunded);
        let known = Facts {
            status: self.status,
            applications: facts.waiting,
            seats: Some(Seats { asked, taken, unfunded, applications: facts.proof_waiting }),
            consensus: self.consensus,
            unanswered: facts.unanswered,
            due_at: self.due_at,
        };
        next_move(&known.known_to(role))
    }
}

/// A job and its sides.
#[derive(Deserialize)]
pub(in crate::job) struct Sides {
    pub(in crate::job) id: JobId,
    pub(in crate::job) team_id: TeamId,
    pub(in crate::job) worker_team_id: Option<TeamId>,
}

/// Selects what the next moves of jobs depend on, and what the team in a parameter has to do with each.
macro_rules! select_moves {
    ($team:literal, $which:expr) => {
        sql(concat!(
            "select j.id, j.team_id, j.worker_team_id, j.status, coalesce(v.proofer_count, 0) as proofer_count, v.consensus, j.due_at, ",
            standing!($team),
            ", ",
            move_facts!(),
            " from job j left join review v on v.job_key = j.key where j.id ",
            $which
        ))
    };
}

/// Reads what the next moves of jobs depend on, and what a team has to do with each: one query for each page of a list.
pub(in crate::job) async fn move_rows(
    conn: &mut Conn,
    team: &TeamId,
    ids: &[&JobId],
) -> Result<Vec<(Sides, MoveRow, Standing, MoveFacts)>> {
    // An act answers with one job; the engines sort a hundred places before they look.
    if let [id] = ids {
        return select_moves!("$2", "= $1").bind(*id).bind(team).all(conn).await;
    }
    // The team's parameter comes after the places.
    const { assert!(PLACES == 100) };
    let mut found = Vec::new();
    for some in ids.chunks(PLACES) {
        let query = select_moves!("$101", concat!("in (", places!(), ")"));
        found.extend(query.bind_places(some.iter().map(|id| id.as_str())).bind(team).all(conn).await?);
    }
    Ok(found)
}

/// Reads the facts of a job's next move, with its title and its sides, for whoever is to be told of it.
pub(in crate::job) async fn told(conn: &mut Conn, id: &JobId) -> Result<Option<(Titled, Sides, MoveRow, MoveFacts)>> {
    sql(concat!(
        "select j.id, j.title, j.team_id, j.worker_team_id, j.status, coalesce(v.proofer_count, 0) as proofer_count, v.consensus, \
         j.due_at, ",
        move_facts!(),
        " from job j left join review v on v.job_key = j.key where j.id = $1"
    ))
    .bind(id)
    .optional(conn)
    .await
}

/// The title of a job.
#[derive(Deserialize)]
pub(in crate::job) struct Titled {
    pub(in crate::job) title: String,
}

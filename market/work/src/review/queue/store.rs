//! The rows of the queues, from seats, reviews and jobs.

use crate::job::Category;
use crate::review::{Assignment, ReviewToFill};
use kernel::id::TeamId;
use kernel::page::{OFFSET_MAX, Part};
use kernel::{Page, Result};
use platform::db::{Conn, sql};

/// The place of a seat in the list of its team: by its status, and by its time if the verdict is due.
macro_rules! seat_rank {
    ($table:literal) => {
        concat!("case ", $table, ".status when 'funded' then '0' || ", $table, ".due_at when 'accepted' then '1' else '2' end")
    };
}

macro_rules! seats_in_order {
    () => {
        concat!(" order by ", seat_rank!("s"), ", s.created_at desc, s.id")
    };
}

/// Lists a team's seats: open ones by deadline, then the rest, newest first. Rows are selected before related data is looked up.
pub(in crate::review) async fn assignments(conn: &mut Conn, team: &TeamId, part: &Part) -> Result<Page<Assignment>> {
    let Part { paging, after } = part;
    if let Some(after) = after {
        let known = sql("select count(*) from proof_seat where team_id = $1 and id = $2").bind(team).bind(after.as_str());
        part.must_know(known.count(conn).await?)?;
    }
    let total = sql("select count(*) from proof_seat where team_id = $1").bind(team).count(conn).await?;
    let items = sql(concat!(
        "select s.id, j.id as job_id, j.title, j.category, j.team_id, t.name as poster, s.round, s.fee, s.status, s.due_at, p.verdict, s.created_at \
         from (select s.id from proof_seat s where s.team_id = $1 and (cast($4 as text) is null or exists (select 1 from proof_seat c \
         where c.id = $4 and (",
        seat_rank!("s"),
        " > ",
        seat_rank!("c"),
        " or (",
        seat_rank!("s"),
        " = ",
        seat_rank!("c"),
        " and (s.created_at < c.created_at or (s.created_at = c.created_at and s.id > c.id))))))",
        seats_in_order!(),
        " limit $2 offset $3) as chosen join proof_seat s on s.id = chosen.id join job j on j.key = s.job_key \
         join team t on t.id = j.team_id left join proof p on p.seat_id = s.id",
        seats_in_order!()
    ))
    .bind(team)
    .part(part)
    .all(conn)
    .await?;
    Ok(Page::new(items, total, *paging))
}

macro_rules! needed {
    ($columns:literal, $rest:literal) => {
        concat!(
            "select ",
            $columns,
            " from job j join review v on v.job_key = j.key where j.status = ", crate::job::job_status!(pending_proof), " and j.team_id <> $1 and (j.worker_team_id is null or j.worker_team_id <> $1) \
             and (cast($2 as text) is null or j.category = $2) \
             and not exists (select 1 from proof_seat s where s.job_key = j.key and s.round = v.round and s.team_id = $1) \
             and ((select count(*) from proof_seat s where s.job_key = j.key and s.round = v.round and s.status <> 'freed') < v.proofer_count \
             or (v.tie_break = 1 and not exists (select 1 from proof_seat s where s.job_key = j.key and s.round = v.round \
             and s.status in ('accepted', 'funded')))) ",
            $rest
        )
    };
}

/// Lists the jobs of other teams that look for proofers. Counting stops at the largest offset. A part may begin after a job whose
/// seats were filled meanwhile.
pub(in crate::review) async fn needed(
    conn: &mut Conn,
    team: &TeamId,
    category: Option<Category>,
    part: &Part,
) -> Result<Page<ReviewToFill>> {
    let Part { paging, after } = part;
    if let Some(after) = after {
        let known = sql("select count(*) from job j join review v on v.job_key = j.key where j.id = $1 and v.round > 0");
        part.must_know(known.bind(after.as_str()).count(conn).await?)?;
    }
    let category = category.map(|category| category.as_str());
    let count = sql(concat!("select count(*) from (", needed!("1", "limit $3"), ") as found"));
    let total = count.bind(team).bind(category).bind(OFFSET_MAX).long().count(conn).await?;
    let items = sql(concat!(
        "select j.id as job_id, j.title, j.category, j.team_id, t.name as poster, v.proof_fee, v.proofer_count, \
         case when exists (select 1 from application a where a.job_key = j.key and a.team_id = $1 and a.kind = 'proof') then 1 else 0 end as applied, \
         j.due_at, j.created_at from (",
        needed!(
            "j.id",
            "and (cast($5 as text) is null or exists (select 1 from job c where c.id = $5 \
             and (j.created_at > c.created_at or (j.created_at = c.created_at and j.id > c.id)))) order by j.created_at, j.id limit $3 offset $4"
        ),
        ") as chosen join job j on j.id = chosen.id join review v on v.job_key = j.key join team t on t.id = j.team_id order by j.created_at, j.id"
    ))
    .bind(team)
    .bind(category)
    .part(part)
    .long()
    .all(conn)
    .await?;
    Ok(Page::new(items, total, *paging))
}

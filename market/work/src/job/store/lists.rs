//! The lists of jobs.

use crate::job::{Card, Filter, Sort, job_status};
use kernel::id::{JobId, TeamId};
use kernel::page::Part;
use kernel::text::nfc;
use kernel::{Page, Result};
use platform::db::{Conn, Query, sql};

/// The number at which counting stops: counting all of a large list costs more than reading a page.
const COUNT_MAX: i64 = kernel::page::OFFSET_MAX;

macro_rules! select_cards {
    () => {
        "select j.id, j.title, j.summary, j.category, j.status, j.budget_min, j.budget_max, j.applications_until, j.deadline, \
         case when v.job_key is null then 0 else 1 end as proof_required, coalesce(v.proofer_count, 0) as proofer_count, \
         coalesce(v.proof_fee, 0) as proof_fee, coalesce(v.proof_rounds, 0) as proof_rounds, \
         j.agent_id, g.name as worker, j.price, j.fee_bps, j.escrow, j.due_at, j.created_at, j.updated_at, j.featured_until, j.team_id, t.name as poster, \
         (select count(*) from application p where p.job_key = j.key and p.kind = 'work') as applications \
         from job j join team t on t.id = j.team_id left join agent g on g.id = j.agent_id left join review v on v.job_key = j.key where "
    };
}

macro_rules! filters {
    () => {
        " and (cast($2 as text) is null or j.category = $2) and (cast($3 as text) is null or j.status in ($3, $7)) \
         and (cast($4 as bigint) is null or j.budget_max >= $4) and (cast($5 as bigint) is null or j.budget_min <= $5) \
         and (cast($6 as text) is null or j.search like $6 escape '!') and (cast($8 as text) is null or j.deadline <= $8) \
         and (cast($9 as bigint) is null or exists (select 1 from review v where v.job_key = j.key) = ($9 = 1)) \
         and (cast($10 as text) is null or j.created_at > $10)"
    };
}

/// The orders of a list, and the condition that job `j` comes after job `c` in each.
macro_rules! sorted {
    (newest, order) => {
        "j.created_at desc, j.id"
    };
    (newest, after) => {
        "j.created_at < c.created_at or (j.created_at = c.created_at and j.id > c.id)"
    };
    (budget, order) => {
        "j.budget_max desc, j.id"
    };
    (budget, after) => {
        "j.budget_max < c.budget_max or (j.budget_max = c.budget_max and j.id > c.id)"
    };
    (due, order) => {
        "j.deadline is null, j.deadline, j.id"
    };
    (due, after) => {
        "(j.deadline is null and c.deadline is not null) or j.deadline > c.deadline \
         or (j.id > c.id and (j.deadline = c.deadline or (j.deadline is null and c.deadline is null)))"
    };
}

/// Like [`sorted`], with featured jobs before the others.
macro_rules! featured_first {
    ($by:ident, order) => {
        concat!("j.featured_until is null, ", sorted!($by, order))
    };
    ($by:ident, after) => {
        concat!(
            "(j.featured_until is null and c.featured_until is not null) \
             or ((j.featured_until is null) = (c.featured_until is null) and (",
            sorted!($by, after),
            "))"
        )
    };
}

/// Selects a part of a list in one of its orders. The keys come first, so that nothing else is read of the rows that are skipped.
macro_rules! select_part {
    ($whose:expr, $order:ident, $anchor:literal, $by:ident) => {
        sql(concat!(
            select_cards!(),
            "j.key in (select j.key from job j where ",
            $whose,
            filters!(),
            " and (cast($13 as text) is null or exists (select 1 from job c where c.id = $13 and ",
            $anchor,
            " and (",
            $order!($by, after),
            "))) \
             order by ",
            $order!($by, order),
            " limit $11 offset $12) order by ",
            $order!($by, order)
        ))
    };
}

/// Defines a list of cards in its orders. `$whose` is its condition on `$1`; job `c`, after which a part begins, meets `$anchor`,
/// because it may have left the list since it was read.
macro_rules! list {
    ($(#[$meta:meta])* $name:ident, $whose:expr, $order:ident, $anchor:literal) => {
        $(#[$meta])*
        pub(in crate::job) async fn $name(conn: &mut Conn, whose: &str, filter: &Filter, part: &Part) -> Result<Page<Card>> {
            let Part { paging, after } = part;
            let count = concat!("select count(*) from (select 1 from job j where ", $whose, filters!(), " limit $11) as found");
            let count = narrowed(sql(count), whose, filter).bind(COUNT_MAX).long();
            let cards = match filter.sort {
                Sort::Newest => select_part!($whose, $order, $anchor, newest),
                Sort::Budget => select_part!($whose, $order, $anchor, budget),
                Sort::Due => select_part!($whose, $order, $anchor, due),
            };
            let cards = narrowed(cards, whose, filter).part(part);
            let items: Vec<Card> = cards.long().all(conn).await?;
            if let Some(after) = after.as_ref().filter(|_| items.is_empty()) {
                let known = sql(concat!("select count(*) from job c where c.id = $2 and ", $anchor)).bind(whose).bind(after.as_str());
                if known.count(conn).await? == 0 {
                    return Err(Part::unknown());
                }
            }
            Ok(Page::new(items, count.count(conn).await?, *paging))
        }
    };
}

list!(
    /// Open jobs, featured ones first. The word stands in the text, so that the index of open jobs serves.
    open,
    concat!("j.status = ", job_status!(open), " and j.status = $1"),
    featured_first,
    "cast($1 as text) is not null"
);
list!(
    /// Lists open jobs of other teams in the categories of an agent, featured ones first.
    matching,
    concat!(
        "j.status = ",
        job_status!(open),
        " and j.category in (select s.category from specialization s where s.agent_id = $1) \
         and j.team_id <> (select a.team_id from agent a where a.id = $1)"
    ),
    featured_first,
    "cast($1 as text) is not null"
);
list!(
    /// Lists the jobs that a team posted.
    posted_by,
    "j.team_id = $1",
    sorted,
    "c.team_id = $1"
);
list!(
    /// Lists the jobs that a team works on.
    worked_on_by,
    "j.worker_team_id = $1",
    sorted,
    "c.worker_team_id = $1"
);

/// Counts the open jobs of other teams that match the filter and are in no category of an agent.
pub(in crate::job) async fn hidden(conn: &mut Conn, agent: &str, filter: &Filter) -> Result<i64> {
    let count = sql(concat!(
        "select count(*) from (select 1 from job j where j.status = ",
        job_status!(open),
        " and j.category not in (select s.category from specialization s where s.agent_id = $1) \
         and j.team_id <> (select a.team_id from agent a where a.id = $1)",
        filters!(),
        " limit $11) as found"
    ));
    narrowed(count, agent, filter).bind(COUNT_MAX).long().count(conn).await
}

/// Lists the ids of open jobs, the newest first.
pub(in crate::job) async fn listed(conn: &mut Conn, limit: i64) -> Result<Vec<JobId>> {
    sql(concat!("select j.id from job j where j.status = ", job_status!(open), " order by j.created_at desc, j.id limit $1"))
        .bind(limit)
        .all(conn)
        .await
}

fn narrowed(query: Query, whose: &str, filter: &Filter) -> Query {
    query
        .bind(whose)
        .bind(filter.category.map(|category| category.as_str()))
        .bind(filter.status.map(|status| status.as_str()))
        .bind(filter.budget_min)
        .bind(filter.budget_max)
        .bind(filter.search.as_deref().map(containing))
        .bind(filter.status.and(filter.or_status).map(|status| status.as_str()))
        .bind(filter.due_by)
        .bind(filter.proofing)
        .bind(filter.posted_after)
}

/// Builds the pattern for texts that contain these letters literally. They are in normalisation form C.
fn containing(letters: &str) -> String {
    let plain = nfc(letters).to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{plain}%")
}

/// Lists the unfinished jobs of a team on either side, the nearest deadline first.
pub(in crate::job) async fn waiting(conn: &mut Conn, team: &TeamId, limit: i64) -> Result<Vec<Card>> {
    sql(concat!(select_cards!(), "(j.team_id = $1 or j.worker_team_id = $1) and j.closed_at is null order by j.due_at, j.id limit $2"))
        .bind(team)
        .bind(limit)
        .all(conn)
        .await
}

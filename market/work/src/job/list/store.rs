//! The lists of jobs.

use crate::job::{Card, Category, Filter, JobKey, Skills, Sort, Status, job_is_listed, job_status};
use kernel::id::{AgentId, JobId, TeamId};
use kernel::page::{Paging, Part};
use kernel::text::nfc;
use kernel::{Result, Time};
use platform::db::{Conn, PLACES, Query, places, sql};
use serde::Deserialize;

/// The number at which counting stops: counting all of a large list costs more than reading a page.
const COUNT_MAX: i64 = kernel::page::OFFSET_MAX;

macro_rules! select_cards {
    () => {
        concat!("select ", card_columns!(), " where ")
    };
}

/// The columns of a card, and the tables that they come from.
macro_rules! card_columns {
    () => {
        "j.id, j.title, j.summary, j.category, j.status, j.budget_min, j.budget_max, j.applications_until, j.deadline, \
         case when v.job_key is null then 0 else 1 end as proof_required, coalesce(v.proofer_count, 0) as proofer_count, \
         coalesce(v.proof_fee, 0) as proof_fee, coalesce(v.proof_rounds, 0) as proof_rounds, \
         j.agent_id, g.name as worker, j.price, j.fee_bps, j.escrow_timing, j.payment, j.revisions_max, j.skills, j.escrow, j.due_at, j.created_at, j.updated_at, j.featured_until, j.team_id, t.name as poster, \
         (select count(*) from application p where p.job_key = j.key and p.kind = 'work') as applications \
         from job j join team t on t.id = j.team_id left join agent g on g.id = j.agent_id left join review v on v.job_key = j.key"
    };
}

macro_rules! filters {
    () => {
        " and (cast($2 as text) is null or j.category = $2) and (cast($3 as text) is null or j.status in ($3, $7)) \
         and (cast($4 as bigint) is null or j.budget_max >= $4) and (cast($5 as bigint) is null or j.budget_min <= $5) \
         and (cast($6 as text) is null or j.search like $6 escape '!') and (cast($8 as text) is null or j.deadline <= $8) \
         and (cast($9 as bigint) is null or exists (select 1 from review v where v.job_key = j.key) = ($9 = 1)) \
         and (cast($10 as text) is null or j.created_at > $10) and (cast($11 as text) is null or exists (select 1 from job_skill s \
         where s.job_key = j.key and $11 like '%|' || s.skill || '|%'))"
    };
}

/// The orders of a list, and the condition that job `j` comes after job `c` in each. A job's key rises with the time of posting.
macro_rules! sorted {
    (newest, order) => {
        "j.key desc"
    };
    (newest, after) => {
        "j.key < c.key"
    };
    (newest, seek) => {
        "j.key < $4"
    };
    (budget, order) => {
        "j.budget_max desc, j.key desc"
    };
    (budget, after) => {
        "j.budget_max < c.budget_max or (j.budget_max = c.budget_max and j.key < c.key)"
    };
    (due, order) => {
        "j.deadline is null, j.deadline, j.key desc"
    };
    (due, after) => {
        "(j.deadline is null and c.deadline is not null) or j.deadline > c.deadline \
         or (j.key < c.key and (j.deadline = c.deadline or (j.deadline is null and c.deadline is null)))"
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
    ($by:ident, seek) => {
        concat!("(j.featured_until is null) = true and ", sorted!($by, seek))
    };
}

/// Writes a statement in the order of the filter.
macro_rules! in_order {
    ($filter:expr, $select:ident, $whose:expr, $order:ident, $rest:expr) => {
        match $filter.sort {
            Sort::Newest => $select!($whose, $order, newest, $rest),
            Sort::Budget => $select!($whose, $order, budget, $rest),
            Sort::Due => $select!($whose, $order, due, $rest),
        }
    };
}

/// Selects the beginning of a list that is narrowed by `$rest` alone, so that an index leads to its first row. The keys come first,
/// so that nothing else is read of the rows that are skipped.
macro_rules! select_plain {
    ($whose:expr, $order:ident, $by:ident, $rest:expr) => {
        sql(concat!(
            select_cards!(),
            "j.key in (select j.key from job j where ",
            $whose,
            $rest,
            " order by ",
            $order!($by, order),
            " limit $2 offset $3) order by ",
            $order!($by, order)
        ))
    };
}

/// Selects the part of a list, newest first, after the job with the key `$4`; in a list with featured jobs it is not one of them, and
/// neither are those that follow. An index leads to its first row, too.
macro_rules! select_after {
    ($whose:expr, $order:ident, $rest:expr) => {
        select_plain!($whose, sorted, newest, concat!(" and ", $order!(newest, seek), $rest))
    };
}

/// Selects any part of a list, with any filter; `$rest` is the condition on job `c`, after which a part begins.
macro_rules! select_part {
    ($whose:expr, $order:ident, $by:ident, $rest:expr) => {
        sql(concat!(
            select_cards!(),
            "j.key in (select j.key from job j where ",
            $whose,
            filters!(),
            " and (cast($14 as text) is null or exists (select 1 from job c where c.id = $14 and ",
            $rest,
            " and (",
            $order!($by, after),
            "))) \
             order by ",
            $order!($by, order),
            " limit $12 offset $13) order by ",
            $order!($by, order)
        ))
    };
}

macro_rules! completed {
    () => {
        concat!(" and j.status = ", job_status!(completed))
    };
}

/// The filters that have statements of their own, because most requests have them: a condition on a parameter that is not set keeps
/// the engines from seeking in an index.
enum Shape {
    /// No filter.
    All,
    /// A category alone.
    Category(&'static str),
    /// The finished jobs: their word stands in the text, so that their index serves.
    Completed,
    /// A status alone, and the one that it stands for besides.
    Status(&'static str, &'static str),
    /// A part after a job that is not featured, newest first, with a category at most.
    After(Anchor, Option<&'static str>),
    /// Any other.
    Other,
}

/// The job after which a part of a list begins.
#[derive(Deserialize)]
struct Anchor {
    key: i64,
    featured_until: Option<Time>,
}

impl Anchor {
    fn bound(&self, query: Query, whose: &str, paging: Paging) -> Query {
        query.bind(whose).page(paging).bind(self.key)
    }
}

impl Shape {
    /// Returns the shape of a part after a job.
    fn after(filter: &Filter, anchor: Option<Anchor>) -> Self {
        match (Self::of(filter), anchor.filter(|anchor| anchor.featured_until.is_none())) {
            (Self::All, Some(anchor)) => Self::After(anchor, None),
            (Self::Category(category), Some(anchor)) => Self::After(anchor, Some(category)),
            _ => Self::Other,
        }
    }

    fn of(filter: &Filter) -> Self {
        let plain = Filter {
            category: filter.category,
            status: filter.status,
            or_status: filter.or_status,
            sort: filter.sort,
            ..Filter::default()
        };
        match (filter.category, filter.status) {
            _ if *filter != plain => Self::Other,
            (None, None) => Self::All,
            (Some(category), None) => Self::Category(category.as_str()),
            (None, Some(Status::Completed)) if filter.or_status.is_none() => Self::Completed,
            (None, Some(status)) => Self::Status(status.as_str(), filter.or_status.unwrap_or(status).as_str()),
            (Some(_), Some(_)) => Self::Other,
        }
    }
}

/// Defines a list of cards in its orders, and the count of all its jobs. `$whose` is its condition on `$1`; job `c`, after which a
/// part begins, meets `$anchor`, because it may have left the list since it was read.
macro_rules! list {
    ($(#[$meta:meta])* $name:ident, $count:ident, $whose:expr, $order:ident, $anchor:literal) => {
        $(#[$meta])*
        pub(in crate::job) async fn $name(conn: &mut Conn, whose: &str, filter: &Filter, part: &Part) -> Result<Vec<Card>> {
            let Part { paging, after } = part;
            let anchor: Option<Anchor> = match after {
                Some(after) if filter.sort == Sort::Newest => {
                    let found = sql(concat!("select c.key, c.featured_until from job c where c.id = $2 and ", $anchor));
                    found.bind(whose).bind(after.as_str()).optional(conn).await?
                }
                _ => None,
            };
            let shape = if after.is_none() { Shape::of(filter) } else { Shape::after(filter, anchor) };
            let cards = match shape {
                Shape::After(anchor, None) => anchor.bound(select_after!($whose, $order, ""), whose, *paging),
                Shape::After(anchor, Some(category)) => {
                    anchor.bound(select_after!($whose, $order, " and j.category = $5"), whose, *paging).bind(category)
                }
                Shape::All => in_order!(filter, select_plain, $whose, $order, "").bind(whose).page(*paging),
                Shape::Category(category) => {
                    in_order!(filter, select_plain, $whose, $order, " and j.category = $4").bind(whose).page(*paging).bind(category)
                }
                Shape::Completed => in_order!(filter, select_plain, $whose, $order, completed!()).bind(whose).page(*paging),
                Shape::Status(status, or) => {
                    in_order!(filter, select_plain, $whose, $order, " and j.status in ($4, $5)").bind(whose).page(*paging).bind(status).bind(or)
                }
                Shape::Other => narrowed(in_order!(filter, select_part, $whose, $order, $anchor), whose, filter).part(part),
            };
            let items: Vec<Card> = cards.long().all(conn).await?;
            if let Some(after) = after.as_ref().filter(|_| items.is_empty()) {
                let known = sql(concat!("select count(*) from job c where c.id = $2 and ", $anchor)).bind(whose).bind(after.as_str());
                if known.count(conn).await? == 0 {
                    return Err(Part::unknown());
                }
            }
            Ok(items)
        }

        /// Counts the jobs of the list, up to the largest total that is reported.
        pub(in crate::job) async fn $count(conn: &mut Conn, whose: &str, filter: &Filter) -> Result<i64> {
            let count = match Shape::of(filter) {
                Shape::All => sql(counted!($whose, "", "$2")).bind(whose).bind(COUNT_MAX),
                Shape::Category(category) => sql(counted!($whose, " and j.category = $3", "$2")).bind(whose).bind(COUNT_MAX).bind(category),
                Shape::Completed => sql(counted!($whose, completed!(), "$2")).bind(whose).bind(COUNT_MAX),
                Shape::Status(status, or) => {
                    sql(counted!($whose, " and j.status in ($3, $4)", "$2")).bind(whose).bind(COUNT_MAX).bind(status).bind(or)
                }
                Shape::After(..) | Shape::Other => narrowed(sql(counted!($whose, filters!(), "$12")), whose, filter).bind(COUNT_MAX),
            };
            count.long().count(conn).await
        }
    };
}

/// Counts jobs up to a limit.
macro_rules! counted {
    ($whose:expr, $rest:expr, $limit:literal) => {
        concat!("select count(*) from (select 1 from job j where ", $whose, $rest, " limit ", $limit, ") as found")
    };
}

list!(
    /// Open jobs, featured ones first. The word stands in the text, so that the index of open jobs serves.
    open,
    count_open,
    concat!(job_is_listed!(), " and j.status = $1"),
    featured_first,
    "cast($1 as text) is not null"
);
list!(
    /// Lists open jobs of other teams in the categories of an agent, featured ones first.
    matching,
    count_matching,
    concat!(
        job_is_listed!(),
        " and j.category in (select s.category from specialization s where s.agent_id = $1) \
         and j.team_id <> (select a.team_id from agent a where a.id = $1)"
    ),
    featured_first,
    "cast($1 as text) is not null"
);
list!(
    /// Lists the jobs that a team posted.
    posted_by,
    count_posted_by,
    "j.team_id = $1",
    sorted,
    "c.team_id = $1"
);
list!(
    /// Lists the jobs of a team that are not hidden.
    shown_of,
    count_shown_of,
    "j.team_id = $1 and j.hidden_at is null",
    sorted,
    "c.team_id = $1"
);
list!(
    /// Lists the jobs that a team works on.
    worked_on_by,
    count_worked_on_by,
    "j.worker_team_id = $1",
    sorted,
    "c.worker_team_id = $1"
);

/// Counts the open jobs of other teams that match the filter and are in no category of an agent.
pub(in crate::job) async fn count_outside_categories(conn: &mut Conn, agent: &str, filter: &Filter) -> Result<i64> {
    let count = counted!(
        concat!(
            job_is_listed!(),
            " and j.category not in (select s.category from specialization s where s.agent_id = $1) \
             and j.team_id <> (select a.team_id from agent a where a.id = $1)"
        ),
        filters!(),
        "$12"
    );
    narrowed(sql(count), agent, filter).bind(COUNT_MAX).long().count(conn).await
}

/// Lists the ids of open jobs, the newest first.
pub(in crate::job) async fn listed(conn: &mut Conn, limit: i64) -> Result<Vec<JobId>> {
    sql(concat!("select j.id from job j where ", job_is_listed!(), " order by j.key desc limit $1")).bind(limit).all(conn).await
}

/// Lists the categories of an agent.
pub(in crate::job) async fn specializations(conn: &mut Conn, agent: &AgentId) -> Result<Vec<Category>> {
    sql("select category from specialization where agent_id = $1").bind(agent).all(conn).await
}

/// The key of a card's job.
#[derive(Deserialize)]
struct Keyed {
    key: JobKey,
}

/// Lists the cards of jobs that are open, each with its key.
pub(in crate::job) async fn open_among(conn: &mut Conn, keys: &[JobKey]) -> Result<Vec<(JobKey, Card)>> {
    let mut found = Vec::with_capacity(keys.len());
    for some in keys.chunks(PLACES) {
        let listed = sql(concat!("select j.key, ", card_columns!(), " where ", job_is_listed!(), " and j.key in (", places!(), ")"));
        let places = some.iter().map(|key| key.0).chain(std::iter::repeat(0)).take(PLACES);
        let cards: Vec<(Keyed, Card)> = places.fold(listed, Query::bind).all(conn).await?;
        found.extend(cards.into_iter().map(|(Keyed { key }, card)| (key, card)));
    }
    Ok(found)
}

/// Finds the key of an open job.
pub(in crate::job) async fn open_key(conn: &mut Conn, id: &str) -> Result<Option<JobKey>> {
    sql(concat!("select j.key from job j where j.id = $1 and ", job_is_listed!())).bind(id).optional(conn).await
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
        .bind(filter.skills.as_ref().map(Skills::fenced))
}

/// Builds the pattern for texts that contain these letters literally. They are in normalisation form C.
fn containing(letters: &str) -> String {
    let plain = nfc(letters).to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{plain}%")
}

/// Lists the unfinished jobs of a team on either side, the nearest deadline first.
pub(in crate::job) async fn waiting(conn: &mut Conn, team: &TeamId, limit: i64) -> Result<Vec<Card>> {
    sql(concat!(select_cards!(), "(j.team_id = $1 or j.worker_team_id = $1) and j.closed_at is null order by j.due_at, j.key limit $2"))
        .bind(team)
        .bind(limit)
        .all(conn)
        .await
}

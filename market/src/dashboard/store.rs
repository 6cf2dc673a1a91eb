//! The queries of the dashboards. A list selects its rows first and looks up related data afterwards, so that a long list costs no
//! more than a short one.

mod moves;

use super::{Earned, HireChoice, Need, PendingApplication, ReviewedJob, Spending, Stage, Task};
use kernel::id::{JobId, TeamId};
use kernel::{Error, Money, Page, Paging, Result, Time};
use platform::db::{Conn, sql};
use platform::ledger::Account;
use serde::Deserialize;
use std::sync::LazyLock;
use work::job::{JobKey, Mover, Status};
use work::{job_status, job_statuses, unanswered};

/// The number at which counting stops.
const COUNT_MAX: i64 = kernel::page::OFFSET_MAX;

pub(super) async fn stages(conn: &mut Conn, team: &TeamId) -> Result<Vec<Stage>> {
    // Each count stands alone, because the engines count a range of an index quicker than they group one.
    static STAGES: LazyLock<String> = LazyLock::new(|| {
        let count = |status: &Status| {
            format!("select '{status}' as status, (select count(*) from job where team_id = $1 and status = '{status}') as jobs")
        };
        let counts: Vec<_> = Status::ALL.iter().map(count).collect();
        format!("select status, jobs from ({}) as stage where jobs > 0", counts.join(" union all "))
    });
    sql(&STAGES).bind(team).all(conn).await
}

pub(super) async fn moves(conn: &mut Conn, team: &TeamId) -> Result<i64> {
    static COUNT: LazyLock<String> =
        LazyLock::new(|| format!("select count(*) from job j where {WORKING} and {}", moves::waits_for(Mover::Worker)));
    sql(&COUNT).bind(team).count(conn).await
}

/// A waiting job with the total: finding the jobs is expensive, so both come from one query.
#[derive(Deserialize)]
struct WaitingJob {
    #[serde(flatten)]
    need: Need,
    total: i64,
}

pub(super) async fn needed(conn: &mut Conn, team: &TeamId, paging: Paging) -> Result<Page<Need>> {
    static WAITING: LazyLock<String> = LazyLock::new(|| format!("from job j where j.team_id = $1 and {}", moves::waits_for(Mover::Poster)));
    static NEEDED: LazyLock<String> = LazyLock::new(|| {
        let waiting = WAITING.as_str();
        format!("with waiting as materialized (select j.key, j.due_at {waiting} order by j.due_at, j.key limit $4) {SELECT_NEEDS}")
    });
    static COUNT: LazyLock<String> = LazyLock::new(|| format!("select count(*) {}", WAITING.as_str()));
    let found: Vec<WaitingJob> = sql(&NEEDED).bind(team).page(paging).bind(COUNT_MAX).long().all(conn).await?;
    let total = match found.first() {
        Some(first) => first.total,
        // Beyond the end of the list no row carries the total.
        None => sql(&COUNT).bind(team).long().count(conn).await?,
    };
    Ok(Page::new(found.into_iter().map(|waiting| waiting.need).collect(), total.min(COUNT_MAX), paging))
}

/// Selects a page of the waiting jobs with the facts that their next move depends on.
const SELECT_NEEDS: &str = concat!(
    "select j.id, j.title, j.status, j.due_at, g.name as worker, j.price, j.fee_bps, coalesce(v.proofer_count, 0) as proofer_count, v.consensus, \
     (select count(*) from deliverable d where d.job_key = j.key) as versions, \
     (select count(*) from application p where p.job_key = j.key and p.kind = 'work' and p.status = 'pending') as offers, \
     (select count(*) from application p where p.job_key = j.key and p.kind = 'proof' and p.status = 'pending') as proof_offers, \
     (select count(*) from proof_seat s where s.job_key = j.key and s.round = v.round and s.status <> 'freed') as seats, \
     (select count(*) from proof_seat s where s.job_key = j.key and s.round = v.round and s.status = 'accepted') as unfunded, \
     (select cast(coalesce(sum(s.fee), 0) as bigint) from proof_seat s where s.job_key = j.key and s.round = v.round \
      and s.status = 'accepted') as unfunded_cost, ",
    unanswered!(),
    " as unanswered, (select count(*) from waiting) as total \
     from (select key from waiting order by due_at, key limit $2 offset $3) as n join job j on j.key = n.key \
     left join review v on v.job_key = j.key left join agent g on g.id = j.agent_id order by j.due_at, j.key"
);

/// The balances of a wallet and of escrows.
#[derive(Deserialize)]
struct HeldFunds {
    available: Money,
    work: Money,
    proof: Money,
    jobs: i64,
}

/// The amounts that left escrows.
#[derive(Deserialize)]
struct ReleasedFunds {
    spent: Money,
    spent_jobs: i64,
    refunded: Money,
    refunded_jobs: i64,
}

pub(super) async fn spending(conn: &mut Conn, team: &TeamId, since: Time) -> Result<Spending> {
    let wallet = Account::wallet(team).id;
    // By purpose: every escrow account that holds money is one funded job. The index of money put aside has the words about wallets.
    let held: Option<HeldFunds> = sql("select coalesce((select balance from account where id = $2), 0) as available, \
         cast(coalesce(sum(case when purpose = 'escrow' then balance end), 0) as bigint) as work, \
         cast(coalesce(sum(case when purpose = 'review' then balance end), 0) as bigint) as proof, \
         count(case when purpose = 'escrow' then 1 end) as jobs from account \
         where team_id = $1 and purpose in ('escrow', 'review') and purpose <> 'wallet' and balance > 0")
    .bind(team)
    .bind(&wallet)
    .optional(conn)
    .await?;
    // The part of an entry that left the escrow and did not reach the poster's wallet went to others.
    let gone: Option<ReleasedFunds> = sql(concat!(
        "select cast(coalesce(sum(-l.amount - coalesce(b.amount, 0)), 0) as bigint) as spent, \
         count(distinct case when l.amount + coalesce(b.amount, 0) <> 0 then j.id end) as spent_jobs, \
         cast(coalesce(sum(b.amount), 0) as bigint) as refunded, count(distinct case when b.amount > 0 then j.id end) as refunded_jobs \
         from job j left join review v on v.job_key = j.key \
         join account a on a.id in ('escrow:' || j.id, case when v.round > 0 then 'proof:' || j.id end) \
         join leg l on l.account_key = a.key \
         left join leg b on b.entry_key = l.entry_key and b.account_key = (select key from account where id = $2) \
         where j.team_id = $1 and j.status in ",
        job_statuses!(closed),
        " and j.closed_at >= $3 and l.amount < 0"
    ))
    .bind(team)
    .bind(&wallet)
    .bind(since)
    .long()
    .optional(conn)
    .await?;
    let (held, gone) = (held.ok_or_else(Error::internal)?, gone.ok_or_else(Error::internal)?);
    Ok(Spending {
        available: held.available,
        held: Money(held.work.0 + held.proof.0),
        held_jobs: held.jobs,
        spent: gone.spent,
        spent_jobs: gone.spent_jobs,
        refunded: gone.refunded,
        refunded_jobs: gone.refunded_jobs,
    })
}

/// Open jobs with offers to choose from.
macro_rules! choices {
    ($rest:literal) => {
        concat!(
            "select j.id, j.title, j.fee_bps, j.budget_max, coalesce(v.proofer_count, 0) as proofer_count, \
             coalesce(v.proof_fee, 0) as proof_fee, coalesce(v.proof_rounds, 0) as proof_rounds, \
             (select count(*) from application p where p.job_key = j.key and p.kind = 'work' and p.status = 'pending') as offers \
             from job j left join review v on v.job_key = j.key where j.team_id = $1 and j.status = ",
            job_status!(open),
            " \
             and exists (select 1 from application p where p.job_key = j.key and p.kind = 'work' and p.status = 'pending') ",
            $rest
        )
    };
}

pub(super) async fn choosing(conn: &mut Conn, team: &TeamId, limit: i64) -> Result<Vec<HireChoice>> {
    sql(choices!("order by j.key limit $2")).bind(team).bind(limit).long().all(conn).await
}

pub(super) async fn choice(conn: &mut Conn, team: &TeamId, id: &JobId) -> Result<Option<HireChoice>> {
    sql(choices!("and j.id = $2")).bind(team).bind(id).optional(conn).await
}

/// Counts the pending applications for a job.
pub(super) async fn waiting(conn: &mut Conn, job: JobKey) -> Result<i64> {
    sql("select count(*) from application where job_key = $1 and kind = 'work' and status = 'pending'").bind(job).count(conn).await
}

/// Lists the pending applications for a job, the cheapest first.
pub(super) async fn offers(conn: &mut Conn, job: JobKey, paging: Paging) -> Result<Vec<PendingApplication>> {
    sql(concat!(
        "select p.id, p.team_id, t.name as team, p.agent_id, g.name as agent, g.bio, g.kind, p.price, p.cover_letter, p.created_at, \
         case when g.hidden_at is not null or ",
        identity::team_is_suspended!("p.team_id"),
        " then 0 else 1 end as is_available from application p join agent g on g.id = p.agent_id join team t on t.id = p.team_id \
         where p.job_key = $1 and p.kind = 'work' and p.status = 'pending' order by p.price, p.created_at, p.id limit $2 offset $3"
    ))
    .bind(job)
    .page(paging)
    .long()
    .all(conn)
    .await
}

/// Lists the last round of each job, decided or not, with its verdicts counted.
pub(super) async fn reviewed(conn: &mut Conn, team: &TeamId, limit: i64) -> Result<Vec<ReviewedJob>> {
    sql("select j.id, j.title, j.status, v.round, v.proofer_count, j.due_at, q.consensus, count(p.id) as verdicts, \
         count(case when p.verdict = 'approve' then 1 end) as approve, \
         count(case when p.verdict = 'needs_revision' then 1 end) as needs_revision, \
         count(case when p.verdict = 'reject' then 1 end) as reject, \
         coalesce(q.score, (cast(sum(p.score) as bigint) + count(p.id) / 2) / nullif(count(p.id), 0)) as score \
         from (select job_key from review where team_id = $1 and round > 0 order by updated_at desc, job_key limit $2) as n \
         join review v on v.job_key = n.job_key join job j on j.key = n.job_key \
         left join proof p on p.job_key = j.key and p.round = v.round left join proof_round q on q.job_key = j.key and q.round = v.round \
         group by j.id, j.title, j.status, v.round, v.proofer_count, j.due_at, v.updated_at, v.job_key, q.consensus, q.score \
         order by v.updated_at desc, v.job_key")
    .bind(team)
    .bind(limit)
    .long()
    .all(conn)
    .await
}

/// Selects tasks by their keys, in an order.
fn select_tasks(chosen: &str, order: &str) -> String {
    format!("{SELECT_TASKS} from ({chosen}) as n join job j on j.key = n.key order by {order}")
}

const SELECT_TASKS: &str = concat!(
    "select j.id, j.title, j.status, j.due_at, coalesce(j.price, 0) as price, (select v.consensus from review v where v.job_key = j.key) as consensus, \
     (select count(*) from deliverable d where d.job_key = j.key) as versions, ",
    unanswered!(),
    " as unanswered"
);

/// The condition that a job is unfinished and a team's to do. The index of such jobs serves it.
const WORKING: &str = "j.worker_team_id = $1 and j.closed_at is null";

pub(super) async fn tasks(conn: &mut Conn, team: &TeamId, paging: Paging) -> Result<Page<Task>> {
    // Those that wait for the worker come first. Each half is read in its order up to the end of the page.
    static TASKS: LazyLock<String> = LazyLock::new(|| {
        let (waits, unfinished) = (moves::waits_for(Mover::Worker), job_statuses!(unfinished));
        let half = |n: i64, which: String| {
            let chosen = format!("select j.key, {n} as half, j.due_at from job j where {WORKING} and {which}");
            format!("select * from ({chosen} order by j.due_at, j.key limit $4) as half{n}")
        };
        let (first, second) = (half(0, waits.clone()), half(1, format!("j.status in {unfinished} and not ({waits})")));
        let chosen = format!("select key, half from ({first} union all {second}) as task order by half, due_at, key limit $2 offset $3");
        select_tasks(&chosen, "n.half, j.due_at, j.key")
    });
    let counted = "select count(*) from (select 1 from job j where j.worker_team_id = $1 and j.closed_at is null limit $2) as found";
    let total = sql(counted).bind(team).bind(COUNT_MAX).count(conn).await?;
    let items = sql(&TASKS).bind(team).page(paging).bind(paging.offset.saturating_add(paging.limit)).long().all(conn).await?;
    Ok(Page::new(items, total, paging))
}

pub(super) async fn cooling(conn: &mut Conn, team: &TeamId, limit: i64) -> Result<Vec<Task>> {
    static COOLING: LazyLock<String> = LazyLock::new(|| {
        let releasing = format!("select j.key from job j where {WORKING} and j.status = {}", job_status!(releasing));
        select_tasks(&format!("{releasing} order by j.due_at, j.key limit $2"), "j.due_at, j.key")
    });
    sql(&COOLING).bind(team).bind(limit).all(conn).await
}

/// Sums the amounts that others' jobs paid into a wallet, by day. A team's own jobs only refund its own money.
pub(super) async fn earned(conn: &mut Conn, team: &TeamId, since: Time) -> Result<Vec<Earned>> {
    sql("select substr(e.posted_at, 1, 10) || 'T00:00:00.000Z' as day, cast(sum(l.amount) as bigint) as amount, count(*) as payments \
         from leg l join entry e on e.key = l.entry_key where l.account_key = (select key from account where id = $1) and l.amount > 0 and e.posted_at >= $3 and e.reason <> 'deposit' \
         and not exists (select 1 from job j where j.id = e.subject and j.team_id = $2) group by substr(e.posted_at, 1, 10)")
    .bind(Account::wallet(team).id)
    .bind(team)
    .bind(since)
    .long()
    .all(conn)
    .await
}

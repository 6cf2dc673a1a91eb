//! Mandates, their signed texts and the sums that were spent, as rows. A statement that counts a spend checks the limits itself.

use super::queries::Line;
use super::{Act, Hours, Mandate, Signed, SigningKey, Spend, Terms, calendar};
use kernel::id::{AgentId, ApprovalId, JobId, MemberId, TeamId};
use kernel::{Money, Result, Time};
use platform::db::{Conn, Tx, sql};
use serde::Deserialize;

/// The most signing keys that are read.
const KEYS_MAX: i64 = 100;

#[derive(Deserialize)]
struct MandateRow {
    agent_id: AgentId,
    team_id: TeamId,
    version: i64,
    is_enabled: bool,
    per_task: Option<Money>,
    per_day: Option<Money>,
    per_month: Option<Money>,
    approval_above: Option<Money>,
    categories: String,
    allowed: String,
    blocked: String,
    hours_from: Option<i64>,
    hours_until: Option<i64>,
    expires_at: Option<Time>,
    set_by: MemberId,
    set_at: Time,
    revoked_at: Option<Time>,
    day: String,
    day_spent: Money,
    month: String,
    month_spent: Money,
}

/// A mandate with the sums of its last day and month.
pub(super) struct Row {
    pub(super) mandate: Mandate,
    day: String,
    day_spent: Money,
    month: String,
    month_spent: Money,
}

impl From<MandateRow> for Row {
    fn from(row: MandateRow) -> Self {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        let terms = Terms {
            is_enabled: row.is_enabled,
            per_task: row.per_task,
            per_day: row.per_day,
            per_month: row.per_month,
            approval_above: row.approval_above,
            categories: words(&row.categories),
            allowed: words(&row.allowed),
            blocked: words(&row.blocked),
            hours: row.hours_from.zip(row.hours_until).map(|(from, until)| Hours { from, until }),
            expires_at: row.expires_at,
        };
        let MandateRow { agent_id, team_id, version, set_by, set_at, revoked_at, day, day_spent, month, month_spent, .. } = row;
        Self { mandate: Mandate { agent_id, team_id, version, terms, set_by, set_at, revoked_at }, day, day_spent, month, month_spent }
    }
}

impl Row {
    /// Returns the sum of the day of a time.
    pub(super) fn spent_today(&self, now: Time) -> Money {
        if self.day == calendar::day(now) { self.day_spent } else { Money::ZERO }
    }

    /// Returns the sum of the month of a time.
    pub(super) fn spent_this_month(&self, now: Time) -> Money {
        if self.month == calendar::month(now) { self.month_spent } else { Money::ZERO }
    }
}

/// Finds the mandate of an agent.
pub(super) async fn find(conn: &mut Conn, agent: &AgentId) -> Result<Option<Row>> {
    let row: Option<MandateRow> = sql("select agent_id, team_id, version, is_enabled, per_task, per_day, per_month, approval_above, \
         categories, allowed, blocked, hours_from, hours_until, expires_at, set_by, set_at, revoked_at, day, day_spent, month, month_spent \
         from mandate where agent_id = $1")
    .bind(agent)
    .optional(conn)
    .await?;
    Ok(row.map(Row::from))
}

/// Returns the version of an agent's mandate.
pub(super) async fn version(conn: &mut Conn, agent: &AgentId) -> Result<Option<i64>> {
    sql("select version from mandate where agent_id = $1").bind(agent).optional(conn).await
}

/// Returns true if an agent of the team has or had a mandate.
pub(super) async fn is_any_of(conn: &mut Conn, team: &TeamId) -> Result<bool> {
    Ok(sql("select count(*) from mandate where team_id = $1").bind(team).count(conn).await? > 0)
}

/// Writes a mandate over the version before; false if it is another one by now. The sums stay.
pub(super) async fn set(tx: &mut Tx, mandate: &Mandate) -> Result<bool> {
    let terms = &mandate.terms;
    let (day, month) = (calendar::day(mandate.set_at), calendar::month(mandate.set_at));
    let written = sql("insert into mandate (agent_id, team_id, version, is_enabled, per_task, per_day, per_month, approval_above, \
         categories, allowed, blocked, hours_from, hours_until, expires_at, set_by, set_at, day, month) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) \
         on conflict (agent_id) do update set version = excluded.version, is_enabled = excluded.is_enabled, \
         per_task = excluded.per_task, per_day = excluded.per_day, per_month = excluded.per_month, \
         approval_above = excluded.approval_above, categories = excluded.categories, allowed = excluded.allowed, \
         blocked = excluded.blocked, hours_from = excluded.hours_from, hours_until = excluded.hours_until, \
         expires_at = excluded.expires_at, set_by = excluded.set_by, set_at = excluded.set_at, revoked_at = null \
         where mandate.version = excluded.version - 1")
    .bind(&mandate.agent_id)
    .bind(&mandate.team_id)
    .bind(mandate.version)
    .bind(terms.is_enabled)
    .bind(terms.per_task)
    .bind(terms.per_day)
    .bind(terms.per_month)
    .bind(terms.approval_above)
    .bind(terms.categories.join(" "))
    .bind(terms.allowed.join(" "))
    .bind(terms.blocked.join(" "))
    .bind(terms.hours.map(|hours| hours.from))
    .bind(terms.hours.map(|hours| hours.until))
    .bind(terms.expires_at)
    .bind(&mandate.set_by)
    .bind(mandate.set_at)
    .bind(day)
    .bind(month)
    .run(tx)
    .await?;
    Ok(written == 1)
}

/// Revokes a mandate; false if there is none that is not revoked.
pub(super) async fn revoke(tx: &mut Tx, agent: &AgentId) -> Result<bool> {
    let now = tx.now;
    let revoked = sql("update mandate set revoked_at = $2 where agent_id = $1 and revoked_at is null").bind(agent).bind(now);
    Ok(revoked.run(tx).await? == 1)
}

/// Keeps the signed text of a version.
pub(super) async fn insert_version(tx: &mut Tx, mandate: &Mandate, signed: &Signed) -> Result<()> {
    sql("insert into mandate_version (agent_id, version, document, signature, signing_key_id) values ($1, $2, $3, $4, $5)")
        .bind(&mandate.agent_id)
        .bind(mandate.version)
        .bind(&signed.document)
        .bind(&signed.signature)
        .bind(&signed.signing_key_id)
        .run(tx)
        .await?;
    Ok(())
}

/// Deletes the signed texts of old versions.
pub(super) async fn forget_versions(tx: &mut Tx, agent: &AgentId, upto: i64) -> Result<()> {
    sql("delete from mandate_version where agent_id = $1 and version <= $2").bind(agent).bind(upto).run(tx).await?;
    Ok(())
}

/// Finds the signed text of a mandate's version.
pub(super) async fn signed(conn: &mut Conn, mandate: &Mandate) -> Result<Option<Signed>> {
    sql("select document, signature, signing_key_id from mandate_version where agent_id = $1 and version = $2")
        .bind(&mandate.agent_id)
        .bind(mandate.version)
        .optional(conn)
        .await
}

/// Counts a sum for the day and the month; false if a limit does not leave it, or the mandate is not the one that was read. A day that is
/// older than the last one counts nothing: the clock of another process is ahead.
pub(super) async fn count(tx: &mut Tx, mandate: &Mandate, amount: Money) -> Result<bool> {
    let (day, month) = (calendar::day(tx.now), calendar::month(tx.now));
    let counted = sql("update mandate set day_spent = case when day = $3 then day_spent else 0 end + $5, day = $3, \
         month_spent = case when month = $4 then month_spent else 0 end + $5, month = $4 \
         where agent_id = $1 and version = $2 and revoked_at is null and is_enabled = 1 and day <= $3 and month <= $4 \
         and (per_day is null or case when day = $3 then day_spent else 0 end + $5 <= per_day) \
         and (per_month is null or case when month = $4 then month_spent else 0 end + $5 <= per_month)")
    .bind(&mandate.agent_id)
    .bind(mandate.version)
    .bind(day)
    .bind(month)
    .bind(amount)
    .run(tx)
    .await?;
    Ok(counted == 1)
}

/// The sums that an agent spent on one job.
#[derive(Default, Deserialize)]
pub(super) struct Task {
    /// All of it.
    pub(super) spent: Money,
    /// The part that no person approved.
    pub(super) unapproved: Money,
}

/// Returns the sums that an agent spent on a job.
pub(super) async fn task(conn: &mut Conn, agent: &AgentId, job: &JobId) -> Result<Task> {
    let found = sql("select spent, unapproved from mandate_task where agent_id = $1 and job_id = $2").bind(agent).bind(job);
    Ok(found.optional(conn).await?.unwrap_or_default())
}

/// Counts a sum for a job; false if its limit, or the sum that no person approves, does not leave it. The caller read that a first sum is
/// within them.
pub(super) async fn count_task(tx: &mut Tx, mandate: &Mandate, job: &JobId, amount: Money, is_approved: bool) -> Result<bool> {
    let unlimited = Money(i64::MAX);
    let counted = sql("insert into mandate_task (agent_id, job_id, spent, unapproved) values ($1, $2, $3, $4) \
         on conflict (agent_id, job_id) do update set spent = mandate_task.spent + excluded.spent, \
         unapproved = mandate_task.unapproved + excluded.unapproved \
         where mandate_task.spent + excluded.spent <= $5 \
         and (excluded.unapproved = 0 or mandate_task.unapproved + excluded.unapproved <= $6)")
    .bind(&mandate.agent_id)
    .bind(job)
    .bind(amount)
    .bind(if is_approved { Money::ZERO } else { amount })
    .bind(mandate.terms.per_task.unwrap_or(unlimited))
    .bind(mandate.terms.approval_above.unwrap_or(unlimited))
    .run(tx)
    .await?;
    Ok(counted == 1)
}

/// Keeps a spend for the summary.
pub(super) async fn insert_spend(tx: &mut Tx, mandate: &Mandate, spend: &Spend<'_>, approval: Option<&ApprovalId>) -> Result<()> {
    let now = tx.now;
    sql("insert into mandate_spend (agent_id, job_id, act, amount, version, approval_id, at) values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(&mandate.agent_id)
        .bind(spend.job)
        .bind(spend.act.as_str())
        .bind(spend.amount)
        .bind(mandate.version)
        .bind(approval.map(ApprovalId::as_str))
        .bind(now)
        .run(tx)
        .await?;
    Ok(())
}

/// Returns the agent whose mandate counted the last spend of an act on a job.
pub(super) async fn spender_of(conn: &mut Conn, job: &JobId, act: Act) -> Result<Option<AgentId>> {
    let last = sql("select agent_id from mandate_spend where job_id = $1 and act = $2 order by key desc limit 1").bind(job);
    last.bind(act.as_str()).optional(conn).await
}

/// Lists the last spends of an agent, the newest first.
pub(super) async fn last_spends(conn: &mut Conn, agent: &AgentId, limit: i64) -> Result<Vec<Line>> {
    sql("select job_id, act, amount, version, approval_id, at from mandate_spend where agent_id = $1 order by key desc limit $2")
        .bind(agent)
        .bind(limit)
        .all(conn)
        .await
}

/// A signing key with its encrypted half.
#[derive(Deserialize)]
pub(super) struct SealedKey {
    pub(super) id: String,
    pub(super) sealed: String,
}

/// Lists the signing keys with their encrypted halves, the newest first.
pub(super) async fn sealed_keys(conn: &mut Conn) -> Result<Vec<SealedKey>> {
    sql("select id, sealed from signing_key order by created_at desc, id limit $1").bind(KEYS_MAX).all(conn).await
}

/// Lists the public halves of the signing keys, the newest first.
pub(super) async fn signing_keys(conn: &mut Conn) -> Result<Vec<SigningKey>> {
    sql("select id, public_key, created_at from signing_key order by created_at desc, id limit $1").bind(KEYS_MAX).all(conn).await
}

/// Keeps a new signing key.
pub(super) async fn insert_key(tx: &mut Tx, key: &SigningKey, sealed: &str) -> Result<()> {
    sql("insert into signing_key (id, public_key, sealed, created_at) values ($1, $2, $3, $4)")
        .bind(&key.id)
        .bind(&key.public_key)
        .bind(sealed)
        .bind(key.created_at)
        .run(tx)
        .await?;
    Ok(())
}

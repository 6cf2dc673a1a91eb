//! The tables of notifications, of the choices of mail, and of the secrets that stop it.

use super::{Choice, Counts, Delivery, Kind, Mailing, Notification, Place};
use kernel::id::{AgentId, JobId, MemberId, NotificationId, TeamId};
use kernel::{Page, Paging, Result, Time};
use platform::db::{Conn, Tx, sql};
use serde::Deserialize;

/// A notification before it is written.
pub(super) struct New<'a> {
    pub(super) member: &'a MemberId,
    pub(super) team: &'a TeamId,
    pub(super) kind: Kind,
    pub(super) place: Place,
    pub(super) about: &'a str,
    pub(super) job: Option<&'a JobId>,
    pub(super) agent: Option<&'a AgentId>,
    pub(super) body: &'a str,
    pub(super) due_at: Option<Time>,
    pub(super) waits: bool,
    pub(super) mailing: Mailing,
}

/// Writes a notification; false if the member was told of it before. A move that comes back is told again.
pub(super) async fn insert(tx: &mut Tx, new: &New<'_>) -> Result<bool> {
    let now = tx.now;
    let written = sql("insert into notification (id, member_id, team_id, kind, place, about, job_key, body, due_at, waits, mailing, \
         created_at, told_at, agent_id) values ($1, $2, $3, $4, $5, $6, (select key from job where id = $7), $8, $9, $10, $11, $12, $12, $13) \
         on conflict (member_id, about) do update set waits = 1, mailing = excluded.mailing, told_at = excluded.told_at, read_at = null \
         where notification.waits = 0 and excluded.waits = 1")
    .bind(&NotificationId::new())
    .bind(new.member)
    .bind(new.team)
    .bind(new.kind.as_str())
    .bind(new.place.as_str())
    .bind(new.about)
    .bind(new.job.map(JobId::as_str))
    .bind(new.body)
    .bind(new.due_at)
    .bind(new.waits)
    .bind(new.mailing.as_str())
    .bind(now)
    .bind(new.agent.map(AgentId::as_str))
    .run(tx)
    .await?;
    Ok(written == 1)
}

/// Tells a member of a move once more.
pub(super) async fn tell_again(tx: &mut Tx, member: &MemberId, about: &str, mailing: Mailing) -> Result<()> {
    let now = tx.now;
    sql("update notification set told_at = $1, read_at = null, mailing = $2 where member_id = $3 and about = $4 and waits = 1")
        .bind(now)
        .bind(mailing.as_str())
        .bind(member)
        .bind(about)
        .run(tx)
        .await?;
    Ok(())
}

/// Ends the notifications of a job's earlier moves: all but the one that is about `about`, and those of members who don't have it.
pub(super) async fn end_moves(tx: &mut Tx, job: &JobId, about: &str, waiting: &[MemberId]) -> Result<()> {
    let open: Vec<OpenMove> = sql("select n.key, n.member_id, n.about from notification n join job j on j.key = n.job_key \
         where j.id = $1 and n.waits = 1 order by n.key")
    .bind(job)
    .all(tx)
    .await?;
    let now = tx.now;
    for ended in open.iter().filter(|open| open.about != about || !waiting.contains(&open.member_id)) {
        sql("update notification set waits = 0, read_at = coalesce(read_at, $1), mailing = case when mailing = 'due' then 'none' \
             else mailing end where key = $2")
        .bind(now)
        .bind(ended.key)
        .run(tx)
        .await?;
    }
    Ok(())
}

/// Ends what members were told of an agent under the name `about`.
pub(super) async fn end_of_agent(tx: &mut Tx, agent: &AgentId, about: &str) -> Result<()> {
    let now = tx.now;
    sql("update notification set waits = 0, read_at = coalesce(read_at, $1) where agent_id = $2 and about = $3 and waits = 1")
        .bind(now)
        .bind(agent)
        .bind(about)
        .run(tx)
        .await?;
    Ok(())
}

#[derive(Deserialize)]
struct OpenMove {
    key: i64,
    member_id: MemberId,
    about: String,
}

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "select n.id, n.team_id, t.name as team, n.kind, n.place, j.id as job_id, j.title as job_title, n.agent_id, a.name as agent, \
             n.body, n.due_at, n.waits, n.told_at, n.read_at from notification n join team t on t.id = n.team_id \
             left join job j on j.key = n.job_key left join agent a on a.id = n.agent_id where ",
            $rest
        ))
    };
}

/// Lists a member's notifications, the last told first.
pub(super) async fn list(conn: &mut Conn, member: &MemberId, paging: Paging) -> Result<Page<Notification>> {
    let total = sql("select count(*) from notification where member_id = $1").bind(member).count(conn).await?;
    // The keys come first, so that nothing else is read of the rows that are skipped.
    let items = select!(
        "n.key in (select key from notification where member_id = $1 order by told_at desc, key desc limit $2 offset $3) \
         order by n.told_at desc, n.key desc"
    );
    let items = items.bind(member).page(paging).all(conn).await?;
    Ok(Page::new(items, total, paging))
}

/// Finds a notification of a member.
pub(super) async fn find(conn: &mut Conn, member: &MemberId, id: &NotificationId) -> Result<Option<Notification>> {
    select!("n.id = $1 and n.member_id = $2").bind(id).bind(member).optional(conn).await
}

/// Lists what the daily mail of a member tells of, oldest first.
pub(super) async fn due(conn: &mut Conn, member: &MemberId, limit: i64) -> Result<Vec<Notification>> {
    select!("n.member_id = $1 and n.mailing = 'due' and n.read_at is null order by n.key limit $2").bind(member).bind(limit).all(conn).await
}

/// Marks all that waits for the daily mail of a member as sent.
pub(super) async fn set_sent(tx: &mut Tx, member: &MemberId) -> Result<()> {
    sql("update notification set mailing = 'sent' where member_id = $1 and mailing = 'due'").bind(member).run(tx).await?;
    Ok(())
}

/// Deletes notifications that were last told before `since` and of which no move waits, a batch at a time.
pub(super) async fn delete_old(tx: &mut Tx, since: Time, limit: i64) -> Result<u64> {
    sql("delete from notification where key in \
         (select key from notification where told_at < $1 and waits = 0 and mailing <> 'due' order by told_at limit $2)")
    .bind(since)
    .bind(limit)
    .run(tx)
    .await
}

#[derive(Deserialize)]
struct Open {
    place: Place,
    team_id: TeamId,
    unread: i64,
    waiting: i64,
}

/// Counts a member's unread notifications, and the moves that wait for the member in a team.
pub(super) async fn counts(conn: &mut Conn, member: &MemberId, team: &TeamId) -> Result<Counts> {
    let open: Vec<Open> = sql("select place, team_id, count(case when read_at is null then 1 end) as unread, \
         count(case when waits = 1 then 1 end) as waiting from notification \
         where member_id = $1 and (read_at is null or waits = 1) group by place, team_id")
    .bind(member)
    .all(conn)
    .await?;
    let waiting = |place: Place| open.iter().filter(|open| open.place == place && open.team_id == *team).map(|open| open.waiting).sum();
    Ok(Counts {
        unread: open.iter().map(|open| open.unread).sum(),
        hire: waiting(Place::Hire),
        work: waiting(Place::Work),
        proof: waiting(Place::Proof),
        agents: waiting(Place::Agents),
        disputes: open.iter().filter(|open| open.place == Place::Disputes).map(|open| open.waiting).sum(),
    })
}

/// Marks a member's notification as read; false if there is no such one.
pub(super) async fn read(tx: &mut Tx, member: &MemberId, id: &NotificationId) -> Result<bool> {
    let now = tx.now;
    let found = sql("update notification set read_at = coalesce(read_at, $1) where id = $2 and member_id = $3")
        .bind(now)
        .bind(id)
        .bind(member)
        .run(tx)
        .await?;
    Ok(found == 1)
}

/// Counts a member's unread notifications of a kind about a job.
pub(super) async fn unread(conn: &mut Conn, member: &MemberId, job: &JobId, kind: Kind) -> Result<i64> {
    // The index of open notifications has this condition.
    let unread = sql("select count(*) from notification where member_id = $1 and (read_at is null or waits = 1) and read_at is null \
         and kind = $2 and job_key = (select key from job where id = $3)");
    unread.bind(member).bind(kind.as_str()).bind(job).count(conn).await
}

/// Marks a member's notifications of a kind about a job as read.
pub(super) async fn read_of(tx: &mut Tx, member: &MemberId, job: &JobId, kind: Kind) -> Result<()> {
    let now = tx.now;
    let read = sql("update notification set read_at = $1 where member_id = $2 and (read_at is null or waits = 1) and read_at is null \
         and kind = $3 and job_key = (select key from job where id = $4)");
    read.bind(now).bind(member).bind(kind.as_str()).bind(job).run(tx).await?;
    Ok(())
}

/// Marks all notifications of a member as read.
pub(super) async fn read_all(tx: &mut Tx, member: &MemberId) -> Result<()> {
    let now = tx.now;
    sql("update notification set read_at = $1 where member_id = $2 and read_at is null").bind(now).bind(member).run(tx).await?;
    Ok(())
}

/// Lists the choices that a member made.
pub(super) async fn choices(conn: &mut Conn, member: &MemberId) -> Result<Vec<Choice>> {
    sql("select kind, delivery from mail_choice where member_id = $1").bind(member).all(conn).await
}

/// Stores a member's choice for one kind.
pub(super) async fn choose(tx: &mut Tx, member: &MemberId, kind: Kind, delivery: Delivery) -> Result<()> {
    sql("insert into mail_choice (member_id, kind, delivery) values ($1, $2, $3) \
         on conflict (member_id, kind) do update set delivery = excluded.delivery")
    .bind(member)
    .bind(kind.as_str())
    .bind(delivery.as_str())
    .run(tx)
    .await?;
    Ok(())
}

/// Returns the secret of the links that stop a member's mail; `fresh` becomes it if there was none.
pub(super) async fn stop_secret(tx: &mut Tx, member: &MemberId, fresh: &str) -> Result<String> {
    sql("insert into mail_stop (member_id, secret) values ($1, $2) on conflict (member_id) do nothing")
        .bind(member)
        .bind(fresh)
        .run(tx)
        .await?;
    let secret: Option<String> = sql("select secret from mail_stop where member_id = $1").bind(member).optional(tx).await?;
    secret.ok_or_else(kernel::Error::internal)
}

/// Finds the member whose links have this secret.
pub(super) async fn stopped_by(conn: &mut Conn, secret: &str) -> Result<Option<MemberId>> {
    sql("select member_id from mail_stop where secret = $1").bind(secret).optional(conn).await
}

//! The tables of a provider's news, and of what was taken back of payments.

use super::{News, Outcome, RefusedNews, ReversalNews};
use kernel::Result;
use platform::SWEEP_BATCH;
use platform::db::{Conn, Tx, sql};

/// Waits for the turn of this transaction among all that apply news, and holds it until the end.
pub(super) async fn take_turn(tx: &mut Tx) -> Result<()> {
    sql("update payment_turn set taken_at = $1 where key = 1").bind(tx.now).run(tx).await?;
    Ok(())
}

/// Returns the outcome of a piece of news that was received before.
pub(super) async fn outcome(conn: &mut Conn, id: &str) -> Result<Option<Outcome>> {
    sql("select outcome from payment_news where id = $1").bind(id).optional(conn).await
}

/// Keeps a piece of news.
pub(super) async fn insert(tx: &mut Tx, news: &News, outcome: Outcome, reason: Option<&str>) -> Result<()> {
    sql("insert into payment_news (id, kind, outcome, reason, body, received_at) values ($1, $2, $3, $4, $5, $6)")
        .bind(&news.id)
        .bind(&news.kind)
        .bind(outcome.as_str())
        .bind(reason)
        // News of nothing of ours may be about people whom this server does not know.
        .bind(if outcome == Outcome::Ignored { "" } else { &news.body })
        .bind(tx.now)
        .run(tx)
        .await?;
    Ok(())
}

/// Writes the state of a refund or a dispute, unless a final one is known.
pub(super) async fn set_reversal(tx: &mut Tx, payment: &str, news: &ReversalNews) -> Result<()> {
    sql("insert into payment_reversal (id, payment, amount, is_dispute, state, created_at) values ($1, $2, $3, $4, $5, $6) \
         on conflict (id) do update set state = excluded.state, amount = excluded.amount where payment_reversal.state = 'open'")
    .bind(&news.id)
    .bind(payment)
    .bind(news.amount)
    .bind(i64::from(news.is_dispute))
    .bind(news.state.as_str())
    .bind(tx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// Lists the news that were refused, the newest first, those before the id `before`.
pub(super) async fn refused(conn: &mut Conn, before: Option<&str>, limit: i64) -> Result<Vec<RefusedNews>> {
    sql("select id, kind, coalesce(reason, '') as reason, received_at from payment_news where outcome = 'refused' and ($1 is null or \
         (received_at, id) < (select received_at, id from payment_news where id = $1)) order by received_at desc, id desc limit $2")
    .bind(before)
    .bind(limit)
    .all(conn)
    .await
}

/// Deletes some of the news that were received before a time. Those that were refused stay.
pub async fn forget_old(tx: &mut Tx) -> Result<u64> {
    sql("delete from payment_news where id in (select id from payment_news where received_at < $1 and outcome <> 'refused' limit $2)")
        .bind(tx.now.before(super::KEPT))
        .bind(SWEEP_BATCH)
        .run(tx)
        .await
}

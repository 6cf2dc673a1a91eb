//! The plain statements of the bare limit.

use market::db::{Tx, sql};
use market::{Market, Result};

const TABLES: [&str; 4] = [
    "create table raw_account (id text primary key, kind text not null, balance bigint not null default 0)",
    "create table raw_entry (id text primary key, reason text not null, posted_at text not null)",
    "create table raw_leg (entry_id text not null, account_id text not null, amount bigint not null, primary key (entry_id, account_id))",
    "create table raw_job (id text primary key, owner_id text not null, title text not null, budget bigint not null, status text not null, \
     worker_id text, created_at text not null)",
];

pub(super) async fn prepare(market: &Market) -> Result<()> {
    let mut tx = market.begin().await?;
    for table in TABLES {
        sql(table).run(&mut tx).await?;
    }
    for caller in 0..256 {
        sql("insert into raw_account (id, kind, balance) values ($1, 'wallet', 1000000000000)")
            .bind(format!("wallet:{caller}"))
            .run(&mut tx)
            .await?;
    }
    tx.commit().await
}

pub(super) async fn hold(tx: &mut Tx, job: &str, wallet: &str) -> Result<()> {
    let now = tx.now;
    sql("insert into raw_job (id, owner_id, title, budget, status, created_at) values ($1, $2, $3, $4, $5, $6)")
        .bind(job)
        .bind(wallet)
        .bind("A job")
        .bind(1_i64)
        .bind("open")
        .bind(now)
        .run(tx)
        .await?;
    let entry = format!("hold:{job}");
    sql("insert into raw_entry (id, reason, posted_at) values ($1, $2, $3)").bind(&entry).bind("hold").bind(now).run(tx).await?;
    for (account, kind, amount) in [(wallet.to_owned(), "wallet", -1_i64), (format!("escrow:{job}"), "escrow", 1)] {
        sql("insert into raw_account (id, kind) values ($1, $2) on conflict (id) do nothing").bind(&account).bind(kind).run(tx).await?;
        sql("update raw_account set balance = balance + $1 where id = $2 and balance + $1 >= $3")
            .bind(amount)
            .bind(&account)
            .bind(0_i64)
            .run(tx)
            .await?;
        sql("insert into raw_leg (entry_id, account_id, amount) values ($1, $2, $3)")
            .bind(&entry)
            .bind(&account)
            .bind(amount)
            .run(tx)
            .await?;
    }
    Ok(())
}

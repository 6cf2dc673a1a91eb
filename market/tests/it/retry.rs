//! An act that lost to another one runs again, and leaves nothing of the runs that failed.

use market::db::sql;
use market::{Error, RETRIES_MAX, Result};
use std::cell::Cell;
use testkit::{TestApp, both};

/// Runs an act that fails so often; returns its result and how often it ran.
async fn ran(app: &TestApp, failures: usize, error: fn() -> Error) -> (Result<()>, usize) {
    let runs = Cell::new(0);
    let done = market::act!(app.market, |tx| {
        runs.set(runs.get() + 1);
        sql("insert into setting (name, value) values ($1, 'x')").bind(format!("run {}", runs.get())).run(tx).await?;
        if runs.get() <= failures { Err(error()) } else { Ok(()) }
    });
    (done, runs.get())
}

async fn left(app: &TestApp) -> i64 {
    sql("select count(*) from setting where name like 'run %'").count(&mut app.read().await).await.expect("counts")
}

both! {
    async fn a_lost_act_runs_again(app) {
        let (done, runs) = ran(app, RETRIES_MAX, Error::try_again).await;
        assert_eq!((done, runs, left(app).await), (Ok(()), RETRIES_MAX + 1, 1));
    }

    async fn but_not_for_ever(app) {
        let (done, runs) = ran(app, 99, Error::try_again).await;
        assert_eq!((done.map_err(|error| error.is_transient()), runs, left(app).await), (Err(true), RETRIES_MAX + 1, 0));
    }

    async fn nor_for_any_error(app) {
        let (done, runs) = ran(app, 1, Error::internal).await;
        assert_eq!((done, runs, left(app).await), (Err(Error::internal()), 1, 0));
    }
}

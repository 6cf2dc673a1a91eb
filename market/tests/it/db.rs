//! The database room: a failed act leaves its neighbours alone, and a failed commit stops everything.

use market::db::{Conn, ping, sql};
use market::{Kind, Result};
use std::time::Duration;
use testkit::{TestApp, both};

async fn put(conn: &mut Conn, id: &str) -> Result<u64> {
    sql("insert into team (id, name, kind, plan, created_at) values ($1, $2, 'personal', 'free', $3)")
        .bind(id)
        .bind(id)
        .bind(conn.now)
        .run(conn)
        .await
}

async fn count(app: &TestApp) -> i64 {
    sql("select count(*) from team where id like 'db_%'").count(&mut app.read().await).await.unwrap()
}

both! {
    async fn writes_that_are_refused_go_on_later(app) {
        app.market.db.refuse_writes(true);
        let error = app.market.begin().await.map(drop).unwrap_err();
        assert_eq!((error.code.as_ref(), error.kind), ("disk_full", Kind::Unavailable));
        app.market.read().await.unwrap();
        app.market.db.refuse_writes(false);
        app.newcomer("ada").await;
    }

    async fn a_database_that_reads_is_healthy(app) {
        assert_eq!(ping(&mut app.read().await).await, Ok(()));
    }

    async fn what_is_dropped_never_happened(app) {
        let mut tx = app.market.begin().await.unwrap();
        put(&mut tx, "db_1").await.unwrap();
        drop(tx);
        assert_eq!(count(app).await, 0);
    }

    async fn a_failed_act_leaves_its_neighbours_alone(app) {
        let acts: Vec<_> = (0..40)
            .map(|n| {
                let market = app.market.clone();
                tokio::spawn(async move {
                    let mut tx = market.begin().await?;
                    put(&mut tx, &format!("db_{n}")).await?;
                    if n % 2 == 0 {
                        return Ok(()); // Dropped.
                    }
                    tx.commit().await
                })
            })
            .collect();
        for act in acts {
            act.await.unwrap().unwrap();
        }
        assert_eq!(count(app).await, 20);
    }

    async fn parameters_are_taken_by_their_number(app) {
        let read: String = sql("select $2 || ',' || $1 || ',' || $2 as joined").bind("a").bind("b").optional(&mut app.read().await).await.unwrap().unwrap();
        assert_eq!(read, "b,a,b");
    }

    async fn a_broken_statement_is_our_fault_and_is_not_told(app) {
        let error = sql("select nonsense from nowhere").count(&mut app.read().await).await.unwrap_err();
        assert_eq!(error.kind, Kind::Internal);
        assert!(!error.message.contains("nonsense"));
    }
}

#[tokio::test]
async fn a_failed_commit_stops_all_writes() {
    let app = TestApp::sqlite().await;
    let mut tx = app.market.begin().await.unwrap();
    // A foreign key that is checked only at commit: the commit itself fails, as it does when a disk fails.
    sql("pragma defer_foreign_keys = on").run(&mut tx).await.ok();
    sql("insert into team_member (team_id, member_id, role_id, created_at) values ('none', 'none', 'owner', 'never')")
        .run(&mut tx)
        .await
        .unwrap();
    assert_eq!(tx.commit().await.unwrap_err().kind, Kind::Unavailable);
    tokio::time::timeout(Duration::from_secs(5), app.market.db.poisoned()).await.expect("the program is told to stop");
    assert_eq!(app.market.begin().await.err().expect("no write may follow").kind, Kind::Unavailable);
    assert_eq!(count(&app).await, 0, "reading still works");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_a_whole_market() {
    let app = TestApp::sqlite().await;
    let member = app.member("kept").await;
    let to = std::env::temp_dir().join(market::id::random("guildhall_backup_"));
    let (market, stop) = (app.market.clone(), std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false)));
    let stopped = stop.clone();
    let busy = tokio::spawn(async move {
        let mut n = 0;
        while !stopped.load(std::sync::atomic::Ordering::Relaxed) {
            let mut tx = market.begin().await.unwrap();
            put(&mut tx, &format!("db_{n}")).await.unwrap();
            tx.commit().await.unwrap();
            n += 1;
        }
    });
    tokio::time::timeout(Duration::from_secs(20), app.market.db.backup(&to)).await.expect("it ends although others write").unwrap();
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    busy.await.unwrap();
    let copy = market::db::Db::open(&format!("sqlite://{}", to.display())).await.unwrap();
    let mut conn = copy.read(app.clock().now(), &app.market.rules).await.unwrap();
    assert_eq!(sql("select count(*) from member where id = $1").bind(&member.member).count(&mut conn).await.unwrap(), 1);
    app.close().await;
    std::fs::remove_file(&to).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_is_written_all_the_time_does_not_grow_for_ever() {
    let app = TestApp::sqlite().await;
    let words = "word ".repeat(20_000);
    for n in 0..1_500 {
        let mut tx = app.market.begin().await.unwrap();
        sql("insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value")
            .bind(format!("long_{}", n % 8))
            .bind(&words)
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    let log = app.database.folder().unwrap().join("market.db-wal").metadata().unwrap().len();
    assert!((1..100_000_000).contains(&log), "of 150 MB that were written {log} bytes are in the log");
    app.close().await;
}

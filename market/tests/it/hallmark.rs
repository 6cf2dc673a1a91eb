//! Hallmarks: who earns one, what its check page tells whom, and what it notices.

use market::db::sql;
use market::dispute::Statement;
use market::hallmark::Checked;
use market::id::HallmarkId;
use market::job::{Category, Job, Status};
use market::{Actor, Duration, Kind, Result, hallmark};
use testkit::job::{JobFixture, delivery};
use testkit::review::{ReviewFixture, proofed};
use testkit::{TestApp, act, both, read};

async fn found(app: &TestApp, job: &Job) -> Option<HallmarkId> {
    let mut found = hallmark::of_jobs(&mut app.read().await, [&job.id]).await.expect("reads");
    found.remove(&job.id).map(|hallmark| hallmark.id)
}

async fn check(app: &TestApp, viewer: Option<&Actor>, id: &HallmarkId) -> Result<Checked> {
    hallmark::check(&mut app.read().await, viewer, id).await
}

/// A job that two of three proofers approved, and that was paid.
async fn paid(app: &TestApp) -> (ReviewFixture, HallmarkId) {
    let review = ReviewFixture::running(app, &proofed(3)).await;
    for (n, verdict) in ["approve", "needs_revision", "approve"].into_iter().enumerate() {
        review.judge(app, n, verdict).await.expect("judges");
    }
    act!(app, job::approve(&review.fixture.poster, review.id())).expect("approves");
    app.advance(app.market.rules.release_delay).await;
    let id = found(app, &review.fixture.job).await.expect("a hallmark");
    (review, id)
}

both! {
    async fn a_reviewed_and_paid_job_carries_one_that_anybody_can_check(app) {
        let (review, id) = paid(app).await;
        let told = check(app, None, &id).await.unwrap();
        assert_eq!((told.hallmark.approvals, told.verdicts, told.round, told.score, told.versions), (2, 3, 1, 80, 1));
        assert_eq!((told.agent.as_str(), told.poster.as_str(), told.category), ("worker", "poster", Category::Coding));
        assert_eq!(told.hallmark.issued_at, app.now());
        assert!(told.matches && told.checksum.len() == 64 && told.files_removed == 0);
        assert_eq!(told.title, None, "strangers read the category alone");
        let stranger = app.member("stranger").await;
        assert_eq!(check(app, Some(&stranger), &id).await.unwrap().title, None);
        for party in [&review.fixture.poster, &review.fixture.worker, &review.proofers[0]] {
            assert_eq!(check(app, Some(party), &id).await.unwrap().title.as_deref(), Some(review.fixture.job.title.as_str()));
        }
        assert_eq!(check(app, None, &"hm_unknown".into()).await.unwrap_err().kind, Kind::NotFound);
    }

    async fn it_notices_whatever_was_changed_since(app) {
        let (review, id) = paid(app).await;
        let key = app.count(sql("select key from job where id = $1").bind(review.id())).await;
        for (change, back) in [
            ("update deliverable set content = content || '!' where job_key = $1", "update deliverable set content = rtrim(content, '!') where job_key = $1"),
            ("update proof set score = score - 1 where job_key = $1", "update proof set score = score + 1 where job_key = $1"),
        ] {
            app.write(sql(change).bind(key)).await;
            assert!(!check(app, None, &id).await.unwrap().matches, "{change}");
            app.write(sql(back).bind(key)).await;
            assert!(check(app, None, &id).await.unwrap().matches, "{back}");
        }
    }

    async fn nothing_unearned_has_one(app) {
        let plain = JobFixture::completed(app).await;
        assert_eq!(found(app, &plain.job).await, None, "it was not reviewed");
        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "needs_revision").await.unwrap();
        act!(app, job::approve_anyway(&review.fixture.poster, review.id())).unwrap();
        assert_eq!(found(app, &review.fixture.job).await, None, "it is not paid yet");
        app.advance(app.market.rules.release_delay).await;
        let status = read!(app, job::mine(&review.fixture.poster, &market::job::Filter::default(), market::Paging::first(1))).unwrap();
        assert_eq!(status.items[0].status, market::job::Status::Completed);
        assert_eq!(found(app, &review.fixture.job).await, None, "its poster approved against the proofers");
    }

    async fn a_version_that_no_proofer_judged_earns_none(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        let (poster, worker) = (&review.fixture.poster, &review.fixture.worker);
        review.judge(app, 0, "approve").await.expect("judges");
        act!(app, job::request_revision(poster, review.id(), "One more column, please.")).expect("asks");
        let statement = Statement { statement: "It still lacks a column.".into(), ..Statement::default() };
        act!(app, dispute::open(poster, review.id(), &statement)).expect("opens");
        app.advance(Duration::minutes(1)).await;
        act!(app, job::deliver(worker, review.id(), &delivery())).expect("delivers in the dispute");
        for _ in 0..3 {
            app.advance(app.market.rules.ruling_window).await;
        }
        let job = review.fixture.look(app).await;
        assert_eq!(job.status, Status::Completed, "the default ruling pays a delivery");
        assert_eq!(found(app, &review.fixture.job).await, None);
    }

    async fn jobs_that_were_paid_before_get_theirs_once(app) {
        let (review, first) = paid(app).await;
        let before = check(app, None, &first).await.unwrap();
        app.write(sql("delete from hallmark")).await;
        for _ in 0..2 {
            hallmark::issue_all_missing(&app.market).await.unwrap();
        }
        let id = found(app, &review.fixture.job).await.expect("issued again");
        let now = check(app, None, &id).await.unwrap();
        assert!(now.matches && now.hallmark.id != first);
        assert_eq!((now.checksum, now.hallmark.issued_at), (before.checksum, before.hallmark.issued_at));
        assert_eq!(app.count(sql("select count(*) from hallmark")).await, 1);
    }
}

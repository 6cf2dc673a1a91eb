//! The totals of the lists of open jobs, which are tallied in memory: they are what counting would find, whatever happens to a job.

use market::db::sql;
use market::job::{Category, Filter};
use market::page::Part;
use market::{Actor, Duration, Paging, Rules, Time};
use testkit::job::{JobFixture, draft};
use testkit::{TestApp, act, both, read};

/// Returns the totals of all open jobs, of an agent's and of those that are hidden from it, which must be what the statements count.
async fn totals(app: &TestApp, worker: &Actor) -> (i64, i64, i64) {
    let mut found = (0, 0, 0);
    for category in [None, Category::parse("coding"), Category::parse("writing")] {
        // A filter by time is counted by a statement, and every job was posted after that.
        let tallied = Filter { category, ..Filter::default() };
        let counted = Filter { posted_after: Some(Time::from_ms(0)), ..tallied.clone() };
        let mut both = Vec::new();
        for filter in [&tallied, &counted] {
            let open = read!(app, job::open(filter, Paging::first(1))).unwrap().total;
            let available = read!(app, job::available(worker, filter, Paging::first(1))).unwrap().total;
            both.push((open, available, read!(app, job::hidden_by_specializations(worker, filter)).unwrap()));
        }
        assert_eq!(both[0], both[1], "{category:?}");
        found = if category.is_none() { both[0] } else { found };
    }
    found
}

both! {
    async fn totals_follow_whatever_happens_to_a_job(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        let (poster, worker, id) = (&fixture.poster, &fixture.worker, &fixture.job.id);
        assert_eq!(totals(app, worker).await, (1, 1, 0));
        let other = act!(app, job::post(poster, &draft())).unwrap();
        act!(app, job::post(worker, &draft())).unwrap();
        assert_eq!(totals(app, worker).await, (3, 2, 0), "its own is not for it");
        let writing = market::job::Draft { category: "writing".into(), ..draft() };
        act!(app, job::edit(poster, &other.id, &writing)).unwrap();
        assert_eq!(totals(app, worker).await, (3, 1, 1), "it moved to another category");
        act!(app, job::accept(poster, id, &application)).unwrap();
        assert_eq!(totals(app, worker).await, (2, 0, 1));
        app.advance(app.market.rules.funding_window).await;
        assert_eq!(totals(app, worker).await, (3, 1, 1), "nobody paid, so it is open again");
        act!(app, job::cancel(poster, &other.id, None)).unwrap();
        assert_eq!(totals(app, worker).await, (2, 1, 0));
        app.advance(Duration::days(400)).await;
        assert_eq!(totals(app, worker).await, (0, 0, 0), "all expired");
        let beside = TestApp::open(app.database.clone(), Rules::clone(&app.market.rules)).await;
        act!(beside, job::post(poster, &draft())).unwrap();
        assert_eq!(totals(app, worker).await, (1, 1, 0), "another process posted it");
        assert_eq!(totals(&beside, worker).await, (1, 1, 0));
    }

    async fn a_tally_that_fell_far_behind_begins_again(app) {
        let fixture = JobFixture::open(app).await;
        assert_eq!(totals(app, &fixture.worker).await, (1, 1, 0));
        let mut tx = app.market.begin().await.unwrap();
        for n in 0..1_100 {
            let job = market::job::post(&mut tx, &fixture.poster, &draft()).await.unwrap();
            if n % 2 == 0 {
                market::job::cancel(&mut tx, &fixture.poster, &job.id, None).await.unwrap();
                market::job::post(&mut tx, &fixture.poster, &draft()).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
        assert_eq!(totals(app, &fixture.worker).await, (1_101, 1_101, 0));
    }

    async fn lists_are_read_in_their_order_from_an_index(app) {
        if !app.url().starts_with("sqlite") {
            return;
        }
        #[derive(serde::Deserialize)]
        struct Step { detail: String }
        for (plan, index) in [
            ("explain query plan select key from job where status = 'open' and hidden_at is null and category = 'coding' \
              order by featured_until is null, key desc", "job_open_category"),
            ("explain query plan select key from job where status = 'open' and hidden_at is null and (featured_until is null) = true and key < 7 \
              order by key desc", "job_open ("),
            ("explain query plan select key, due_at from job where team_id = 'x' and status = 'expired' order by key desc", "COVERING INDEX job_stage"),
            ("explain query plan select id from job where worker_team_id = 'x' and closed_at is null and status = 'delivered' \
              order by due_at, key", "job_working"),
            ("explain query plan select key from job where worker_team_id = 'x' and status = 'completed' order by key desc", "job_completed"),
        ] {
            let steps: Vec<Step> = sql(plan).all(&mut app.read().await).await.unwrap();
            let told: Vec<_> = steps.into_iter().map(|step| step.detail).collect();
            assert!(told.join(" ").contains(index) && !told.join(" ").contains("TEMP B-TREE"), "{plan}: {told:?}");
        }
    }

    async fn a_narrowed_list_goes_on_after_an_item(app) {
        let fixture = JobFixture::open(app).await;
        let (poster, worker) = (&fixture.poster, &fixture.worker);
        let mut posted = vec![fixture.job.id.clone()];
        for n in 0..6 {
            // Two jobs of one moment each: then their ids decide.
            app.pass(Duration::seconds(n % 2));
            posted.push(act!(app, job::post(poster, &draft())).unwrap().id);
            act!(app, job::post(poster, &market::job::Draft { category: "writing".into(), ..draft() })).unwrap();
        }
        act!(app, job::feature(poster, &posted[2], None)).unwrap();
        let coding = Filter { category: Category::parse("coding"), ..Filter::default() };
        let whole = read!(app, job::available(worker, &coding, Paging::first(20))).unwrap().items;
        assert_eq!((whole.len(), &whole[0].id), (7, &posted[2]));
        let own = read!(app, job::mine(poster, &coding, Paging::first(20))).unwrap().items;
        for (before, next) in whole.iter().zip(&whole[1..]) {
            let part = || Part { paging: Paging::first(1), after: Some(before.id.0.clone()) };
            assert_eq!(read!(app, job::available(worker, &coding, part())).unwrap().items[0].id, next.id);
            assert_eq!(read!(app, job::open(&coding, part())).unwrap().items[0].id, next.id);
        }
        for (before, next) in own.iter().zip(&own[1..]) {
            let part = Part { paging: Paging::first(1), after: Some(before.id.0.clone()) };
            assert_eq!(read!(app, job::mine(poster, &coding, part)).unwrap().items[0].id, next.id);
        }
    }
}

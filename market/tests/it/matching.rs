//! Matching: open jobs ranked for a worker, with the reasons, and those that are left out.

use market::db::sql;
use market::id::JobId;
use market::job::{Category, Draft, TermsDraft};
use market::matching::{Match, Profile, ProfileDraft};
use market::page::Part;
use market::preference::Change;
use market::{Actor, Duration, Kind, Money, Page, Paging, Rules};
use testkit::job::{JobFixture, draft};
use testkit::review::{ReviewFixture, proofed};
use testkit::team::refused;
use testkit::{TestApp, act, both, read};

const FIRST: Paging = Paging::first(20);

/// Posts a job of a category with a budget and skills.
async fn post(app: &TestApp, poster: &Actor, category: &str, (least, most): (i64, i64), skills: &[&str]) -> JobId {
    let skills = skills.iter().map(|&word| word.to_owned()).collect();
    let terms = TermsDraft { skills: Some(skills), ..TermsDraft::default() };
    let draft = Draft { category: category.into(), budget_min: Some(least), budget_max: Some(most), terms, ..draft() };
    act!(app, job::post(poster, &draft)).expect("posts").id
}

async fn coding(app: &TestApp, poster: &Actor) -> JobId {
    post(app, poster, "coding", (10_000, 48_000), &[]).await
}

async fn recommended(app: &TestApp, worker: &Actor) -> Page<(JobId, Match)> {
    read!(app, matching::recommended(worker, FIRST)).expect("recommends").map(|one| (one.card.id, one.fit))
}

async fn ids(app: &TestApp, worker: &Actor) -> Vec<JobId> {
    recommended(app, worker).await.items.into_iter().map(|(id, _)| id).collect()
}

fn codes(fit: &Match) -> Vec<String> {
    fit.reasons.iter().map(|reason| reason.code().into_owned()).collect()
}

async fn prefer(app: &TestApp, worker: &Actor, change: Change) {
    act!(app, preference::update(worker, &change)).expect("changes");
}

both! {
    async fn the_best_match_comes_first_with_its_reasons(app) {
        let poster = app.member("poster").await;
        let worker = app.agent("worker", &["coding", "data"]).await;
        prefer(app, &worker, Change { skills: Some(vec!["rust".into(), "sql".into()]), budget_min: Some(20_000), ..Change::default() }).await;
        let none = post(app, &poster, "coding", (10_000, 20_000), &["go", "perl"]).await;
        let some = post(app, &poster, "coding", (10_000, 20_000), &["rust", "go", "sql"]).await;
        let all = post(app, &poster, "data", (20_000, 20_000), &["SQL"]).await;
        post(app, &poster, "design", (20_000, 20_000), &["sql"]).await;
        let page = recommended(app, &worker).await;
        assert_eq!(page.total, 3);
        let order: Vec<_> = page.items.iter().map(|(id, _)| id).collect();
        assert_eq!(order, [&all, &some, &none]);
        assert_eq!(codes(&page.items[0].1), ["category_said", "skills_1_of_1", "budget_fits", "new"]);
        assert_eq!(codes(&page.items[1].1), ["category_said", "skills_2_of_3", "budget_reaches", "new"]);
        let scores: Vec<_> = page.items.iter().map(|(_, fit)| fit.score()).collect();
        assert_eq!(scores, [70, 54, 38]);
        app.pass(Duration::days(7));
        assert_eq!(recommended(app, &worker).await.items[0].1.score(), 65, "it is half as fresh");
    }

    async fn work_that_was_proven_counts_more(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "approve").await.expect("judges");
        let (poster, worker) = (&review.fixture.poster, &review.fixture.worker);
        act!(app, job::approve(poster, review.id())).expect("approves");
        app.advance(app.market.rules.release_delay).await;
        review.fixture.rate(app, poster, 5).await.expect("rates");
        review.fixture.rate(app, worker, 5).await.expect("rates");
        coding(app, poster).await;
        let other = app.member("other").await;
        coding(app, &other).await;
        let page = recommended(app, worker).await;
        assert_eq!(codes(&page.items[0].1), ["category_proven", "budget_reaches", "poster_rated_5", "on_time_record", "new"]);
        assert_eq!(codes(&page.items[1].1), ["category_proven", "budget_reaches", "rated_well", "on_time_record", "new"]);
        assert!(page.items[0].1.points > page.items[1].1.points);
        let said = app.agent("beginner", &["coding"]).await;
        assert!(recommended(app, &said).await.items.iter().all(|(_, fit)| fit.points < page.items[1].1.points));
    }

    async fn work_that_was_never_delivered_counts_less(app) {
        let fixture = JobFixture::accepted(app).await;
        let deadline = app.now().after(Duration::days(2));
        app.write(sql("update job set deadline = $1, due_at = $1 where id = $2").bind(deadline).bind(&fixture.job.id)).await;
        act!(app, job::fund(&fixture.poster, &fixture.job.id, None)).expect("funds");
        coding(app, &fixture.poster).await;
        let before = recommended(app, &fixture.worker).await.items[0].1.points;
        app.advance(Duration::days(20)).await;
        coding(app, &fixture.poster).await;
        let after = recommended(app, &fixture.worker).await.items[0].1.points;
        assert_eq!(before - after, 167, "a third instead of half of the points of punctuality");
    }

    async fn jobs_that_cannot_be_taken_are_left_out(app) {
        let (fixture, _) = JobFixture::applied(app).await;
        let (poster, worker) = (&fixture.poster, &fixture.worker);
        coding(app, worker).await;
        assert_eq!(ids(app, worker).await, [], "one is applied for, the other is its own");
        let open = coding(app, poster).await;
        assert_eq!(ids(app, worker).await, std::slice::from_ref(&open));
        let root = app.admin("root").await;
        app.suspend(&root, poster).await;
        assert_eq!(ids(app, worker).await, [], "nobody funds a job of a suspended poster");
        act!(app, suspension::reinstate(&root, &poster.member)).expect("reinstates");
        app.offer(worker, &open).await.expect("applies");
        assert_eq!(ids(app, worker).await, []);
        app.advance(Duration::days(400)).await;
        assert_eq!(recommended(app, worker).await.total, 0, "all expired");
    }

    async fn preferences_narrow_the_list(app) {
        let poster = app.member("poster").await;
        let worker = app.agent("worker", &["coding"]).await;
        let cheap = post(app, &poster, "coding", (5_000, 9_999), &[]).await;
        let dear = post(app, &poster, "coding", (5_000, 10_000), &[]).await;
        let soon = Draft { deadline: Some(app.now().after(Duration::days(6)).to_string()), ..draft() };
        let soon = act!(app, job::post(&poster, &soon)).expect("posts").id;
        let writing = post(app, &poster, "writing", (5_000, 10_000), &[]).await;
        assert_eq!(recommended(app, &worker).await.total, 3);
        prefer(app, &worker, Change { budget_min: Some(10_000), ..Change::default() }).await;
        let found = ids(app, &worker).await;
        assert!(found.contains(&dear) && found.contains(&soon) && !found.contains(&cheap));
        prefer(app, &worker, Change { availability: Some("busy".into()), ..Change::default() }).await;
        assert_eq!(ids(app, &worker).await, [dear], "no time for what is due within a week");
        prefer(app, &worker, Change { categories: Some(vec!["writing".into()]), ..Change::default() }).await;
        assert_eq!(ids(app, &worker).await, std::slice::from_ref(&writing));
        prefer(app, &worker, Change { availability: Some("away".into()), ..Change::default() }).await;
        assert_eq!(ids(app, &worker).await, [writing], "an agent that asks is answered");
    }

    async fn a_profile_needs_no_agent(app) {
        let poster = app.member("poster").await;
        let bare = post(app, &poster, "coding", (5_000, 10_000), &[]).await;
        let rust = post(app, &poster, "data", (5_000, 10_000), &["rust"]).await;
        let ada = app.member("ada").await;
        refused(read!(app, matching::recommended(&ada, FIRST)), Kind::Forbidden, "agent_profile_required");
        let profile = ProfileDraft { skills: Some("rust".into()), ..ProfileDraft::default() }.check().expect("good");
        let found = read!(app, matching::matched(&ada, &profile, FIRST)).expect("matches");
        assert_eq!(found.items.iter().map(|one| &one.card.id).collect::<Vec<_>>(), [&rust, &bare]);
        assert_eq!(codes(&found.items[0].fit), ["skills_1_of_1", "new"]);
        let profile = Profile { categories: vec![Category::Coding], budget_min: Money(10_001), ..profile };
        assert_eq!(read!(app, matching::matched(&ada, &profile, FIRST)).expect("matches").total, 0);
        let profile = Profile { budget_min: Money(10_000), ..profile };
        let found = read!(app, matching::matched(&ada, &profile, FIRST)).expect("matches");
        assert_eq!((found.items.len(), codes(&found.items[0].fit)), (1, vec!["category_said".into(), "budget_reaches".into(), "new".into()]));
        assert_eq!(read!(app, matching::matched(&poster, &Profile::default(), FIRST)).expect("matches").total, 0, "its own jobs");
    }

    async fn the_list_is_paged(app) {
        let poster = app.member("poster").await;
        let worker = app.agent("worker", &["coding"]).await;
        for n in 0..7 {
            post(app, &poster, "coding", (5_000, 10_000), &["rust", "go"][..n % 3]).await;
        }
        let whole = ids(app, &worker).await;
        let of = |page: Page<market::matching::Recommendation>| page.items.into_iter().map(|one| one.card.id).collect::<Vec<_>>();
        for offset in 0..8 {
            let part = read!(app, matching::recommended(&worker, Paging { limit: 3, offset })).expect("lists");
            let from = usize::try_from(offset).expect("small").min(7);
            assert_eq!((part.total, of(part)), (7, whole[from..(from + 3).min(7)].to_vec()));
        }
        for (n, id) in whole.iter().enumerate() {
            let part = Part { paging: Paging::first(2), after: Some(id.0.clone()) };
            assert_eq!(of(read!(app, matching::recommended(&worker, part)).expect("lists")), whole[n + 1..(n + 3).min(7)]);
        }
        let unknown = Part { paging: FIRST, after: Some("nothing".into()) };
        refused(read!(app, matching::recommended(&worker, unknown)), Kind::Invalid, "invalid_request");
    }

    async fn the_index_follows_whatever_happens_to_a_job(app) {
        let fixture = JobFixture::open(app).await;
        let (poster, worker, id) = (&fixture.poster, &fixture.worker, &fixture.job.id);
        assert_eq!(ids(app, worker).await, std::slice::from_ref(id));
        let skilled = Draft { terms: TermsDraft { skills: Some(vec!["rust".into()]), ..TermsDraft::default() }, ..draft() };
        act!(app, job::edit(poster, id, &skilled)).expect("edits");
        assert_eq!(codes(&recommended(app, worker).await.items[0].1)[1], "skills_0_of_1");
        // A transaction sees its own rows, which the index of the process may never have.
        let mut tx = app.market.begin().await.expect("begins");
        let other = market::job::post(&mut tx, poster, &draft()).await.expect("posts").id;
        let seen = market::matching::recommended(&mut tx, worker, FIRST).await.expect("recommends");
        assert_eq!((seen.total, &seen.items[0].card.id), (2, &other));
        drop(tx);
        assert_eq!(recommended(app, worker).await.total, 1);
        let beside = TestApp::open(app.database.clone(), Rules::clone(&app.market.rules)).await;
        act!(beside, job::post(poster, &draft())).expect("posts");
        assert_eq!(recommended(app, worker).await.total, 2, "another process posted it");
        act!(app, job::cancel(poster, id, None)).expect("cancels");
        assert_eq!((recommended(app, worker).await.total, recommended(&beside, worker).await.total), (1, 1));
    }
}

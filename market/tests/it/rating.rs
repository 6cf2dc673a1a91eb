//! Ratings: who rates, when ratings become visible, and the means of a team.

use crate::message::audience;
use market::application::NewApplication;
use market::db::sql;
use market::job::Draft as Job;
use market::party::Party;
use market::rating::{Ratings, Record, Reputation, WINDOW};
use market::{Actor, Duration, Kind, Paging};
use testkit::job::{JobFixture, delivery, draft};
use testkit::{TestApp, act, both, read};

fn sides(ratings: &Ratings) -> Vec<Party> {
    ratings.items.iter().map(|rating| rating.side).collect()
}

async fn standing(app: &TestApp, actor: &Actor) -> (i64, i64) {
    let Reputation { average_hundredths, count } = read!(app, rating::of_team(&actor.team)).unwrap();
    (average_hundredths, count)
}

async fn record(app: &TestApp, actor: &Actor) -> Record {
    let mut found = read!(app, rating::record_of(std::slice::from_ref(&actor.team))).unwrap();
    found.remove(&actor.team).expect("a record")
}

both! {
    async fn nobody_reads_the_others_word_before_its_own(app) {
        let fixture = JobFixture::completed(app).await;
        let given = fixture.rate(app, &fixture.poster, 4).await.unwrap();
        assert_eq!((given.side, given.author.as_str(), given.stars, given.comment.as_str()), (Party::Poster, "poster", 4, "As agreed."));
        let before = fixture.rated(app, &fixture.worker).await.unwrap();
        assert_eq!((sides(&before), before.may_rate, before.until), (vec![], true, Some(app.now().after(WINDOW))));
        let own = fixture.rated(app, &fixture.poster).await.unwrap();
        assert_eq!((sides(&own), own.may_rate), (vec![Party::Poster], false));
        assert_eq!(standing(app, &fixture.worker).await, (0, 0), "it does not count yet");
        assert_eq!(read!(app, rating::received(&fixture.worker, Paging::first(5))).unwrap().total, 0);

        app.pass(Duration::hours(1));
        fixture.rate(app, &fixture.worker, 5).await.unwrap();
        for who in [&fixture.poster, &fixture.worker] {
            let now = fixture.rated(app, who).await.unwrap();
            assert_eq!(sides(&now), [Party::Poster, Party::Worker]);
            assert!(now.items.iter().all(|rating| rating.visible_at == app.now()));
        }
        assert_eq!((standing(app, &fixture.worker).await, standing(app, &fixture.poster).await), ((400, 1), (500, 1)));
        let received = read!(app, rating::received(&fixture.poster, Paging::first(5))).unwrap();
        assert_eq!((received.total, received.items[0].author.as_str()), (1, "worker"));
        let told = &app.happenings(fixture.job.id.as_str()).await;
        assert_eq!(told[told.len() - 3..], ["rating.given", "rating.given", "rating.revealed"]);
        assert_eq!(audience(app, fixture.job.id.as_str()).await, [fixture.poster.team.clone(), fixture.worker.team.clone()].into());
        app.advance(WINDOW).await;
        let later = app.happenings(fixture.job.id.as_str()).await;
        assert_eq!(later.iter().filter(|name| *name == "rating.revealed").count(), 1, "told once");
    }

    async fn its_event_tells_no_stars_before_they_can_be_read(app) {
        let fixture = JobFixture::completed(app).await;
        fixture.rate(app, &fixture.poster, 2).await.unwrap();
        let events = testkit::event::of_subject(&mut app.read().await, fixture.job.id.as_str()).await.unwrap();
        let given = events.iter().find(|event| event.name == "rating.given").expect("told");
        assert_eq!(given.facts::<serde_json::Value>(), Ok(serde_json::json!({ "by": "poster" })));
    }

    async fn after_14_days_one_word_is_read_alone(app) {
        let fixture = JobFixture::completed(app).await;
        fixture.rate(app, &fixture.poster, 3).await.unwrap();
        app.advance(Duration::ms(WINDOW.as_ms() - 1)).await;
        assert_eq!((sides(&fixture.rated(app, &fixture.worker).await.unwrap()), standing(app, &fixture.worker).await), (vec![], (0, 0)));
        app.advance(Duration::ms(1)).await;
        let after = fixture.rated(app, &fixture.worker).await.unwrap();
        assert_eq!((sides(&after), after.may_rate), (vec![Party::Poster], false));
        assert_eq!(standing(app, &fixture.worker).await, (300, 1));
        assert_eq!(app.happenings(fixture.job.id.as_str()).await.last().map(String::as_str), Some("rating.revealed"));
        assert_eq!(fixture.rate(app, &fixture.worker, 1).await.unwrap_err().code, "rating_over", "nobody answers a rating");
    }

    async fn a_rating_is_given_once(app) {
        let fixture = JobFixture::completed(app).await;
        fixture.rate(app, &fixture.worker, 5).await.unwrap();
        assert_eq!(fixture.rate(app, &fixture.worker, 1).await.unwrap_err().code, "already_rated");
        assert_eq!(fixture.rated(app, &fixture.worker).await.unwrap().items[0].stars, 5);
    }

    async fn only_the_sides_of_a_completed_job_rate(app) {
        let fixture = JobFixture::delivered(app).await;
        let error = fixture.rate(app, &fixture.poster, 5).await.unwrap_err();
        assert_eq!((error.kind, error.code.as_ref()), (Kind::Conflict, "not_completed"));
        let none = fixture.rated(app, &fixture.poster).await.unwrap();
        assert_eq!((none.may_rate, none.until), (false, None));
        let (open, _) = JobFixture::applied(app).await;
        assert_eq!(open.rate(app, &open.worker, 5).await.unwrap_err().kind, Kind::NotFound, "an applicant");
        let done = JobFixture::completed(app).await;
        let stranger = app.member("stranger").await;
        assert_eq!(done.rate(app, &stranger, 1).await.unwrap_err().kind, Kind::NotFound);
        assert_eq!(done.rated(app, &stranger).await.unwrap_err().kind, Kind::NotFound);
        act!(app, job::cancel(&open.poster, &open.job.id, None)).unwrap();
        assert_eq!(open.rate(app, &open.poster, 5).await.unwrap_err().code, "not_completed", "cancelled");
    }

    async fn two_at_the_same_moment_reveal_each_other(app) {
        for _ in 0..4 {
            let fixture = JobFixture::completed(app).await;
            let (poster, worker) = tokio::join!(fixture.rate(app, &fixture.poster, 4), fixture.rate(app, &fixture.worker, 5));
            poster.unwrap();
            worker.unwrap();
            assert_eq!(sides(&fixture.rated(app, &fixture.poster).await.unwrap()), [Party::Poster, Party::Worker]);
        }
    }

    async fn workers_are_compared_by_one_query(app) {
        let fixture = JobFixture::completed(app).await;
        let stranger = app.member("stranger").await;
        fixture.rate(app, &fixture.poster, 4).await.unwrap();
        assert_eq!((record(app, &fixture.worker).await.rating.count, record(app, &stranger).await.finished), (0, 0), "still hidden");
        fixture.rate(app, &fixture.worker, 1).await.unwrap();
        let done = record(app, &fixture.worker).await;
        assert_eq!((done.finished, done.on_time, done.late, done.proof_average_hundredths), (1, 1, 0, None));
        assert_eq!(done.rating, Reputation { average_hundredths: 400, count: 1 });
        assert_eq!(record(app, &fixture.poster).await.rating.count, 0, "what workers say of a poster is not about its work");

        // Past the deadline, and never.
        let late = again(app, &fixture, Some(Duration::hours(2))).await;
        act!(app, job::deliver(&fixture.worker, &late, &delivery())).unwrap();
        app.write(sql("update deliverable set created_at = $1 where job_key = (select key from job where id = $2)").bind(app.now().after(Duration::hours(3))).bind(&late)).await;
        act!(app, job::approve(&fixture.poster, &late)).unwrap();
        again(app, &fixture, None).await;
        app.advance(Duration::days(31)).await;
        let now = record(app, &fixture.worker).await;
        assert_eq!((now.finished, now.on_time, now.late, now.on_time_percent()), (2, 1, 2, Some(33)));

        let (round, job) = ("insert into proof_round (job_key, round, consensus, approve, needs_revision, reject, score, decided_at) \
             values ((select key from job where id = $1), $2, 'approve', 1, 0, 0, $3, $4)", &fixture.job.id);
        for (number, score) in [(1, 80), (2, 91)] {
            app.write(sql(round).bind(job).bind(number).bind(score).bind(app.now())).await;
        }
        assert_eq!(record(app, &fixture.worker).await.proof_average_hundredths, Some(8_550));
        let many: Vec<_> = (0..150).map(|n| format!("team_{n}").into()).chain([fixture.worker.team.clone()]).collect();
        assert_eq!(read!(app, rating::record_of(&many)).unwrap().len(), 1);
    }
}

/// Another job between the same two, funded.
async fn again(app: &TestApp, fixture: &JobFixture, deadline: Option<Duration>) -> market::id::JobId {
    let deadline = deadline.map(|span| app.now().after(span).to_string());
    let job = act!(app, job::post(&fixture.poster, &Job { deadline, ..draft() })).unwrap().id;
    act!(app, nda::agree(&fixture.worker, &job)).unwrap();
    let offer =
        act!(app, application::apply(&fixture.worker, &job, &NewApplication { price: Some(10_000), ..NewApplication::default() })).unwrap();
    act!(app, job::accept(&fixture.poster, &job, &offer.id)).unwrap();
    act!(app, job::fund(&fixture.poster, &job, None)).unwrap();
    job
}

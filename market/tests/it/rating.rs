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

async fn standing(world: &TestApp, actor: &Actor) -> (i64, i64) {
    let Reputation { average_hundredths, count } = read!(world, rating::of_team(&actor.team)).unwrap();
    (average_hundredths, count)
}

async fn record(world: &TestApp, actor: &Actor) -> Record {
    let mut found = read!(world, rating::record_of(std::slice::from_ref(&actor.team))).unwrap();
    found.remove(&actor.team).expect("a record")
}

both! {
    async fn nobody_reads_the_others_word_before_its_own(world) {
        let story = JobFixture::completed(world).await;
        let given = story.rate(world, &story.poster, 4).await.unwrap();
        assert_eq!((given.side, given.author.as_str(), given.stars, given.comment.as_str()), (Party::Poster, "poster", 4, "As agreed."));
        let before = story.rated(world, &story.worker).await.unwrap();
        assert_eq!((sides(&before), before.may_rate, before.until), (vec![], true, Some(world.now().after(WINDOW))));
        let own = story.rated(world, &story.poster).await.unwrap();
        assert_eq!((sides(&own), own.may_rate), (vec![Party::Poster], false));
        assert_eq!(standing(world, &story.worker).await, (0, 0), "it does not count yet");
        assert_eq!(read!(world, rating::received(&story.worker, Paging::first(5))).unwrap().total, 0);

        world.pass(Duration::hours(1));
        story.rate(world, &story.worker, 5).await.unwrap();
        for who in [&story.poster, &story.worker] {
            let now = story.rated(world, who).await.unwrap();
            assert_eq!(sides(&now), [Party::Poster, Party::Worker]);
            assert!(now.items.iter().all(|rating| rating.visible_at == world.now()));
        }
        assert_eq!((standing(world, &story.worker).await, standing(world, &story.poster).await), ((400, 1), (500, 1)));
        let received = read!(world, rating::received(&story.poster, Paging::first(5))).unwrap();
        assert_eq!((received.total, received.items[0].author.as_str()), (1, "worker"));
        let told = &world.happenings(story.job.id.as_str()).await;
        assert_eq!(told[told.len() - 3..], ["rating.given", "rating.given", "rating.revealed"]);
        assert_eq!(audience(world, story.job.id.as_str()).await, [story.poster.team.clone(), story.worker.team.clone()].into());
        world.advance(WINDOW).await;
        let later = world.happenings(story.job.id.as_str()).await;
        assert_eq!(later.iter().filter(|name| *name == "rating.revealed").count(), 1, "told once");
    }

    async fn its_event_tells_no_stars_before_they_can_be_read(world) {
        let story = JobFixture::completed(world).await;
        story.rate(world, &story.poster, 2).await.unwrap();
        let events = read!(world, event::of_subject(story.job.id.as_str())).unwrap();
        let given = events.iter().find(|event| event.name == "rating.given").expect("told");
        assert_eq!(given.facts(), serde_json::json!({ "by": "poster" }));
    }

    async fn after_14_days_one_word_is_read_alone(world) {
        let story = JobFixture::completed(world).await;
        story.rate(world, &story.poster, 3).await.unwrap();
        world.advance(Duration::ms(WINDOW.as_ms() - 1)).await;
        assert_eq!((sides(&story.rated(world, &story.worker).await.unwrap()), standing(world, &story.worker).await), (vec![], (0, 0)));
        world.advance(Duration::ms(1)).await;
        let after = story.rated(world, &story.worker).await.unwrap();
        assert_eq!((sides(&after), after.may_rate), (vec![Party::Poster], false));
        assert_eq!(standing(world, &story.worker).await, (300, 1));
        assert_eq!(world.happenings(story.job.id.as_str()).await.last().map(String::as_str), Some("rating.revealed"));
        assert_eq!(story.rate(world, &story.worker, 1).await.unwrap_err().code, "rating_over", "nobody answers a rating");
    }

    async fn a_rating_is_given_once(world) {
        let story = JobFixture::completed(world).await;
        story.rate(world, &story.worker, 5).await.unwrap();
        assert_eq!(story.rate(world, &story.worker, 1).await.unwrap_err().code, "already_rated");
        assert_eq!(story.rated(world, &story.worker).await.unwrap().items[0].stars, 5);
    }

    async fn only_the_sides_of_a_completed_job_rate(world) {
        let story = JobFixture::delivered(world).await;
        let error = story.rate(world, &story.poster, 5).await.unwrap_err();
        assert_eq!((error.kind, error.code.as_ref()), (Kind::Conflict, "not_completed"));
        let none = story.rated(world, &story.poster).await.unwrap();
        assert_eq!((none.may_rate, none.until), (false, None));
        let (open, _) = JobFixture::applied(world).await;
        assert_eq!(open.rate(world, &open.worker, 5).await.unwrap_err().kind, Kind::NotFound, "an applicant");
        let done = JobFixture::completed(world).await;
        let stranger = world.member("stranger").await;
        assert_eq!(done.rate(world, &stranger, 1).await.unwrap_err().kind, Kind::NotFound);
        assert_eq!(done.rated(world, &stranger).await.unwrap_err().kind, Kind::NotFound);
        act!(world, job::cancel(&open.poster, &open.job.id, None)).unwrap();
        assert_eq!(open.rate(world, &open.poster, 5).await.unwrap_err().code, "not_completed", "cancelled");
    }

    async fn two_at_the_same_moment_reveal_each_other(world) {
        for _ in 0..4 {
            let story = JobFixture::completed(world).await;
            let (poster, worker) = tokio::join!(story.rate(world, &story.poster, 4), story.rate(world, &story.worker, 5));
            poster.unwrap();
            worker.unwrap();
            assert_eq!(sides(&story.rated(world, &story.poster).await.unwrap()), [Party::Poster, Party::Worker]);
        }
    }

    async fn workers_are_compared_by_one_query(world) {
        let story = JobFixture::completed(world).await;
        let stranger = world.member("stranger").await;
        story.rate(world, &story.poster, 4).await.unwrap();
        assert_eq!((record(world, &story.worker).await.rating.count, record(world, &stranger).await.finished), (0, 0), "still hidden");
        story.rate(world, &story.worker, 1).await.unwrap();
        let done = record(world, &story.worker).await;
        assert_eq!((done.finished, done.on_time, done.late, done.proof_average_hundredths), (1, 1, 0, None));
        assert_eq!(done.rating, Reputation { average_hundredths: 400, count: 1 });
        assert_eq!(record(world, &story.poster).await.rating.count, 0, "what workers say of a poster is not about its work");

        // Past the deadline, and never.
        let late = again(world, &story, Some(Duration::hours(2))).await;
        act!(world, job::deliver(&story.worker, &late, &delivery())).unwrap();
        world.write(sql("update deliverable set created_at = $1 where job_key = (select key from job where id = $2)").bind(world.now().after(Duration::hours(3))).bind(&late)).await;
        act!(world, job::approve(&story.poster, &late)).unwrap();
        again(world, &story, None).await;
        world.advance(Duration::days(31)).await;
        let now = record(world, &story.worker).await;
        assert_eq!((now.finished, now.on_time, now.late, now.on_time_percent()), (2, 1, 2, Some(33)));

        let (round, job) = ("insert into proof_round (job_key, round, consensus, approve, needs_revision, reject, score, decided_at) \
             values ((select key from job where id = $1), $2, 'approve', 1, 0, 0, $3, $4)", &story.job.id);
        for (number, score) in [(1, 80), (2, 91)] {
            world.write(sql(round).bind(job).bind(number).bind(score).bind(world.now())).await;
        }
        assert_eq!(record(world, &story.worker).await.proof_average_hundredths, Some(8_550));
        let many: Vec<_> = (0..150).map(|n| format!("team_{n}").into()).chain([story.worker.team.clone()]).collect();
        assert_eq!(read!(world, rating::record_of(&many)).unwrap().len(), 1);
    }
}

/// Another job between the same two, funded.
async fn again(world: &TestApp, story: &JobFixture, deadline: Option<Duration>) -> market::id::JobId {
    let deadline = deadline.map(|span| world.now().after(span).to_string());
    let job = act!(world, job::post(&story.poster, &Job { deadline, ..draft() })).unwrap().id;
    act!(world, nda::agree(&story.worker, &job)).unwrap();
    let offer =
        act!(world, application::apply(&story.worker, &job, &NewApplication { price: Some(10_000), ..NewApplication::default() })).unwrap();
    act!(world, job::accept(&story.poster, &job, &offer.id)).unwrap();
    act!(world, job::fund(&story.poster, &job, None)).unwrap();
    job
}

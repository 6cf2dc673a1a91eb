//! The public activity: what everybody may read of what happens, and nothing more.

use market::activity::{Activity, Kind};
use market::job::{Draft, Job};
use market::{Actor, Money, Paging, activity};
use testkit::job::{JobFixture, delivery, draft};
use testkit::{TestApp, act, both};

/// A draft whose brief everybody reads.
fn open_to_all() -> Draft {
    Draft { confidential: Some(false), ..draft() }
}

async fn told(app: &TestApp) -> Vec<Activity> {
    activity::list(&mut app.read().await, Paging::first(20)).await.expect("lists").items
}

/// A job between these two that goes from post to pay.
async fn paid(app: &TestApp, poster: &Actor, worker: &Actor, draft: &Draft) -> Job {
    let job = act!(app, job::post(poster, draft)).expect("posts");
    if job.confidential {
        act!(app, nda::agree(worker, &job.id)).expect("agrees");
    }
    let offer = market::application::NewApplication { cover_letter: String::new(), price: Some(40_000) };
    let application = act!(app, application::apply(worker, &job.id, &offer)).expect("applies");
    act!(app, job::accept_and_fund(poster, &job.id, &application.id, None)).expect("hires");
    act!(app, job::deliver(worker, &job.id, &delivery())).expect("delivers");
    act!(app, job::approve(poster, &job.id)).expect("approves");
    app.advance(app.market.rules.release_delay).await;
    job
}

both! {
    async fn what_happened_is_told_without_what_is_confidential(app) {
        let fixture = JobFixture::open(app).await;
        let (poster, worker) = (&fixture.poster, &fixture.worker);
        let lines = told(app).await;
        let first = lines[0].job.clone().expect("a job");
        assert_eq!((lines.len(), lines[0].kind, lines[0].amount), (1, Kind::Posted, Money(48_000)));
        assert_eq!(first.listed, Some((fixture.job.id.clone(), fixture.job.title.clone())), "as in the list of open jobs");

        let job = paid(app, poster, worker, &open_to_all()).await;
        let lines = told(app).await;
        let kinds: Vec<_> = lines.iter().map(|line| line.kind).collect();
        assert_eq!(kinds, [Kind::Completed, Kind::Posted, Kind::Posted]);
        let done = lines[0].job.clone().expect("a job");
        assert_eq!((lines[0].amount, done.listed), (Money(40_000), None), "its page is not there for strangers any more");
        assert_eq!(done.worker.map(|(id, _)| id), worker.agent);
        assert_eq!(lines[1].job.as_ref().map(|job| job.listed.is_some()), Some(false));

        let figures = activity::figures(&mut app.read().await).await.expect("sums");
        assert_eq!((figures.completed, figures.paid, figures.workers, figures.open), (1, Money(40_000), 1, 1));
        paid(app, poster, worker, &Draft { confidential: Some(true), ..draft() }).await;
        assert_eq!(told(app).await.len(), 3, "of a confidential job that is over nothing is told");
        let days = activity::daily(&mut app.read().await).await.expect("sums");
        assert_eq!((days.total(), days.days.len()), (Money(40_000), 14));
        assert!(app.happenings(job.id.as_str()).await.contains(&"job.completed".to_owned()));
    }

    async fn a_follower_hears_what_came_after(app) {
        let fixture = JobFixture::open(app).await;
        let last = activity::last(&mut app.read().await).await.expect("a number");
        assert!(activity::latest(&mut app.read().await, last).await.expect("nothing").is_empty());
        for _ in 0..2 {
            act!(app, job::post(&fixture.poster, &open_to_all())).expect("posts");
        }
        let heard = activity::latest(&mut app.read().await, last).await.expect("two");
        assert_eq!(heard.iter().map(|line| line.kind).collect::<Vec<_>>(), [Kind::Posted, Kind::Posted]);
        assert!(heard[0].seq > last && heard[0].seq < heard[1].seq, "in order");
        assert_eq!(activity::last(&mut app.read().await).await.expect("a number"), heard[1].seq);
    }

    async fn a_suspended_poster_is_told_of_no_more(app) {
        let fixture = JobFixture::open(app).await;
        let admin = app.admin("root").await;
        let member = fixture.poster.member.clone();
        act!(app, suspension::suspend(&admin, &member, "Fraud, by three reports.")).expect("suspends");
        assert!(told(app).await.is_empty());
    }
}

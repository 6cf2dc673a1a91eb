//! The log of an endpoint: each delivery with its last answer, narrowed by state, event and id.

use crate::webhook_fan_out::posted;
use market::delivery::{Delivery, LogFilter, Outcome, State};
use market::id::EndpointId;
use market::{Actor, Paging};
use testkit::webhook::answer;
use testkit::{TestApp, act, both, read};

async fn wanted(app: &TestApp, who: &Actor, id: &EndpointId, filter: &LogFilter) -> Vec<Delivery> {
    let page = read!(app, delivery::list(who, id, filter, Paging::first(50))).expect("lists");
    assert_eq!(page.total, page.items.len() as i64);
    page.items
}

fn of_event(name: &str) -> LogFilter {
    LogFilter { event: Some(name.into()), ..LogFilter::default() }
}

both! {
    async fn a_delivery_shows_its_last_answer(app) {
        let ada = app.member("ada").await;
        let id = app.webhook(&ada, &["*"]).await.endpoint.id;
        posted(app, &ada).await;
        app.fan_out(&[]).await;
        let first = async || wanted(app, &ada, &id, &LogFilter::default()).await.remove(0);
        let last = |delivery: &Delivery| (delivery.attempts, delivery.last_status, delivery.last_latency_ms);
        assert_eq!(last(&first().await), (0, None, None), "it was not tried yet");
        app.note(&app.claim().await, &answer(503)).await.expect("notes");
        assert_eq!(last(&first().await), (1, Some(503), Some(12)));
        app.pass(market::Duration::minutes(10));
        app.note(&app.claim().await, &Outcome::Failed("No server accepts a connection there.".into())).await.expect("notes");
        assert_eq!(last(&first().await), (2, None, Some(12)), "there was no answer");
        app.pass(market::Duration::hours(1));
        app.note(&app.claim().await, &answer(204)).await.expect("notes");
        let shown = read!(app, delivery::show(&ada, &first().await.id)).expect("shows").delivery;
        assert_eq!((last(&shown), shown.state), ((3, Some(204), Some(12)), State::Delivered));
    }

    async fn a_log_is_narrowed(app) {
        let ada = app.member("ada").await;
        let id = app.webhook(&ada, &["*"]).await.endpoint.id;
        let elsewhere = app.webhook(&ada, &["*"]).await.endpoint.id;
        app.fund(&ada, market::Money(5_000)).await;
        posted(app, &ada).await;
        posted(app, &ada).await;
        app.deliver(|_| answer(200)).await;
        act!(app, delivery::test(&ada, &app.webhooks(), &id)).expect("tests");
        let names = |found: &[Delivery]| found.iter().map(|one| one.event.clone()).collect::<Vec<_>>();
        let posts = wanted(app, &ada, &id, &of_event("job.posted")).await;
        assert_eq!(names(&posts), ["job.posted", "job.posted"]);
        assert!(posts[0].created_at >= posts[1].created_at && wanted(app, &ada, &id, &of_event("job.eaten")).await.is_empty());
        let state = |state, filter| LogFilter { state: Some(state), ..filter };
        assert_eq!(wanted(app, &ada, &id, &state(State::Waiting, of_event("webhook.test"))).await.len(), 1);
        assert!(wanted(app, &ada, &id, &state(State::Delivered, of_event("webhook.test"))).await.is_empty());
        let of_id = LogFilter { id: Some(posts[1].id.clone()), ..LogFilter::default() };
        assert_eq!(wanted(app, &ada, &id, &of_id).await, [posts[1].clone()]);
        assert!(wanted(app, &ada, &elsewhere, &of_id).await.is_empty(), "it is another endpoint's");
        let differs = LogFilter { event: Some("webhook.test".into()), ..of_id };
        assert!(wanted(app, &ada, &id, &differs).await.is_empty());
        let part = Paging::new(Some(1), Some(1)).expect("a part");
        let second = read!(app, delivery::list(&ada, &id, &of_event("job.posted"), part)).expect("lists");
        assert_eq!((second.total, second.items), (2, vec![posts[1].clone()]));
    }
}

//! Sending again: one delivery, a range, and tests; and the end of what is kept.

use market::db::sql;
use market::delivery::{KEPT_FOR, LogFilter, REPLAY_MAX, Replay, State, TESTS_MAX, Which};
use market::endpoint::Change;
use market::id::EndpointId;
use market::wire::TEST_EVENT;
use market::{Actor, Duration, Kind, Paging, Result, Time};
use testkit::team::refused;
use testkit::webhook::answer;
use testkit::{TestApp, act, both, read};

async fn post(app: &TestApp, poster: &Actor, count: usize) {
    for _ in 0..count {
        act!(app, job::post(poster, &testkit::job::draft())).expect("posts");
    }
    app.fan_out(&[]).await;
}

async fn set(app: &TestApp) -> (Actor, EndpointId) {
    let poster = app.member("poster").await;
    let id = app.webhook(&poster, &["job.posted"]).await.endpoint.id;
    (poster, id)
}

async fn replay(app: &TestApp, who: &Actor, id: &EndpointId, since: Time, which: Which) -> Result<market::delivery::Replayed> {
    act!(app, delivery::replay(who, &app.webhooks(), id, &Replay { since, until: None, which }))
}

async fn total(app: &TestApp, who: &Actor, id: &EndpointId, state: Option<State>) -> i64 {
    let wanted = LogFilter { state, ..LogFilter::default() };
    read!(app, delivery::list(who, id, &wanted, Paging::first(1))).expect("lists").total
}

async fn switch(app: &TestApp, who: &Actor, id: &EndpointId, is_active: bool) {
    let change = Change { is_active: Some(is_active), ..Change::default() };
    act!(app, endpoint::update(who, &app.webhooks(), id, &change)).expect("switches");
}

/// Sweeps until nothing is left to sweep.
async fn sweep(app: &TestApp) {
    while act!(app, delivery::sweep()).expect("sweeps") > 0 {}
}

both! {
    async fn a_test_is_a_delivery(app) {
        let (poster, id) = set(app).await;
        let test = act!(app, delivery::test(&poster, &app.webhooks(), &id)).expect("tests");
        assert_eq!((test.event.as_str(), test.state, test.attempts), (TEST_EVENT, State::Waiting, 0));
        let sent = app.deliver(|_| answer(200)).await;
        assert_eq!((sent.len(), &sent[0].id), (1, &test.id));
        assert!(sent[0].body.contains(r#""type":"webhook.test""#), "{}", sent[0].body);
        // A failing endpoint is tested at once, too.
        post(app, &poster, 2).await;
        app.deliver(|_| answer(500)).await;
        let again = act!(app, delivery::test(&poster, &app.webhooks(), &id)).expect("tests");
        assert_eq!(app.claim().await[0].id, again.id);
    }

    async fn a_replay_looks_at_so_many_events_and_says_where_to_go_on(app) {
        let (poster, id) = set(app).await;
        let since = app.now();
        let agent = app.profile(&poster, &testkit::people::profile("busy", &["coding"])).await.expect("makes an agent");
        for _ in 0..2 {
            app.pass(Duration::seconds(1));
            let mut tx = app.market.begin().await.expect("begins");
            for _ in 0..750 {
                market::agent::pause(&mut tx, &poster, &agent.id).await.expect("pauses");
                market::agent::resume(&mut tx, &poster, &agent.id).await.expect("resumes");
            }
            tx.commit().await.expect("commits");
        }
        app.fan_out(&[]).await;
        let first = replay(app, &poster, &id, since, Which::All).await.expect("replays");
        assert_eq!((first.count, first.is_all, first.next_since), (0, false, Some(app.now())));
        let second = replay(app, &poster, &id, app.now(), Which::All).await.expect("replays");
        assert_eq!((second.count, second.is_all, second.next_since), (0, true, None));
    }

    async fn tests_are_counted(app) {
        let (poster, id) = set(app).await;
        for _ in 0..TESTS_MAX {
            act!(app, delivery::test(&poster, &app.webhooks(), &id)).expect("tests");
        }
        refused(act!(app, delivery::test(&poster, &app.webhooks(), &id)), Kind::TooMany, "too_many_tests");
        app.pass(Duration::hours(1));
        act!(app, delivery::test(&poster, &app.webhooks(), &id)).expect("tests");
    }

    async fn a_repaired_address_is_tried_at_once(app) {
        let (poster, id) = set(app).await;
        post(app, &poster, 3).await;
        app.deliver_for(Duration::days(1), Duration::hours(1), |_| answer(404)).await;
        assert!(app.claim().await.is_empty());
        let change = Change { url: Some("https://new.example.com".into()), ..Change::default() };
        act!(app, endpoint::update(&poster, &app.webhooks(), &id, &change)).expect("changes");
        let sent = app.deliver(|_| answer(200)).await;
        assert!(!sent.is_empty() && sent.iter().all(|due| due.url == "https://new.example.com"), "{sent:?}");
    }

    async fn a_delivery_is_sent_again_under_its_id(app) {
        let (poster, id) = set(app).await;
        post(app, &poster, 2).await;
        let first = app.deliver(|_| answer(200)).await;
        let again = act!(app, delivery::redeliver(&poster, &first[0].id)).expect("is due again");
        assert_eq!((again.state, again.attempts, again.next_at, again.ended_at), (State::Waiting, 1, Some(app.now()), None));
        let claimed = app.claim().await;
        assert_eq!((&claimed[0].id, &claimed[0].body, claimed[0].nth), (&first[0].id, &first[0].body, 2));
        refused(act!(app, delivery::redeliver(&poster, &first[0].id)), Kind::Conflict, "delivery_in_flight");
        app.note(&claimed, &answer(200)).await.expect("notes");
        assert_eq!(read!(app, delivery::attempts(&poster, &first[0].id)).expect("lists").len(), 2);
        switch(app, &poster, &id, false).await;
        refused(act!(app, delivery::redeliver(&poster, &first[0].id)), Kind::Conflict, "webhook_disabled");
    }

    async fn a_range_is_sent_again(app) {
        let (poster, id) = set(app).await;
        let start = app.now();
        post(app, &poster, 2).await;
        let early = app.deliver(|_| answer(200)).await;
        app.pass(Duration::hours(1));
        let later = app.now();
        post(app, &poster, 3).await;
        app.deliver_for(Duration::days(4), Duration::minutes(20), |_| answer(500)).await;
        app.write(sql("update delivery set state = 'failed', next_at = null where state = 'waiting'")).await;
        assert_eq!(replay(app, &poster, &id, start, Which::Failed).await.expect("replays").count, 3);
        app.pass(Duration::days(1));
        let sent = app.deliver(|_| answer(200)).await;
        assert_eq!(sent.len(), 3);
        assert!(sent.iter().all(|due| early.iter().all(|early| early.id != due.id)));
        let all = replay(app, &poster, &id, start, Which::All).await.expect("replays");
        assert_eq!((all.count, all.is_all), (5, true));
        let again = app.deliver(|_| answer(200)).await;
        assert_eq!((again.len(), &again[0].id), (5, &early[0].id));
        let part = Replay { since: start, until: Some(later), which: Which::All };
        assert_eq!(act!(app, delivery::replay(&poster, &app.webhooks(), &id, &part)).expect("replays").count, 2);
        assert_eq!(total(app, &poster, &id, None).await, 5, "an event has one delivery");
    }

    async fn what_was_missed_while_disabled_can_be_had(app) {
        let (poster, id) = set(app).await;
        let start = app.now();
        switch(app, &poster, &id, false).await;
        post(app, &poster, 3).await;
        refused(replay(app, &poster, &id, start, Which::Failed).await, Kind::Conflict, "webhook_disabled");
        switch(app, &poster, &id, true).await;
        app.fan_out(&[]).await;
        assert_eq!(total(app, &poster, &id, None).await, 0);
        let replayed = replay(app, &poster, &id, start, Which::Failed).await.expect("replays");
        assert_eq!((replayed.count, replayed.is_all), (3, true));
        assert_eq!(app.deliver(|_| answer(200)).await.len(), 3);
        assert_eq!(replay(app, &poster, &id, start, Which::Failed).await.expect("replays").count, 0);
    }

    async fn a_range_has_bounds(app) {
        let (poster, id) = set(app).await;
        let far = replay(app, &poster, &id, app.now().before(Duration::days(31)), Which::All).await.expect_err("is refused");
        assert_eq!(far.fields[0].name, "since");
        let turned = Replay { since: app.now(), until: Some(app.now().before(Duration::hours(1))), which: Which::All };
        let error = act!(app, delivery::replay(&poster, &app.webhooks(), &id, &turned)).expect_err("is refused");
        assert_eq!(error.fields[0].name, "until");
    }

    async fn ten_thousand_are_sent_again_at_a_time_and_swept_in_batches(app) {
        let (poster, id) = set(app).await;
        let many = sql("insert into delivery (id, endpoint_key, event_seq, event, event_at, state, created_at, body) \
             with recursive n(i) as (select 1 union all select i + 1 from n where i < 10001) \
             select 'msg_' || cast(i as text), (select key from endpoint), 1000000 + i, 'job.posted', cast($1 as text), 'failed', \
             cast($1 as text), '{}' from n");
        app.write(many.bind(app.now())).await;
        let first = replay(app, &poster, &id, app.now(), Which::Failed).await.expect("replays");
        assert_eq!((first.count, first.is_all), (REPLAY_MAX, false));
        let rest = replay(app, &poster, &id, app.now(), Which::Failed).await.expect("replays");
        assert_eq!((rest.count, rest.is_all), (1, true));
        app.pass(Duration::days(31));
        assert_eq!(act!(app, delivery::sweep()).expect("sweeps"), 1_000);
        sweep(app).await;
        assert_eq!(total(app, &poster, &id, None).await, 0);
    }

    async fn what_is_old_is_swept(app) {
        let (poster, id) = set(app).await;
        post(app, &poster, 3).await;
        app.deliver(|_| answer(200)).await;
        app.pass(Duration::days(10));
        post(app, &poster, 2).await;
        app.deliver(|_| answer(200)).await;
        app.pass(Duration::ms(KEPT_FOR.as_ms() - Duration::days(10).as_ms() + 1));
        sweep(app).await;
        assert_eq!(total(app, &poster, &id, None).await, 2);
        assert_eq!(app.count(sql("select count(*) from attempt")).await, 2);
    }

    async fn a_deleted_endpoint_leaves_nothing(app) {
        let (poster, id) = set(app).await;
        let kept = app.webhook(&poster, &["job.posted"]).await.endpoint.id;
        post(app, &poster, 3).await;
        let claimed = app.claim().await;
        act!(app, endpoint::delete(&poster, &id)).expect("deletes");
        app.note(&claimed, &answer(200)).await.expect("an outcome may come later");
        refused(read!(app, delivery::show(&poster, &claimed[0].id)), Kind::NotFound, "not_found");
        post(app, &poster, 1).await;
        sweep(app).await;
        assert_eq!(app.count(sql("select count(*) from endpoint")).await, 1);
        assert_eq!(app.count(sql("select count(*) from delivery")).await, 4);
        assert_eq!(total(app, &poster, &kept, None).await, 4);
        assert!(app.claim().await.iter().all(|due| due.endpoint_id == kept));
    }
}

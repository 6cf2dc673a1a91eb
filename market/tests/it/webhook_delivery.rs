//! Deliveries: claims under leases, probes of an endpoint that fails, and the schedule in virtual time.

use market::audit::Area;
use market::delivery::{Attempted, Due, IN_FLIGHT_MAX, LEASE, LogFilter, Outcome, Slots, State};
use market::endpoint::{Change, DisabledReason, ENDPOINTS_MAX, Endpoint, Status};
use market::id::{EndpointId, TeamId};
use market::{Actor, Duration, Paging};
use std::collections::BTreeSet;
use testkit::webhook::answer;
use testkit::{TestApp, act, both, read};

/// The longest wait until a probe, with its deviation.
const LONG: Duration = Duration::hours(29);

/// Posts jobs, each of which is an event for the poster's endpoints.
async fn post(app: &TestApp, poster: &Actor, count: usize) {
    for _ in 0..count {
        act!(app, job::post(poster, &testkit::job::draft())).expect("posts");
    }
    app.fan_out(&[]).await;
}

async fn counts(app: &TestApp, who: &Actor, id: &EndpointId) -> [i64; 3] {
    let mut found = [0; 3];
    for (n, state) in [State::Waiting, State::Delivered, State::Failed].into_iter().enumerate() {
        found[n] = read!(app, delivery::list(who, id, &LogFilter::of(state), Paging::first(1))).expect("lists").total;
    }
    found
}

async fn look(app: &TestApp, who: &Actor, id: &EndpointId) -> Endpoint {
    read!(app, endpoint::find(who, id)).expect("is there")
}

async fn set(app: &TestApp) -> (Actor, EndpointId) {
    let poster = app.member("poster").await;
    let id = app.webhook(&poster, &["job.posted"]).await.endpoint.id;
    (poster, id)
}

fn ids(sent: &[Due]) -> Vec<String> {
    sent.iter().map(|due| due.id.to_string()).collect()
}

/// The ids of an endpoint's deliveries in the order of their events.
async fn all(app: &TestApp, who: &Actor, id: &EndpointId) -> Vec<String> {
    let page = read!(app, delivery::list(who, id, &LogFilter::default(), Paging::first(100))).expect("lists");
    page.items.into_iter().rev().map(|delivery| delivery.id.to_string()).collect()
}

both! {
    async fn what_is_taken_is_delivered_once(app) {
        let (poster, id) = set(app).await;
        post(app, &poster, 6).await;
        let sent = app.deliver(|_| answer(204)).await;
        assert_eq!(ids(&sent), all(app, &poster, &id).await);
        assert_eq!(counts(app, &poster, &id).await, [0, 6, 0]);
        let shown = read!(app, delivery::show(&poster, &sent[0].id)).expect("shows");
        assert_eq!((shown.body.as_str(), shown.delivery.attempts, shown.delivery.ended_at), (sent[0].body.as_str(), 1, Some(app.now())));
        let [attempt] = &shown.attempts[..] else { panic!("{shown:?}") };
        assert_eq!((attempt.nth, attempt.at, attempt.status, attempt.latency_ms), (1, app.now(), Some(204), 12));
        assert_eq!((attempt.answer.as_deref(), attempt.error.as_deref()), (Some("The status is 204."), None));
        assert!(app.deliver(|_| answer(204)).await.is_empty());
    }

    async fn four_are_in_flight_and_no_endpoint_waits_for_another(app) {
        let (poster, _) = set(app).await;
        let other = app.webhook(&poster, &["job.posted"]).await.endpoint.id;
        post(app, &poster, 7).await;
        let claimed = app.claim().await;
        assert_eq!(claimed.len() as i64, 2 * IN_FLIGHT_MAX);
        assert!(app.claim().await.is_empty());
        let of_other: Vec<_> = claimed.into_iter().filter(|due| due.endpoint_id == other).collect();
        app.note(&of_other[..1], &answer(200)).await.expect("notes");
        let next = app.claim().await;
        assert_eq!(next.len(), 1, "one place is free, while the other endpoint hangs");
        assert_eq!(next[0].endpoint_id, other);
        app.note(&of_other[1..], &answer(200)).await.expect("notes");
        app.note(&next, &answer(200)).await.expect("notes");
        assert_eq!(app.claim().await.len(), 2);
    }

    async fn a_claim_takes_no_more_than_the_slots_that_are_open_to_a_team(app) {
        let (poster, _) = set(app).await;
        post(app, &poster, 3).await;
        let claim = async |slots: usize| app.claim_within(&Slots::new(slots)).await.len();
        assert_eq!((claim(0).await, claim(8).await, claim(8).await, claim(8).await), (0, 2, 1, 0));
    }

    async fn a_team_whose_endpoints_hang_takes_no_slot_from_others(app) {
        let (greedy, _) = set(app).await;
        for _ in 1..ENDPOINTS_MAX {
            app.webhook(&greedy, &["job.posted"]).await;
        }
        let modest = app.member("modest").await;
        let id = app.webhook(&modest, &["job.posted"]).await.endpoint.id;
        post(app, &greedy, 5).await;
        let mut slots = Slots::new(64);
        let hanging = app.claim_within(&slots).await;
        assert_eq!(hanging.len(), 16, "a quarter of all, though 80 are due");
        slots.take(&greedy.team, hanging.len());
        post(app, &modest, 3).await;
        let claimed = app.claim_within(&slots).await;
        assert_eq!(claimed.iter().map(|due| &due.endpoint_id).collect::<Vec<_>>(), [&id; 3]);
        slots.take(&modest.team, 3);
        assert!(app.claim_within(&slots).await.is_empty());
        app.note(&hanging[..1], &answer(200)).await.expect("notes");
        slots.give_back(&greedy.team);
        assert_eq!(app.claim_within(&slots).await.len(), 1, "the greedy team goes on with what it gets back");
    }

    async fn teams_take_turns_when_slots_are_few(app) {
        let mut teams = Vec::new();
        for name in ["ada", "bob", "cleo"] {
            let poster = app.member(name).await;
            for _ in 0..3 {
                app.webhook(&poster, &["job.posted"]).await;
            }
            act!(app, job::post(&poster, &testkit::job::draft())).expect("posts");
            teams.push(poster.team);
        }
        app.fan_out(&[]).await;
        let claimed = app.claim_within(&Slots::new(8)).await;
        let of = |team: &TeamId| claimed.iter().filter(|due| due.team_id == *team).count();
        assert_eq!(teams.iter().map(of).collect::<Vec<_>>(), [2, 2, 2]);
    }

    async fn outcomes_are_noted_and_the_next_are_claimed_in_one_turn(app) {
        let (poster, id) = set(app).await;
        post(app, &poster, 6).await;
        let claimed = app.claim().await;
        let taken = |due: &Due| Attempted { lease: due.lease, at: app.now(), latency_ms: 1, outcome: answer(204) };
        let all: Vec<_> = claimed.iter().map(taken).collect();
        let next = act!(app, delivery::turn(&app.market.secret, &all, &Slots::new(256))).expect("turns").due;
        assert_eq!(ids(&claimed).into_iter().chain(ids(&next)).collect::<Vec<_>>(), self::all(app, &poster, &id).await);
        assert_eq!(counts(app, &poster, &id).await, [2, 4, 0]);
    }

    async fn two_processes_never_send_the_same(app) {
        let (poster, _) = set(app).await;
        for _ in 0..4 {
            app.webhook(&poster, &["job.posted"]).await;
        }
        post(app, &poster, 4).await;
        let (one, two) = tokio::join!(app.claim(), app.claim());
        let both: BTreeSet<_> = ids(&one).into_iter().chain(ids(&two)).collect();
        assert_eq!((one.len() + two.len(), both.len()), (20, 20));
    }

    async fn a_sender_that_dies_loses_nothing(app) {
        let (poster, id) = set(app).await;
        post(app, &poster, 1).await;
        let lost = app.claim().await;
        app.pass(Duration::ms(LEASE.as_ms() - 1));
        assert!(app.claim().await.is_empty());
        app.pass(Duration::ms(1));
        let again = app.claim().await;
        assert_eq!((ids(&again), again[0].nth, &again[0].body), (ids(&lost), 1, &lost[0].body));
        // It was alive after all. A failure under the old lease is logged, and changes nothing else.
        app.note(&lost, &answer(500)).await.expect("notes");
        assert_eq!(counts(app, &poster, &id).await, [1, 0, 0]);
        app.note(&again, &answer(200)).await.expect("notes");
        assert_eq!(counts(app, &poster, &id).await, [0, 1, 0]);
        let attempts = read!(app, delivery::attempts(&poster, &lost[0].id)).expect("lists");
        assert_eq!(attempts.iter().map(|attempt| attempt.status).collect::<Vec<_>>(), [Some(200), Some(500)]);
    }

    async fn what_was_taken_late_is_taken(app) {
        let (poster, id) = set(app).await;
        post(app, &poster, 1).await;
        let slow = app.claim().await;
        app.pass(LEASE);
        let again = app.claim().await;
        app.note(&slow, &answer(200)).await.expect("notes");
        assert_eq!(counts(app, &poster, &id).await, [0, 1, 0]);
        app.note(&again, &answer(500)).await.expect("notes");
        assert_eq!(counts(app, &poster, &id).await, [0, 1, 0]);
    }

    async fn a_failing_endpoint_is_probed_by_one_at_a_time(app) {
        let (poster, id) = set(app).await;
        post(app, &poster, 10).await;
        let first = app.claim().await;
        assert_eq!(first.len() as i64, IN_FLIGHT_MAX);
        app.note(&first, &Outcome::Failed("The connection was refused.".into())).await.expect("notes");
        assert_eq!(look(app, &poster, &id).await.failing_since, Some(app.now()));
        assert!(app.claim().await.is_empty());
        app.pass(Duration::seconds(7));
        let probe = app.claim().await;
        assert_eq!((probe.len(), probe[0].is_probe), (1, true));
        assert!(!ids(&first[..1]).contains(&probe[0].id.to_string()), "another one than the first that failed");
        assert!(app.claim().await.is_empty());
        app.note(&probe, &answer(503)).await.expect("notes");
        app.pass(Duration::minutes(3));
        assert!(app.claim().await.is_empty(), "the second wait is longer");
        let untried = all(app, &poster, &id).await.split_off(5);
        for id in &untried {
            assert_eq!(read!(app, delivery::show(&poster, &id.as_str().into())).expect("shows").delivery.attempts, 0);
        }
        app.pass(Duration::minutes(4));
        let sent = app.deliver(|_| answer(200)).await;
        assert_eq!(sent.len(), 10);
        assert_eq!(counts(app, &poster, &id).await, [0, 10, 0]);
        assert_eq!(look(app, &poster, &id).await.failing_since, None);
    }

    async fn a_delivery_that_is_never_taken_holds_up_no_other(app) {
        let (poster, id) = set(app).await;
        post(app, &poster, 12).await;
        let bad = all(app, &poster, &id).await[0].clone();
        let answers = |due: &Due| if due.id.as_str() == bad { answer(500) } else { answer(200) };
        app.deliver_for(Duration::minutes(1), Duration::seconds(1), answers).await;
        assert_eq!(counts(app, &poster, &id).await, [1, 11, 0]);
        let sent = app.deliver_for(Duration::days(4), Duration::minutes(20), answers).await;
        assert_eq!(counts(app, &poster, &id).await, [0, 11, 1]);
        assert!(sent.iter().all(|due| due.id.as_str() == bad));
        let shown = read!(app, delivery::show(&poster, &bad.as_str().into())).expect("shows");
        assert_eq!((shown.delivery.attempts, shown.delivery.state, shown.delivery.next_at), (10, State::Failed, None));
        assert_eq!(look(app, &poster, &id).await.status, Status::Active);
    }

    async fn an_endpoint_that_is_down_for_a_day_misses_nothing(app) {
        let (poster, id) = set(app).await;
        let down = |_: &Due| Outcome::Failed("The connection was refused.".into());
        for _ in 0..24 {
            post(app, &poster, 1).await;
            app.deliver_for(Duration::hours(1), Duration::minutes(5), down).await;
        }
        assert_eq!(counts(app, &poster, &id).await, [24, 0, 0]);
        assert_eq!(look(app, &poster, &id).await.status, Status::Active);
        let sent = app.deliver_for(LONG, Duration::minutes(5), |_| answer(200)).await;
        assert_eq!(counts(app, &poster, &id).await, [0, 24, 0]);
        let (probe, rest) = sent.split_first().expect("a probe");
        let mut order = all(app, &poster, &id).await;
        order.retain(|id| id != probe.id.as_str());
        assert_eq!(ids(rest), order, "after the probe, all come in the order of their events");
    }

    async fn a_flapping_endpoint_misses_nothing(app) {
        let (poster, id) = set(app).await;
        let mut calls = 0;
        let mut flap = |_: &Due| {
            calls += 1;
            if calls % 3 == 0 { answer(200) } else { answer(502) }
        };
        for _ in 0..10 {
            post(app, &poster, 2).await;
            app.deliver_for(Duration::minutes(30), Duration::minutes(1), &mut flap).await;
        }
        app.deliver_for(Duration::days(6), Duration::minutes(20), &mut flap).await;
        assert_eq!(counts(app, &poster, &id).await, [0, 20, 0]);
    }

    async fn a_redirect_is_a_failure(app) {
        let (poster, id) = set(app).await;
        post(app, &poster, 1).await;
        app.deliver(|_| answer(302)).await;
        assert_eq!(counts(app, &poster, &id).await, [1, 0, 0]);
    }

    async fn an_endpoint_may_ask_for_time(app) {
        let (poster, id) = set(app).await;
        post(app, &poster, 3).await;
        let busy = |wait| Outcome::Answered { status: 429, retry_after: Some(wait), answer: String::new() };
        assert_eq!(app.claim().await.len(), 3);
        app.pass(LEASE);
        let claimed = app.claim().await;
        app.note(&claimed, &busy(Duration::hours(2))).await.expect("notes");
        app.pass(Duration::minutes(119));
        assert!(app.claim().await.is_empty());
        app.pass(Duration::minutes(1));
        let probe = app.claim().await;
        app.note(&probe, &busy(Duration::days(3))).await.expect("notes");
        app.pass(Duration::hours(24));
        assert_eq!(app.deliver(|_| answer(200)).await.len(), 3, "nobody waits for more than a day");
        assert_eq!(counts(app, &poster, &id).await, [0, 3, 0]);
    }

    async fn an_endpoint_that_is_gone_is_disabled_at_once(app) {
        let ada = app.resident("ada").await;
        let id = app.webhook(&ada, &["job.posted"]).await.endpoint.id;
        post(app, &ada, 2).await;
        let claimed = app.claim().await;
        app.note(&claimed[..1], &answer(410)).await.expect("notes");
        app.note(&claimed[1..], &answer(500)).await.expect("notes");
        let gone = look(app, &ada, &id).await;
        assert_eq!((gone.status, gone.disabled_reason), (Status::Disabled, Some(DisabledReason::Gone)));
        assert_eq!(counts(app, &ada, &id).await, [1, 0, 1]);
        let letters = app.letters_to("ada@example.com").await;
        let letter = letters.last().expect("a letter");
        assert_eq!(letter.subject, "A webhook was disabled");
        assert!(letter.text.contains("https://bot.example.com was disabled: it answered that it is gone (410)"), "{}", letter.text);
        assert!(!letter.text.contains("token="), "{}", letter.text);
        app.pass(Duration::days(1));
        assert!(app.claim().await.is_empty());
    }

    async fn five_days_of_failure_disable_and_tell_the_owners(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let admin = app.joined(&labs, "bob", "role_admin").await;
        let id = app.webhook(&labs, &["job.posted"]).await.endpoint.id;
        let down = |_: &Due| Outcome::Failed("The certificate has expired.".into());
        post(app, &labs, 30).await;
        app.deliver(down).await;
        app.deliver_for(Duration::days(4), Duration::minutes(30), down).await;
        assert_eq!(look(app, &labs, &id).await.status, Status::Active);
        app.deliver_for(Duration::days(3), Duration::minutes(30), down).await;
        let failed = look(app, &labs, &id).await;
        assert_eq!((failed.status, failed.disabled_reason), (Status::Disabled, Some(DisabledReason::Failing)));
        let told = app.letters_to("ada@example.com").await;
        assert_eq!(told.iter().filter(|mail| mail.subject == "A webhook was disabled").count(), 1);
        assert!(app.letters_to("bob@example.com").await.iter().all(|mail| mail.subject != "A webhook was disabled"));
        let log = app.audit(&admin, Some(Area::Webhooks)).await.expect("reads");
        assert_eq!((log[0].name.as_str(), log[0].by.is_none(), &log[0].facts["reason"]), ("webhook.disabled", true, &"failing".into()));
        let on = Change { is_active: Some(true), ..Change::default() };
        act!(app, endpoint::update(&labs, &app.webhooks(), &id, &on)).expect("enables");
        let [waiting, _, given_up] = counts(app, &labs, &id).await;
        assert_eq!(app.deliver_for(LONG, Duration::hours(1), |_| answer(200)).await.len() as i64, waiting);
        assert_eq!(waiting + given_up, 30);
    }

    async fn an_answer_is_kept_in_part(app) {
        let (poster, _) = set(app).await;
        post(app, &poster, 1).await;
        let claimed = app.claim().await;
        let long = Outcome::Answered { status: 200, retry_after: None, answer: format!("a\0{}", "é".repeat(10_000)) };
        app.note(&claimed, &long).await.expect("notes");
        let attempts = read!(app, delivery::attempts(&poster, &claimed[0].id)).expect("lists");
        let kept = attempts[0].answer.as_deref().expect("an answer");
        assert!(kept.len() <= 4096 && kept.starts_with("aé"), "{}", kept.len());
    }
}

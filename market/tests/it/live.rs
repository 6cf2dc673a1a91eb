//! Streams of happenings: nothing twice, nothing left out, and an end when the credential ends.

use market::actor::Credential;
use market::event::Viewer;
use market::job::Draft;
use market::key::{self, Prefix};
use market::live::{Closed, Grant, Hub, Item, Stream, StreamParams};
use market::nouns::REGISTRY;
use market::role::DEVELOPER;
use market::{Actor, Duration, Market, Money, feed, member};
use testkit::job::{JobFixture, draft};
use testkit::{PASSWORD, TestApp, act, both, read};
use tokio::task::JoinHandle;

/// Longer than anything here takes.
const SOON: std::time::Duration = std::time::Duration::from_secs(20);

/// The actor as the viewer of events.
async fn viewer(market: &Market, actor: &Actor) -> Viewer {
    feed::viewer(&mut market.read().await.expect("reads"), actor).await.expect("may listen")
}

/// A hub with its reader, which ends with it.
struct Running {
    hub: Hub,
    reader: JoinHandle<()>,
}

impl Running {
    fn of(market: &Market) -> Self {
        let hub = Hub::default();
        Self { reader: tokio::spawn(hub.clone().run(market.clone())), hub }
    }

    async fn open(&self, market: &Market, actor: &Actor, wanted: StreamParams) -> Stream {
        self.hub.open(market, viewer(market, actor).await, pass(actor), wanted).await.expect("opens")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

/// A login that does not end.
fn pass(actor: &Actor) -> Grant {
    Grant::Login { member: actor.member.clone(), team: actor.team.clone(), epoch: 0, until: None, session: None }
}

async fn next(stream: &mut Stream) -> Item {
    tokio::time::timeout(SOON, stream.next()).await.expect("something comes")
}

/// The number of the next happening.
async fn seq(stream: &mut Stream) -> i64 {
    match next(stream).await {
        Item::Frame(letter) => letter.seq,
        other => panic!("{other:?}"),
    }
}

/// Everything there is to tell after a number, from a stream that ends then.
async fn rest(running: &Running, market: &Market, actor: &Actor, after: i64) -> Vec<i64> {
    let mut stream = running.open(market, actor, StreamParams { after: Some(after), ends: true, ..StreamParams::default() }).await;
    let mut told = Vec::new();
    loop {
        match next(&mut stream).await {
            Item::Frame(letter) => told.push(letter.seq),
            Item::Closed(Closed::Delivered) => return told,
            other => panic!("{other:?}"),
        }
    }
}

async fn latest(app: &TestApp) -> i64 {
    read!(app, event::latest()).expect("reads")
}

async fn sweep(app: &TestApp) {
    while act!(app, event::sweep(&REGISTRY.events)).expect("sweeps") > 0 {}
}

async fn post(app: &TestApp, poster: &Actor) {
    act!(app, job::post(poster, &draft())).expect("posts");
}

both! {
    async fn what_happens_is_told_as_it_happens(app) {
        let running = Running::of(&app.market);
        let (poster, worker) = (app.member("poster").await, app.agent("worker", &["coding"]).await);
        let mut heard = running.open(&app.market, &worker, StreamParams::default()).await;
        assert_eq!(next(&mut heard).await, Item::Began(read!(app, event::latest()).expect("reads")));
        post(app, &poster).await;
        let Item::Frame(letter) = next(&mut heard).await else { panic!("a job") };
        assert_eq!((letter.seq, letter.kind), (latest(app).await, "job.available"));
        let frame = std::str::from_utf8(&letter.bytes).expect("text");
        assert!(frame.starts_with(&format!("event: job.available\nid: {}\ndata: {{\"id\":\"evt_", letter.seq)), "{frame}");
        assert!(frame.ends_with("}\n\n"));
    }

    async fn a_stream_begins_where_its_own_team_stands(app) {
        let (poster, other) = (app.member("poster").await, app.member("other").await);
        post(app, &poster).await;
        let own = latest(app).await;
        post(app, &other).await;
        let running = Running::of(&app.market);
        let mut stream = running.open(&app.market, &poster, StreamParams::default()).await;
        assert_eq!(next(&mut stream).await, Item::Began(own), "others' happenings are not counted for it");
    }

    async fn a_stream_goes_on_after_what_it_has(app) {
        let running = Running::of(&app.market);
        let poster = app.member("poster").await;
        let from = latest(app).await;
        for _ in 0..120 {
            post(app, &poster).await;
        }
        let all: Vec<_> = (from + 1..=from + 120).collect();
        assert_eq!(rest(&running, &app.market, &poster, from).await, all);
        assert_eq!(rest(&running, &app.market, &poster, from + 117).await, all[117..]);
        assert_eq!(rest(&running, &app.market, &poster, from + 120).await, [0; 0]);
    }

    async fn a_number_that_was_not_given_out_or_is_too_old_starts_anew(app) {
        let running = Running::of(&app.market);
        let poster = app.member("poster").await;
        post(app, &poster).await;
        let last = latest(app).await;
        for unknown in [last + 1, i64::MAX, -1] {
            let mut stream = running.open(&app.market, &poster, StreamParams { after: Some(unknown), ..StreamParams::default() }).await;
            assert_eq!(next(&mut stream).await, Item::Reset(last), "{unknown}");
        }
        app.clock().advance(Duration::days(30));
        sweep(app).await;
        assert_eq!(rest(&running, &app.market, &poster, last - 1).await, [last], "thirty days are kept");
        app.clock().advance(Duration::ms(1));
        assert_eq!(rest(&running, &app.market, &poster, last - 1).await, [last], "and what is not swept yet is told");
        sweep(app).await;
        let mut stream = running.open(&app.market, &poster, StreamParams { after: Some(last - 1), ..StreamParams::default() }).await;
        assert_eq!(next(&mut stream).await, Item::Reset(last), "nothing is left, and its place is where the rest begins");
        assert_eq!(rest(&running, &app.market, &poster, last).await, [0; 0], "this one has missed nothing");
        post(app, &poster).await;
        assert_eq!(seq(&mut stream).await, last + 1, "and goes on from there");
        assert_eq!(rest(&running, &app.market, &poster, last).await, [last + 1], "nothing older was missed");
    }

    async fn one_who_heard_nothing_since_the_sweep_is_not_sent_back(app) {
        let running = Running::of(&app.market);
        let (poster, quiet) = (app.member("poster").await, app.member("quiet").await);
        post(app, &poster).await;
        let last = latest(app).await;
        app.clock().advance(Duration::days(31));
        sweep(app).await;
        let mut stream = running.open(&app.market, &quiet, StreamParams::default()).await;
        let Item::Began(place) = next(&mut stream).await else { panic!("it begins") };
        assert_eq!(place, last);
        drop(stream);
        post(app, &poster).await;
        post(app, &quiet).await;
        assert_eq!(rest(&running, &app.market, &quiet, place).await, [last + 2]);
    }

    async fn a_stream_whose_next_news_was_swept_meanwhile_says_so(app) {
        let running = Running::of(&app.market);
        let poster = app.member("poster").await;
        let mut slow = running.open(&app.market, &poster, StreamParams { after: Some(latest(app).await), ..StreamParams::default() }).await;
        post(app, &poster).await;
        app.clock().advance(Duration::days(31));
        sweep(app).await;
        assert_eq!(next(&mut slow).await, Item::Reset(latest(app).await));
        post(app, &poster).await;
        assert_eq!(seq(&mut slow).await, latest(app).await);
    }

    async fn a_slow_reader_misses_nothing(app) {
        let running = Running::of(&app.market);
        let poster = app.member("poster").await;
        let mut slow = running.open(&app.market, &poster, StreamParams { after: Some(latest(app).await), ..StreamParams::default() }).await;
        let mut quick = running.open(&app.market, &poster, StreamParams { after: Some(latest(app).await), ..StreamParams::default() }).await;
        let from = latest(app).await;
        for n in 1..=300 {
            post(app, &poster).await;
            assert_eq!(seq(&mut quick).await, from + n);
        }
        for n in 1..=300 {
            assert_eq!(seq(&mut slow).await, from + n);
        }
    }

    async fn only_the_types_that_were_asked_for_are_told(app) {
        let running = Running::of(&app.market);
        let poster = app.member("poster").await;
        let after = Some(latest(app).await);
        let kinds = REGISTRY.events.read_types("job.cancelled").expect("a type");
        let mut stream = running.open(&app.market, &poster, StreamParams { kinds, after, ends: false }).await;
        let job = act!(app, job::post(&poster, &draft())).expect("posts");
        act!(app, job::cancel(&poster, &job.id, None)).expect("cancels");
        assert_eq!(seq(&mut stream).await, latest(app).await);
    }

    async fn another_agents_work_is_heard_of_from_now_on(app) {
        let running = Running::of(&app.market);
        let (poster, worker) = (app.member("poster").await, app.agent("worker", &["writing"]).await);
        let mut stream = running.open(&app.market, &worker, StreamParams::default()).await;
        next(&mut stream).await;
        let writing = Draft { category: "writing".into(), ..draft() };
        // The first may be read from the database; the second is handed over, so the reader knows this agent by then.
        for _ in 0..2 {
            act!(app, job::post(&poster, &writing)).expect("posts");
            assert_eq!(seq(&mut stream).await, latest(app).await);
        }
        post(app, &poster).await;
        let change = market::agent::Change { specializations: Some(vec!["coding".into()]), ..market::agent::Change::default() };
        act!(app, agent::update(&worker, &change)).expect("changes");
        assert_eq!(seq(&mut stream).await, latest(app).await, "the change is an event of its team");
        post(app, &poster).await;
        assert_eq!(seq(&mut stream).await, latest(app).await);
    }

    async fn acts_at_the_same_time_and_readers_that_come_and_go(app) {
        let running = Running::of(&app.market);
        let poster = app.member("poster").await;
        let from = latest(app).await;
        let acts = (0..4).map(|_| {
            let (market, poster) = (app.market.clone(), poster.clone());
            tokio::spawn(async move {
                for _ in 0..40 {
                    let mut tx = market.begin().await.expect("begins");
                    market::job::post(&mut tx, &poster, &draft()).await.expect("posts");
                    tx.commit().await.expect("commits");
                }
            })
        });
        let acts: Vec<_> = acts.collect();
        let (mut told, mut turn) = (Vec::new(), 0);
        while told.len() < 160 {
            // Comes back after another few each time: from letters, from the database, and in between.
            let after = told.last().copied().unwrap_or(from);
            let mut stream = running.open(&app.market, &poster, StreamParams { after: Some(after), ..StreamParams::default() }).await;
            turn += 7;
            for _ in 0..(turn % 37).min(160 - told.len()) {
                told.push(seq(&mut stream).await);
            }
        }
        for act in acts {
            act.await.expect("acts");
        }
        assert_eq!(told, (from + 1..=from + 160).collect::<Vec<_>>());
    }

    async fn a_revoked_key_ends_its_streams_and_no_others(app) {
        let running = Running::of(&app.market);
        let poster = app.member("poster").await;
        let draft = || key::Draft { name: "Bot".into(), prefix: Prefix::Agentgigs, scopes: vec![], expires_at: None };
        let (one, two) = (act!(app, key::create(&poster, &draft())).unwrap(), act!(app, key::create(&poster, &draft())).unwrap());
        let by = |key: &key::Created| Actor {
            credential: Credential::Key { id: key.key.id.clone(), scopes: vec!["*".into()] }, ..poster.clone()
        };
        let open = async |key: &key::Created| {
            running.hub.open(&app.market, viewer(&app.market, &by(key)).await, Grant::Key(key.key.id.clone()), StreamParams::default()).await.expect("opens")
        };
        let (mut first, mut second) = (open(&one).await, open(&two).await);
        assert!(matches!((next(&mut first).await, next(&mut second).await), (Item::Began(_), Item::Began(_))));
        act!(app, key::revoke(&poster, &one.key.id)).expect("revokes");
        let ended = tokio::time::timeout(std::time::Duration::from_secs(1), first.next()).await.expect("within a second");
        assert_eq!(ended, Item::Closed(Closed::Ended));
        post(app, &poster).await;
        assert_eq!(seq(&mut second).await, latest(app).await);
    }

    async fn a_removed_members_streams_end_and_no_others(app) {
        let running = Running::of(&app.market);
        let labs = app.shared(&app.resident("ada").await, "Labs").await;
        let bob = app.joined(&labs, "bob", DEVELOPER).await;
        let made = app.key(&bob, &[]).await;
        let holder = app.holder(&made.secret).await.expect("works");
        let mut login = running.open(&app.market, &bob, StreamParams::default()).await;
        let by_key = Grant::Key(made.key.id.clone());
        let mut key = running.hub.open(&app.market, viewer(&app.market, &holder).await, by_key, StreamParams::default()).await.expect("opens");
        let home = read!(app, session::actor(&bob.member, 0)).expect("reads").expect("bob");
        let mut own = running.open(&app.market, &home, StreamParams::default()).await;
        for stream in [&mut login, &mut key, &mut own] {
            assert!(matches!(next(stream).await, Item::Began(_)));
        }
        app.dismiss(&labs, &bob).await.expect("removes");
        assert_eq!(next(&mut login).await, Item::Closed(Closed::Ended));
        assert_eq!(next(&mut key).await, Item::Closed(Closed::Ended));
        post(app, &home).await;
        assert_eq!(seq(&mut own).await, latest(app).await, "of his own team he hears on");
    }

    async fn a_smaller_role_hears_less_at_once(app) {
        let running = Running::of(&app.market);
        let labs = app.shared(&app.resident("ada").await, "Labs").await;
        let role = app.role(&labs, "Bookkeeper", &["events:read", "wallet:read"]).await.expect("makes a role");
        let bob = app.joined(&labs, "bob", role.id.as_str()).await;
        let mut stream = running.open(&app.market, &bob, StreamParams::default()).await;
        next(&mut stream).await;
        app.fund(&labs, Money(1_000)).await;
        assert_eq!(seq(&mut stream).await, latest(app).await, "money came in");
        app.allow(&labs, &role, &["events:read"]).await.expect("changes");
        post(app, &labs).await;
        assert_eq!(seq(&mut stream).await, latest(app).await);
        app.fund(&labs, Money(1_000)).await;
        post(app, &labs).await;
        assert_eq!(seq(&mut stream).await, latest(app).await, "of the second deposit nothing is told");
        app.allow(&labs, &role, &["jobs:read"]).await.expect("changes");
        assert_eq!(next(&mut stream).await, Item::Closed(Closed::Ended));
    }

    async fn a_login_that_does_not_hold_any_more_ends_its_streams(app) {
        let running = Running::of(&app.market);
        let poster = app.member("poster").await;
        act!(app, session::create("session-1", "{}", app.now().after(Duration::days(1)))).expect("keeps");
        let until = app.now().after(Duration::hours(1));
        let passes = [Grant::token(&poster.member, &poster.team, 0, until), Grant::session(&poster.member, &poster.team, 0, "session-1".into()), pass(&poster)];
        let mut streams = Vec::new();
        for pass in passes {
            let mut stream = running.hub.open(&app.market, viewer(&app.market, &poster).await, pass, StreamParams::default()).await.expect("opens");
            assert!(matches!(next(&mut stream).await, Item::Began(_)));
            streams.push(stream);
        }
        let [mut token, mut browser, mut login] = <[Stream; 3]>::try_from(streams).ok().expect("three");
        app.clock().advance(Duration::hours(1));
        assert_eq!(next(&mut token).await, Item::Closed(Closed::Ended), "the token ended");
        act!(app, session::delete("session-1")).expect("signs out");
        assert_eq!(next(&mut browser).await, Item::Closed(Closed::Ended), "the session ended");
        member::change_password(&app.market, &poster, PASSWORD, "another horse battery").await.expect("changes");
        assert_eq!(next(&mut login).await, Item::Closed(Closed::Ended), "the password is another");
        assert_eq!(running.hub.count(), 3, "until they are dropped");
        drop((token, browser, login));
        assert_eq!(running.hub.count(), 0);
    }

    async fn a_server_that_stops_says_so(app) {
        let running = Running::of(&app.market);
        let poster = app.member("poster").await;
        let mut stream = running.open(&app.market, &poster, StreamParams::default()).await;
        next(&mut stream).await;
        running.hub.stop();
        assert_eq!(next(&mut stream).await, Item::Closed(Closed::Stopping));
        let mut late = running.open(&app.market, &poster, StreamParams::default()).await;
        assert_eq!(next(&mut late).await, Item::Closed(Closed::Stopping));
    }

    async fn two_processes_hear_each_other(app) {
        // Another process has its own connections to the same database, and gets no word but by the database.
        let db = market::db::Db::open(&app.url()).await.expect("opens");
        let there = Market { db, ..app.market.clone() };
        let running = Running::of(&there);
        let fixture = JobFixture::open(app).await;
        let mut stream = running.open(&there, &fixture.poster, StreamParams { after: Some(latest(app).await), ..StreamParams::default() }).await;
        for _ in 0..3 {
            post(app, &fixture.poster).await;
            assert_eq!(seq(&mut stream).await, latest(app).await);
        }
    }
}

//! Notifications: each member is told what concerns them, when it begins and once more before its time is over.

use market::application::NewApplication;
use market::db::sql;
use market::job::{Move, Mover, Rejection};
use market::mail::Mail;
use market::notification::{Choice, Counts, Delivery, Kind, Notification, Place};
use market::{Actor, Duration, Paging};
use testkit::dispute::says;
use testkit::job::{JobFixture, delivery};
use testkit::review::{ReviewFixture, proofed};
use testkit::team::refused;
use testkit::{TestApp, act, both, look, read};

/// The notifications of somebody, the last told first.
async fn told(app: &TestApp, who: &Actor) -> Vec<Notification> {
    app.notify().await;
    read!(app, notification::list(who, Paging::first(100))).expect("lists").items
}

/// The sentences that somebody was told, the last first.
async fn sentences(app: &TestApp, who: &Actor) -> Vec<String> {
    told(app, who).await.into_iter().map(|told| told.body).collect()
}

async fn counts(app: &TestApp, who: &Actor) -> Counts {
    app.notify().await;
    read!(app, notification::counts(who)).expect("counts")
}

async fn letters(app: &TestApp, who: &Actor) -> Vec<Mail> {
    let email = read!(app, member::show(who)).expect("shows").email;
    let all = app.letters.all().into_iter().filter(|mail| mail.to == email);
    all.filter(|mail| mail.unsubscribe.is_some()).collect()
}

/// Holds that a job's mover, and nobody else, is told of the move, by the page and by mail, and once more before its end.
async fn is_told_twice(app: &TestApp, fixture: &JobFixture, others: &[&Actor]) {
    let next = look!(app, job::preview(Some(&fixture.poster), &fixture.job.id)).expect("sees it").next_move;
    let who = match next.who {
        Mover::Poster => vec![&fixture.poster],
        Mover::Worker => vec![&fixture.worker],
        Mover::Proofers => others.to_vec(),
        other => panic!("{other} has the move {}", next.what),
    };
    for actor in who {
        let waits: Vec<_> = told(app, actor).await.into_iter().filter(|told| told.waits).collect();
        assert_eq!(waits.len(), 1, "{} waits for {:?}", next.what, waits);
        assert_eq!((waits[0].job_id.as_ref(), waits[0].due_at), (Some(&fixture.job.id), next.at), "{}", next.what);
        assert!(waits[0].read_at.is_none());
    }
    for actor in [&fixture.poster, &fixture.worker].into_iter().chain(others.iter().copied()) {
        let waits = told(app, actor).await.iter().filter(|told| told.waits).count();
        let has_it = match next.who {
            Mover::Poster => actor.team == fixture.poster.team,
            Mover::Worker => actor.team == fixture.worker.team,
            _ => others.iter().any(|other| other.team == actor.team),
        };
        assert_eq!(waits, usize::from(has_it), "{}", next.what);
    }
}

/// Lets time pass until just before a move's time is over, and counts the reminders that came by mail.
async fn reminders(app: &TestApp, fixture: &JobFixture, who: &Actor) -> usize {
    let next = look!(app, job::preview(Some(&fixture.poster), &fixture.job.id)).expect("sees it").next_move;
    let left = next.at.expect("a limited time").since(app.now());
    app.advance(Duration::ms(left.as_ms() - 60_000)).await;
    letters(app, who).await.iter().filter(|mail| mail.subject.starts_with("Reminder: ")).count()
}

both! {
    async fn each_side_is_told_that_the_other_rated(app) {
        let fixture = JobFixture::completed(app).await;
        let (poster, worker) = (&fixture.poster, &fixture.worker);
        let rated = async |who: &Actor| {
            let told = told(app, who).await.into_iter().filter(|told| told.body.starts_with("The other side rated you."));
            told.map(|told| told.place).collect::<Vec<_>>()
        };
        let stars = market::rating::Draft { stars: Some(5), comment: String::new() };
        act!(app, rating::rate(worker, &fixture.job.id, &stars)).expect("rates");
        assert_eq!((rated(poster).await, rated(worker).await), (vec![Place::Hire], vec![]));
        act!(app, rating::rate(poster, &fixture.job.id, &stars)).expect("rates");
        assert_eq!((rated(poster).await, rated(worker).await), (vec![Place::Hire], vec![Place::Work]));
    }

    async fn a_message_is_unread_until_its_reader_says_so(app) {
        let fixture = JobFixture::funded(app).await;
        let unread = async |who: &Actor| {
            app.notify().await;
            read!(app, notification::unread_messages(who, &fixture.job.id)).expect("counts")
        };
        act!(app, message::send(&fixture.worker, &fixture.job.id, "Which encoding is it?")).expect("sends");
        assert_eq!((unread(&fixture.poster).await, unread(&fixture.worker).await), (1, 0));
        act!(app, notification::mark_messages_read(&fixture.worker, &fixture.job.id)).expect("marks");
        assert_eq!(unread(&fixture.poster).await, 1, "each reads for themselves");
        act!(app, notification::mark_messages_read(&fixture.poster, &fixture.job.id)).expect("marks");
        assert_eq!(unread(&fixture.poster).await, 0);
        let waits = told(app, &fixture.poster).await.into_iter().filter(|told| told.read_at.is_none()).count();
        assert!(waits > 0, "what else was told is unread as before");
    }

    async fn whoever_must_move_is_told_in_every_waiting_state(app) {
        let (mut fixture, offer) = JobFixture::applied(app).await;
        is_told_twice(app, &fixture, &[]).await;
        fixture.job = act!(app, job::accept(&fixture.poster, &fixture.job.id, &offer)).unwrap();
        is_told_twice(app, &fixture, &[]).await;
        assert_eq!(sentences(app, &fixture.worker).await[0], "Your application was accepted, for 400.00 USD. You can begin once the money is in escrow.");
        act!(app, job::fund(&fixture.poster, &fixture.job.id, None)).unwrap();
        is_told_twice(app, &fixture, &[]).await;
        act!(app, job::deliver(&fixture.worker, &fixture.job.id, &delivery())).unwrap();
        is_told_twice(app, &fixture, &[]).await;
        act!(app, job::request_revision(&fixture.poster, &fixture.job.id, "Name your sources.")).unwrap();
        is_told_twice(app, &fixture, &[]).await;
        act!(app, job::deliver(&fixture.worker, &fixture.job.id, &delivery())).unwrap();
        is_told_twice(app, &fixture, &[]).await;
        act!(app, dispute::open(&fixture.worker, &fixture.job.id, &says("It is all there."))).unwrap();
        is_told_twice(app, &fixture, &[]).await;
        let (poster, worker) = (counts(app, &fixture.poster).await, counts(app, &fixture.worker).await);
        assert_eq!((poster.hire, worker.work), (1, 0));
        act!(app, dispute::withdraw(&fixture.worker, &fixture.job.id)).unwrap();
        act!(app, job::approve(&fixture.poster, &fixture.job.id)).unwrap();
        assert_eq!(sentences(app, &fixture.worker).await[0], "Your work was approved. You are paid when the time for objections is over.");
        app.advance(app.market.rules.release_delay).await;
        assert_eq!(sentences(app, &fixture.worker).await[0], "400.00 USD were paid into your wallet.");
        assert_eq!(sentences(app, &fixture.poster).await[0], "The worker was paid 400.00 USD.");
        let (poster, worker) = (counts(app, &fixture.poster).await, counts(app, &fixture.worker).await);
        assert_eq!((poster.hire, worker.work), (0, 0), "what was done waits no more");
    }

    async fn a_reviewed_job_tells_its_proofers(app) {
        let mut review = ReviewFixture::pending(app, &proofed(1), 0).await;
        assert!(told(app, &review.fixture.poster).await.iter().all(|told| !told.waits), "anybody may apply");
        review.join(app, "proofer").await;
        is_told_twice(app, &review.fixture, &[]).await;
        review.seat(app, 0).await.unwrap();
        is_told_twice(app, &review.fixture, &[]).await;
        act!(app, review::fund(&review.fixture.poster, review.id())).unwrap();
        let proofer = review.proofers[0].clone();
        is_told_twice(app, &review.fixture, &[&proofer]).await;
        assert_eq!(counts(app, &proofer).await.proof, 1);
        let told_proofer = told(app, &proofer).await.into_iter().find(|told| told.waits).unwrap();
        assert_eq!((told_proofer.kind, told_proofer.place), (Kind::Move, Place::Proof));
        assert_eq!(reminders(app, &review.fixture, &proofer).await, 1);
        review.judge(app, 0, "approve").await.unwrap();
        is_told_twice(app, &review.fixture, &[]).await;
        assert_eq!(counts(app, &proofer).await.proof, 0);
        assert!(sentences(app, &proofer).await.contains(&"The review is decided, and your fee of 10.00 USD is paid.".to_owned()));
    }

    async fn a_move_is_told_again_before_its_time_is_over(app) {
        let fixture = JobFixture::delivered(app).await;
        app.notify().await;
        let before = letters(app, &fixture.poster).await;
        let mail = before.last().unwrap();
        assert_eq!(mail.subject, format!("Your move: {}", fixture.job.title));
        assert!(mail.text.contains("If nothing happens until then, the work counts as approved."), "{}", mail.text);
        let told_first = told(app, &fixture.poster).await;
        act!(app, notification::mark_all_read(&fixture.poster)).unwrap();
        assert_eq!(counts(app, &fixture.poster).await.unread, 0);
        assert_eq!(reminders(app, &fixture, &fixture.poster).await, 1);
        let again = told(app, &fixture.poster).await;
        assert_eq!(again.len(), told_first.len(), "the same notification tells again");
        assert!(again[0].waits && again[0].read_at.is_none() && again[0].told_at > told_first[0].told_at);
        act!(app, job::approve(&fixture.poster, &fixture.job.id)).unwrap();
        assert_eq!(counts(app, &fixture.poster).await, Counts::default(), "a move that was made is read");
    }

    async fn a_move_that_was_made_is_not_told_again(app) {
        let fixture = JobFixture::delivered(app).await;
        app.notify().await;
        act!(app, job::approve(&fixture.poster, &fixture.job.id)).unwrap();
        app.advance(Duration::days(10)).await;
        app.notify().await;
        assert!(letters(app, &fixture.poster).await.iter().all(|mail| !mail.subject.starts_with("Reminder: ")));
    }

    async fn a_rejected_worker_is_told_at_once(app) {
        let fixture = JobFixture::delivered(app).await;
        let rejection = Rejection::new("low_quality", "It does not compile.").unwrap();
        act!(app, job::reject(&fixture.poster, &fixture.job.id, &rejection)).unwrap();
        app.notify().await;
        let waits: Vec<_> = told(app, &fixture.worker).await.into_iter().filter(|told| told.waits).collect();
        assert_eq!((waits.len(), waits[0].place), (1, Place::Work));
        let mail = letters(app, &fixture.worker).await.pop().unwrap();
        assert!(mail.text.contains("The poster rejected your work. If you disagree, open a dispute"), "{}", mail.text);
        assert!(sentences(app, &fixture.worker).await.contains(&"The poster rejected your work: It does not compile.".to_owned()));
        assert_eq!(reminders(app, &fixture, &fixture.worker).await, 1);
    }

    async fn mail_comes_as_the_member_chose(app) {
        let fixture = JobFixture::open(app).await;
        let stop = Choice { kind: Kind::Hiring, delivery: Delivery::Now };
        act!(app, notification::choose(&fixture.poster, &[stop])).unwrap();
        assert_eq!(read!(app, notification::choices(&fixture.worker)).unwrap().len(), Kind::ALL.len());
        act!(app, nda::agree(&fixture.worker, &fixture.job.id)).unwrap();
        let offer = NewApplication { cover_letter: String::new(), price: Some(40_000) };
        let offer = act!(app, application::apply(&fixture.worker, &fixture.job.id, &offer)).unwrap();
        app.notify().await;
        assert_eq!(letters(app, &fixture.poster).await.len(), 2, "the offer, and the move");
        act!(app, job::accept(&fixture.poster, &fixture.job.id, &offer.id)).unwrap();
        app.notify().await;
        assert!(letters(app, &fixture.worker).await.is_empty(), "it comes with the others, once a day");
        app.advance(Duration::days(1)).await;
        let daily = letters(app, &fixture.worker).await;
        assert_eq!(daily.len(), 1);
        assert!(daily[0].text.contains("Your application was accepted"), "{}", daily[0].text);
        app.advance(Duration::days(1)).await;
        assert_eq!(letters(app, &fixture.worker).await.len(), 1, "nothing is told twice");
    }

    async fn a_link_in_the_mail_stops_mails_of_its_kind(app) {
        let fixture = JobFixture::delivered(app).await;
        app.notify().await;
        let stop = letters(app, &fixture.poster).await.pop().unwrap().unsubscribe.unwrap();
        let (_, query) = stop.split_once("/unsubscribe?token=").unwrap();
        let (secret, kind) = query.split_once("&kind=").unwrap();
        refused(act!(app, notification::unsubscribe("guessed", kind)), market::Kind::NotFound, "not_found");
        act!(app, notification::unsubscribe(secret, kind)).unwrap();
        let choice = read!(app, notification::choices(&fixture.poster)).unwrap().into_iter().find(|choice| choice.kind == Kind::Move);
        assert_eq!(choice.unwrap().delivery, Delivery::Never);
        assert_eq!(reminders(app, &fixture, &fixture.poster).await, 0);
        assert!(told(app, &fixture.poster).await[0].waits, "the list still tells");
    }

    async fn only_those_who_can_move_are_told_to(app) {
        let fixture = JobFixture::accepted(app).await;
        let dev = app.joined(&fixture.poster, "dev", "role_developer").await;
        let viewer = app.joined(&fixture.poster, "viewer", "role_viewer").await;
        app.notify().await;
        for member in [&dev, &viewer] {
            assert!(told(app, member).await.iter().all(|told| !told.waits), "only who moves money can fund");
        }
        assert_eq!(counts(app, &fixture.poster).await.hire, 1);
    }

    async fn an_address_that_is_not_confirmed_gets_no_mail(app) {
        let fixture = JobFixture::delivered(app).await;
        app.write(sql("update member set verified_at = null where id = $1").bind(&fixture.poster.member)).await;
        assert!(told(app, &fixture.poster).await[0].waits, "the list tells");
        assert!(letters(app, &fixture.poster).await.is_empty(), "the address may be somebody else's");
    }

    async fn what_was_told_long_ago_is_forgotten_unless_it_waits(app) {
        let fixture = JobFixture::delivered(app).await;
        assert!(!told(app, &fixture.worker).await.is_empty());
        let waits = told(app, &fixture.poster).await.into_iter().filter(|told| told.waits).count();
        app.pass(market::notification::KEPT_FOR);
        assert_eq!(act!(app, notification::sweep()), Ok(0), "not yet");
        app.pass(Duration::ms(1));
        // The daily mail that was due meanwhile goes out first.
        app.advance(Duration::days(1)).await;
        assert!(act!(app, notification::sweep()).unwrap() > 0);
        let left = read!(app, notification::list(&fixture.poster, Paging::first(100))).unwrap().items;
        assert_eq!((waits, left.len()), (1, 1), "the move still waits for whoever tells that it was made");
        assert!(read!(app, notification::list(&fixture.worker, Paging::first(100))).unwrap().items.is_empty());
    }

    async fn somebody_elses_notification_is_not_found(app) {
        let fixture = JobFixture::delivered(app).await;
        let id = told(app, &fixture.poster).await[0].id.clone();
        refused(act!(app, notification::mark_read(&fixture.worker, &id)), market::Kind::NotFound, "not_found");
        refused(act!(app, notification::open(&fixture.worker, &id)), market::Kind::NotFound, "not_found");
        let opened = act!(app, notification::open(&fixture.poster, &id)).unwrap();
        assert_eq!(opened.job_id.as_ref(), Some(&fixture.job.id));
        assert!(told(app, &fixture.poster).await[0].read_at.is_some());
    }

    async fn an_admin_is_told_of_a_dispute_to_rule(app) {
        let fixture = JobFixture::delivered(app).await;
        let admin = app.member("judge").await;
        let email = read!(app, member::show(&admin)).unwrap().email;
        act!(app, member::promote(&email)).unwrap();
        act!(app, dispute::open(&fixture.worker, &fixture.job.id, &says("It is all there."))).unwrap();
        app.notify().await;
        act!(app, dispute::answer(&fixture.poster, &fixture.job.id, &says("It is not."))).unwrap();
        let waits: Vec<_> = told(app, &admin).await.into_iter().filter(|told| told.waits).collect();
        assert_eq!((waits.len(), waits[0].place), (1, Place::Disputes));
        assert_eq!(counts(app, &admin).await.disputes, 1);
        let move_now = look!(app, job::preview(Some(&fixture.poster), &fixture.job.id)).unwrap().next_move;
        assert_eq!((move_now.who, move_now.what), (Mover::Admin, Move::Rule));
    }
}

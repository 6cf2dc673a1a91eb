//! The queue of what is due: once each, later when it fails, and never forgotten.

use market::db::sql;
use market::mail::{Mail, Mailer, Unsent};
use market::timer::{self, Timer};
use market::{Duration, Money};
use std::sync::atomic::{AtomicU32, Ordering};
use testkit::job::JobFixture;
use testkit::{TestApp, act, both};

/// A mail server that is down for the first few letters.
#[derive(Default)]
struct Flaky {
    failures: u32,
    tried: AtomicU32,
}

impl Mailer for Flaky {
    async fn send(&self, _: &str, _: &Mail) -> Result<(), Unsent> {
        let is_down = self.tried.fetch_add(1, Ordering::SeqCst) < self.failures;
        if is_down { Err(Unsent::Yet("The mail server does not answer.".into())) } else { Ok(()) }
    }
}

/// A mailer that can't write to the address.
struct Unable;

impl Mailer for Unable {
    async fn send(&self, _: &str, _: &Mail) -> Result<(), Unsent> {
        Err(Unsent::Ever("The address can't be used.".into()))
    }
}

async fn waiting(app: &TestApp) -> i64 {
    sql("select count(*) from timer where kind = 'mail.send'").count(&mut app.read().await).await.unwrap()
}

fn letter() -> Mail {
    Mail { to: "ada@example.com".into(), subject: "Hello".into(), text: "Hello, Ada.".into(), unsubscribe: None }
}

both! {
    async fn two_workers_do_it_once(app) {
        let fixtures = [JobFixture::approved(app).await, JobFixture::approved(app).await];
        app.clock().advance(Duration::days(1));
        let workers: Vec<_> = (0..8)
            .map(|_| {
                let market = app.market.clone();
                tokio::spawn(async move { timer::run_due(&market).await })
            })
            .collect();
        for worker in workers {
            worker.await.unwrap().unwrap();
        }
        for fixture in fixtures {
            assert_eq!(fixture.available(app).await.1, Money(40_000));
        }
    }

    async fn a_letter_is_tried_until_it_goes_out(app) {
        timer::send_due(&app.market, &app.letters).await.unwrap();
        act!(app, mail::queue(&letter())).unwrap();
        let flaky = Flaky { failures: 3, ..Flaky::default() };
        for tries in 1..=4 {
            timer::send_due(&app.market, &flaky).await.unwrap();
            assert_eq!(flaky.tried.load(Ordering::SeqCst), tries, "once a round: the next try waits");
            app.clock().advance(Duration::hours(1));
        }
        assert_eq!(waiting(app).await, 0);
    }

    async fn what_never_works_is_kept_for_a_person(app) {
        act!(app, mail::queue(&letter())).unwrap();
        let down = Flaky { failures: u32::MAX, ..Flaky::default() };
        for _ in 0..60 {
            timer::send_due(&app.market, &down).await.unwrap();
            app.clock().advance(Duration::hours(2));
        }
        assert_eq!(down.tried.load(Ordering::SeqCst), 40);
        assert_eq!((timer::dead(&mut app.read().await).await.unwrap(), waiting(app).await), (1, 1));
    }

    async fn a_letter_that_can_never_be_sent_is_given_up_at_once(app) {
        act!(app, mail::queue(&letter())).unwrap();
        timer::send_due(&app.market, &Unable).await.unwrap();
        assert_eq!((timer::dead(&mut app.read().await).await.unwrap(), waiting(app).await), (1, 1), "kept for a person");
        app.clock().advance(Duration::days(1));
        timer::send_due(&app.market, &app.letters).await.unwrap();
        assert!(app.letters.all().is_empty(), "and not tried again");
    }

    async fn money_does_not_wait_for_mail(app) {
        let fixture = JobFixture::approved(app).await;
        act!(app, mail::queue(&letter())).unwrap();
        app.clock().advance(Duration::days(1));
        timer::run_due(&app.market).await.unwrap();
        assert_eq!(fixture.available(app).await.1, Money(40_000));
        assert!(waiting(app).await > 0, "the letter still waits");
    }

    async fn an_unknown_timer_does_not_hold_up_the_others(app) {
        let fixture = JobFixture::approved(app).await;
        act!(app, timer::set(&Timer::new("odd".into(), "odd.kind", "x", app.clock().now()))).unwrap();
        app.advance(Duration::days(1)).await;
        assert_eq!(fixture.available(app).await.1, Money(40_000));
    }

    async fn an_unpaid_checkout_expires(app) {
        let actor = app.member("payer").await;
        let deposit = app.deposit(&actor, 5_000).await.unwrap();
        app.advance(Duration::days(1)).await;
        assert_eq!(act!(app, deposit::pay(&deposit.id)).unwrap_err().code, "checkout_closed");
        assert_eq!(act!(app, deposit::cancel(&deposit.id)).unwrap_err().code, "checkout_closed");
        let other = app.deposit(&actor, 5_000).await.unwrap();
        act!(app, deposit::pay(&other.id)).unwrap();
        assert_eq!(act!(app, deposit::pay(&other.id)).unwrap().status, market::deposit::Status::Paid, "paying again changes nothing");
        for wrong in [0, -500, 499, 1_000_001, i64::MAX] {
            assert_eq!(app.deposit(&actor, wrong).await.unwrap_err().fields[0].name, "amount", "{wrong}");
        }
    }
}

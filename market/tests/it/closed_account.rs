//! Closed accounts: no card of theirs is charged, what they are still needed for puts the deletion off, and an admin can keep them out.

use crate::inventory::seed::{cells, empty};
use market::application::NewApplication;
use market::db::sql;
use market::deletion::{self, GRACE, PUT_OFF};
use market::job::HandingBack;
use market::payment::{Sandbox, TestCard};
use market::refill::{self, NewRefill};
use market::{Actor, Duration, Kind, Money, Paging, second_factor};
use testkit::job::{JobFixture, draft};
use testkit::team::refused;
use testkit::{PASSWORD, TestApp, act, both, look, read};

async fn close(app: &TestApp, actor: &Actor) {
    deletion::ask(&app.market, actor, Some(PASSWORD)).await.expect("asks");
}

async fn email(app: &TestApp, actor: &Actor) -> String {
    read!(app, member::show(actor)).expect("a member").email
}

/// Returns the subject of the last letter to an address, and the secret of its link.
async fn last_letter(app: &TestApp, to: &str) -> (String, String) {
    let letters = app.letters_to(to).await;
    let letter = letters.last().expect("a letter");
    let link = letter.text.split("/account/restore?token=").nth(1).and_then(|rest| rest.split_whitespace().next());
    (letter.subject.clone(), link.unwrap_or_default().to_owned())
}

async fn erased(app: &TestApp) -> i64 {
    assert!(deletion::erase_due(&app.market).await.expect("looks"), "one is due");
    app.count(sql("select count(*) from member where erased_at is not null")).await
}

both! {
    async fn its_card_is_forgotten_and_never_charged(app) {
        let sandbox = Sandbox::new("http://127.0.0.1".into());
        let ada = app.resident("ada").await;
        let new = NewRefill { threshold: 5_000, amount: 10_000, monthly_limit: None, is_enabled: true };
        let page = refill::set_up(&app.market, &sandbox, &ada, &new).await.expect("is set up").page.expect("a page");
        act!(app, refill::save_test_card(&page, TestCard::Good)).expect("is saved");
        close(app, &ada).await;
        while refill::watch(&app.market, Some(&sandbox)).await.expect("watches") {}
        assert_eq!(app.count(sql("select count(*) from deposit")).await, 0);
        assert_eq!(app.count(sql("select count(*) from refill where card is not null or is_enabled = 1 or page is not null")).await, 0);
    }

    async fn a_deletion_that_is_put_off_comes_with_another_link(app) {
        let ada = app.member("ada").await;
        let to = email(app, &ada).await;
        close(app, &ada).await;
        let (_, first) = last_letter(app, &to).await;
        app.fund(&ada, Money(1_000)).await;
        app.pass(GRACE);
        assert_eq!(erased(app).await, 0);
        assert_eq!(act!(app, deletion::restore(&first)).unwrap_err().code, "restore_invalid");
        let (subject, second) = last_letter(app, &to).await;
        assert_eq!(subject, "Your account is not deleted yet");
        app.pass(PUT_OFF);
        assert_eq!(erased(app).await, 0);
        assert_eq!(last_letter(app, &to).await.1, second, "told once");
        app.pass(Duration::days(30));
        assert_eq!(erased(app).await, 0);
        let (_, third) = last_letter(app, &to).await;
        assert_ne!(third, second, "that one has ended");
        act!(app, deletion::restore(&third)).expect("opens");
        assert!(!deletion::erase_due(&app.market).await.expect("looks"), "nothing is due");
    }

    async fn it_is_kept_while_a_team_with_others_needs_its_words(app) {
        let owner = app.resident("owner").await;
        let studio = app.shared(&owner, "Studio").await;
        let dev = app.joined(&studio, "dev", "role_developer").await;
        app.fund(&studio, Money(100_000)).await;
        let worker = app.agent("worker", &["coding"]).await;
        let job = act!(app, job::post(&studio, &draft())).expect("posts");
        act!(app, nda::agree(&worker, &job.id)).expect("agrees");
        let offer = NewApplication { cover_letter: "Me".into(), price: Some(40_000) };
        let offer = act!(app, application::apply(&worker, &job.id, &offer)).expect("applies");
        act!(app, job::accept(&studio, &job.id, &offer.id)).expect("accepts");
        act!(app, job::fund(&studio, &job.id, None)).expect("funds");
        let fixture = JobFixture { poster: studio.clone(), worker, job };
        fixture.say(app, &dev, "Use the xanadu sheet").await.expect("says");
        let own = app.acting(&dev, &own_team(app, &dev).await).await.expect("is in it");
        close(app, &own).await;
        app.pass(GRACE);
        assert_eq!(erased(app).await, 0, "the job is not done");
        act!(app, job::deliver(&fixture.worker, &fixture.job.id, &testkit::job::delivery())).expect("delivers");
        act!(app, job::approve(&studio, &fixture.job.id)).expect("approves");
        app.advance(Duration::days(2)).await;
        assert_eq!(erased(app).await, 1);
        let said = look!(app, message::list(&fixture.worker, &fixture.job.id, Paging::first(9))).expect("lists").items;
        assert!(said[0].body.contains("deleted"), "{}", said[0].body);
        assert_eq!(cells(app, "xanadu").await, []);
    }

    async fn no_link_opens_it_once_erasing_has_begun(app) {
        let ada = app.member("ada").await;
        let to = email(app, &ada).await;
        close(app, &ada).await;
        let (_, link) = last_letter(app, &to).await;
        app.write(sql("update member set erasing_at = created_at where id = $1").bind(&ada.member)).await;
        assert_eq!(act!(app, deletion::restore(&link)).unwrap_err().code, "restore_invalid");
        let admin = app.admin("root").await;
        refused(act!(app, suspension::suspend(&admin, &ada.member, "Spam")), Kind::Conflict, "suspended_already");
        app.pass(GRACE);
        app.fund(&ada, Money(1_000)).await;
        assert_eq!(erased(app).await, 1, "a round that broke off goes on, whatever came meanwhile");
    }

    async fn closing_is_no_way_around_a_suspension(app) {
        let ada = app.member("ada").await;
        let to = email(app, &ada).await;
        close(app, &ada).await;
        let (_, link) = last_letter(app, &to).await;
        let admin = app.admin("root").await;
        act!(app, suspension::suspend(&admin, &ada.member, "Fraud is suspected")).expect("suspends");
        refused(act!(app, deletion::restore(&link)).map(drop), Kind::Invalid, "restore_invalid");
        refused(second_factor::log_in(&app.market, &to, PASSWORD, None).await, Kind::Forbidden, "account_suspended");
        app.pass(GRACE);
        assert!(!deletion::erase_due(&app.market).await.expect("looks"), "nothing is deleted");
        act!(app, suspension::reinstate(&admin, &ada.member)).expect("lifts it");
        assert!(second_factor::log_in(&app.market, &to, PASSWORD, None).await.is_ok());
    }

    async fn the_words_of_a_worker_who_handed_a_job_back_go_too(app) {
        let (fixture, offer) = JobFixture::applied(app).await;
        act!(app, question::ask(&fixture.worker, &fixture.job.id, "Is xanadu a place?")).expect("asks");
        app.notify().await;
        act!(app, job::accept(&fixture.poster, &fixture.job.id, &offer)).expect("accepts");
        act!(app, job::fund(&fixture.poster, &fixture.job.id, None)).expect("funds");
        let why = HandingBack::new("other", "I am off to xanadu.").expect("known");
        act!(app, job::hand_back(&fixture.worker, &fixture.job.id, &why)).expect("hands it back");
        app.notify().await;
        assert!(cells(app, "xanadu").await.len() >= 4, "the poster was told");
        empty(app, &fixture.worker).await;
        close(app, &fixture.worker).await;
        app.pass(GRACE);
        assert_eq!(erased(app).await, 1);
        assert_eq!(cells(app, "xanadu").await, []);
        assert!(app.happenings(fixture.job.id.as_str()).await.contains(&"job.handed_back".to_owned()));
    }
}

async fn own_team(app: &TestApp, actor: &Actor) -> market::id::TeamId {
    read!(app, member::show(actor)).expect("a member").team_id
}

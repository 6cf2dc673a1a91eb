//! Deletions of accounts: what binds one, what ends at once, the way back, and what is left afterwards.

use crate::inventory::seed::{cells, empty};
use market::application::{NewApplication, Status as Applied};
use market::db::sql;
use market::deletion::{self, BindingKind, GRACE, PUT_OFF};
use market::job::{Job, Status};
use market::{Actor, Duration, Kind, Money, Paging, Time, agent, second_factor};
use testkit::job::{JobFixture, delivery, draft};
use testkit::people::profile;
use testkit::review::{ReviewFixture, proofed};
use testkit::team::refused;
use testkit::{PASSWORD, TestApp, act, both, look, read};

async fn bound(app: &TestApp, actor: &Actor) -> Vec<(BindingKind, i64, Option<Money>)> {
    let binding = read!(app, deletion::binding(actor)).expect("reads");
    binding.into_iter().map(|thing| (thing.kind, thing.count, thing.amount)).collect()
}

async fn ask(app: &TestApp, actor: &Actor) -> Time {
    deletion::ask(&app.market, actor, Some(PASSWORD)).await.expect("asks").deletion_at
}

/// Returns the secret of the link in the last mail to a member.
async fn link(app: &TestApp, email: &str) -> String {
    let letters = app.letters_to(email).await;
    let text = &letters.last().expect("a letter").text;
    text.split("/account/restore?token=").nth(1).expect("a link").split_whitespace().next().expect("a secret").to_owned()
}

async fn email(app: &TestApp, actor: &Actor) -> String {
    read!(app, member::show(actor)).expect("a member").email
}

/// Returns true if a session of the member is refused.
async fn is_shut(app: &TestApp, actor: &Actor) -> bool {
    let member = read!(app, member::show(actor)).expect("a row");
    read!(app, session::actor(&member.id, member.epoch)).expect("reads").is_none()
}

/// A job of ada that bob did: her words are in the job, its events, the conversation and what bob was told.
async fn posted_by(app: &TestApp, ada: &Actor, bob: &Actor) -> JobFixture {
    let brief = market::job::Draft {
        title: "A xanadu job".into(),
        summary: Some("A xanadu summary".into()),
        description: "The xanadu brief".into(),
        ..draft()
    };
    let job = act!(app, job::post(ada, &brief)).unwrap();
    act!(app, nda::agree(bob, &job.id)).unwrap();
    let offer = NewApplication { cover_letter: "I am Bob.".into(), price: Some(40_000) };
    let offer = act!(app, application::apply(bob, &job.id, &offer)).unwrap();
    act!(app, job::accept(ada, &job.id, &offer.id)).unwrap();
    act!(app, job::fund(ada, &job.id, None)).unwrap();
    act!(app, job::deliver(bob, &job.id, &delivery())).unwrap();
    act!(app, job::request_revision(ada, &job.id, "More xanadu, please")).unwrap();
    let posted = JobFixture { poster: ada.clone(), worker: bob.clone(), job };
    posted.say(app, ada, "The xanadu message").await.unwrap();
    posted.say(app, bob, "Bob answers").await.unwrap();
    act!(app, job::deliver(bob, &posted.job.id, &delivery())).unwrap();
    act!(app, job::approve(ada, &posted.job.id)).unwrap();
    app.advance(Duration::days(2)).await;
    app.notify().await;
    posted
}

/// A job of bob that ada did.
async fn worked_by(app: &TestApp, ada: &Actor, bob: &Actor) -> Job {
    app.fund(bob, Money(100_000)).await;
    let theirs = act!(app, job::post(bob, &draft())).unwrap();
    act!(app, nda::agree(ada, &theirs.id)).unwrap();
    let offer = NewApplication { cover_letter: "xanadu letter".into(), price: Some(40_000) };
    let offer = act!(app, application::apply(ada, &theirs.id, &offer)).unwrap();
    act!(app, job::accept(bob, &theirs.id, &offer.id)).unwrap();
    act!(app, job::fund(bob, &theirs.id, None)).unwrap();
    let work = market::deliverable::Delivery { content: "The xanadu work".into(), note: "xanadu note".into(), ..Default::default() };
    act!(app, job::deliver(ada, &theirs.id, &work)).unwrap();
    act!(app, job::approve(bob, &theirs.id)).unwrap();
    app.advance(Duration::days(2)).await;
    app.notify().await;
    theirs
}

both! {
    async fn money_and_work_bind_an_account(app) {
        let fixture = JobFixture::delivered(app).await;
        let of_poster = [
            (BindingKind::Wallet, 1, Some(Money(58_000))),
            (BindingKind::Aside, 1, Some(Money(42_000))),
            (BindingKind::Posted, 1, None),
        ];
        assert_eq!(bound(app, &fixture.poster).await, of_poster);
        assert_eq!(bound(app, &fixture.worker).await, [(BindingKind::Worked, 1, None)]);
        let error = deletion::ask(&app.market, &fixture.worker, Some(PASSWORD)).await.unwrap_err();
        assert_eq!((error.kind, error.code.as_ref()), (Kind::Conflict, "account_bound"));
        act!(app, job::approve(&fixture.poster, &fixture.job.id)).unwrap();
        app.advance(Duration::days(2)).await;
        assert_eq!(bound(app, &fixture.worker).await, [(BindingKind::Wallet, 1, Some(Money(40_000)))]);
        app.deposit(&fixture.worker, 5_000).await.unwrap();
        empty(app, &fixture.worker).await;
        assert_eq!(bound(app, &fixture.worker).await, [(BindingKind::Deposits, 1, Some(Money(5_000)))]);
    }

    async fn seats_disputes_and_teams_bind_an_account(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        assert_eq!(bound(app, &review.proofers[0]).await, [(BindingKind::Seats, 1, None)]);
        let fixture = JobFixture::rejected(app).await;
        fixture.dispute(app, &fixture.worker).await.unwrap();
        let kinds: Vec<_> = bound(app, &fixture.worker).await.into_iter().map(|(kind, ..)| kind).collect();
        assert_eq!(kinds, [BindingKind::Worked, BindingKind::Disputes]);
        let owner = app.resident("owner").await;
        let studio = app.shared(&owner, "Studio").await;
        assert_eq!(bound(app, &owner).await, []);
        let dev = app.joined(&studio, "dev", "role_developer").await;
        assert_eq!(bound(app, &owner).await, [(BindingKind::Team, 1, None)]);
        assert_eq!(bound(app, &dev).await, []);
    }

    async fn a_closed_account_ends_at_once_and_opens_again_by_its_link(app) {
        let ada = app.agent("ada", &["coding"]).await;
        let own = act!(app, job::post(&ada, &draft())).unwrap();
        let fixture = JobFixture::open(app).await;
        act!(app, nda::agree(&ada, &fixture.job.id)).unwrap();
        let offer = NewApplication { cover_letter: "Me".into(), price: None };
        let offer = act!(app, application::apply(&ada, &fixture.job.id, &offer)).unwrap();
        let key = app.key(&ada, &["*"]).await;
        app.webhook(&ada, &["*"]).await;
        let wrong = deletion::ask(&app.market, &ada, Some("not my password")).await.unwrap_err();
        assert_eq!(wrong.fields[0].name, "current_password");
        assert_eq!(deletion::ask(&app.market, &ada, None).await.unwrap_err().fields[0].name, "current_password");

        assert_eq!(ask(app, &ada).await, app.now().after(GRACE));
        assert!(is_shut(app, &ada).await, "sessions ended");
        assert_eq!(app.holder(&key.secret).await.unwrap_err().kind, Kind::Unauthenticated);
        assert_eq!(look!(app, job::view(None, &own.id)).map(|view| view.job.status).ok(), None, "it is no longer listed");
        let offers = look!(app, application::list(&fixture.poster, &fixture.job.id, Paging::first(9))).unwrap().items;
        assert_eq!(offers.iter().find(|one| one.id == offer.id).map(|one| one.status), Some(Applied::Withdrawn));
        assert_eq!(app.count(sql("select count(*) from endpoint where status = 'active'")).await, 0);
        let to = email(app, &ada).await;
        refused(second_factor::log_in(&app.market, &to, PASSWORD, None).await, Kind::Forbidden, "account_closed");
        let admin = app.admin("root").await;
        refused(act!(app, suspension::reinstate(&admin, &ada.member)), Kind::Conflict, "is_closed");

        let token = link(app, &to).await;
        app.pass(Duration::days(6));
        assert!(!deletion::erase_due(&app.market).await.unwrap());
        assert_eq!(act!(app, deletion::restore("nothing")).unwrap_err().code, "restore_invalid");
        let back = act!(app, deletion::restore(&token)).unwrap();
        let again = app.signed_in(&back).await;
        assert_eq!(act!(app, deletion::restore(&token)).unwrap_err().code, "restore_invalid", "once");
        let said: Vec<_> = app.audit(&again, None).await.unwrap().into_iter().map(|entry| entry.name).collect();
        assert_eq!(said[..2], ["member.deletion_undone", "member.deletion_asked"]);
        app.pass(Duration::days(9));
        assert!(!deletion::erase_due(&app.market).await.unwrap(), "nothing is deleted");
        assert_eq!(read!(app, member::show(&again)).unwrap().name, "ada");
    }

    async fn a_key_that_may_less_than_its_maker_deletes_nothing(app) {
        let ada = app.agent("ada", &["coding"]).await;
        let some = app.holder(&app.key(&ada, &["jobs:*", "users:write"]).await.secret).await.unwrap();
        refused(deletion::ask(&app.market, &some, None).await.map(drop), Kind::Forbidden, "whole_key_required");
        refused(market::export::ask(&app.market, &some, None).await.map(drop), Kind::Forbidden, "whole_key_required");
        refused(market::export::ask(&app.market, &ada, None).await.map(drop), Kind::Forbidden, "export_needs_password");
        let whole = app.holder(&app.key(&ada, &["*"]).await.secret).await.unwrap();
        deletion::ask(&app.market, &whole, None).await.unwrap();
    }

    async fn money_that_comes_meanwhile_puts_it_off(app) {
        let ada = app.member("ada").await;
        ask(app, &ada).await;
        app.fund(&ada, Money(1_000)).await;
        app.pass(GRACE);
        assert!(deletion::erase_due(&app.market).await.unwrap());
        assert_eq!(app.count(sql("select count(*) from member where erased_at is not null")).await, 0);
        empty(app, &ada).await;
        app.pass(PUT_OFF);
        assert!(deletion::erase_due(&app.market).await.unwrap());
        assert_eq!(app.count(sql("select count(*) from member where erased_at is not null")).await, 1);
    }

    async fn no_byte_of_a_deleted_member_is_left_and_the_other_side_keeps_its_history(app) {
        let word = "xanadu";
        let mut ada = app.member(word).await;
        let bob = app.agent("bob", &["coding"]).await;
        app.fund(&ada, Money(100_000)).await;
        act!(app, member::rename(&ada, "Xanadu Ada")).unwrap();
        let made = app.profile(&ada, &agent::Draft { bio: "xanadu builder".into(), ..profile("Xanadu Works", &["coding"]) }).await.unwrap();
        ada.agent = Some(made.id);
        app.notify().await;

        let posted = posted_by(app, &ada, &bob).await;
        let theirs = worked_by(app, &ada, &bob).await;
        let before = app.happenings(theirs.id.as_str()).await;

        assert!(cells(app, word).await.len() > 20);
        empty(app, &ada).await;
        ask(app, &ada).await;
        app.advance(GRACE).await;
        assert!(deletion::erase_due(&app.market).await.unwrap());
        for word in ["xanadu", "Xanadu"] {
            assert_eq!(cells(app, word).await, [], "{word}");
        }
        assert_eq!(app.happenings(theirs.id.as_str()).await, before, "the history of the job");
        let view = look!(app, job::view(&bob, &theirs.id)).unwrap();
        assert_eq!((view.job.title.as_str(), view.job.status), (theirs.title.as_str(), Status::Completed));
        let told = app.happenings(ada.member.as_str()).await;
        assert_eq!(told.last().map(String::as_str), Some("member.erased"));
        let said = look!(app, message::list(&bob, &posted.job.id, Paging::first(9))).unwrap().items;
        assert!(said.iter().any(|message| message.body == "Bob answers"), "what others said stays");
        assert!(is_shut(app, &ada).await);
        if let Some(folder) = app.database.folder() {
            nothing_on_disk(app, &folder.join("market.db"), word).await;
        }
    }
}

/// Looks into the bytes of the file, after SQLite gave back the pages that it no longer uses.
async fn nothing_on_disk(app: &TestApp, path: &std::path::Path, word: &str) {
    let copy = path.with_extension("copy");
    app.market.db.backup(&copy).await.expect("copies");
    let conn = sqlx::SqlitePool::connect(&format!("sqlite://{}", copy.display())).await.expect("opens");
    sqlx::query("vacuum").execute(&conn).await.expect("vacuums");
    conn.close().await;
    let bytes = std::fs::read(&copy).expect("a file").to_ascii_lowercase();
    assert!(bytes.windows(word.len()).all(|window| window != word.as_bytes()), "no byte of {word}");
}

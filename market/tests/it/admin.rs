//! The console of the server's admins, and suspension.

use market::actor::Plan;
use market::admin::{self, PAGE};
use market::db::sql;
use market::id::MemberId;
use market::job::Status;
use market::second_factor;
use market::timer::{self, Timer};
use market::{Actor, Duration, Kind, Paging, Result, member, reset, token};
use testkit::job::JobFixture;
use testkit::{PASSWORD, TestApp, act, both, read};

async fn suspend(app: &TestApp, by: &Actor, whom: &MemberId) -> Result<member::Member> {
    act!(app, suspension::suspend(by, whom, "It posts spam."))
}

async fn names(app: &TestApp, root: &Actor, letters: &str) -> Vec<String> {
    let found = read!(app, admin::member_list(root, letters, None)).expect("lists");
    found.items.into_iter().map(|line| line.name).collect()
}

/// Sets a timer that nobody knows how to do, and has it fail for good.
async fn failed(app: &TestApp) -> String {
    let mut tx = app.market.begin().await.expect("begins");
    let due = tx.now;
    timer::set(&mut tx, &Timer::new("odd:1".into(), "odd.kind", "thing", due)).await.expect("sets");
    tx.commit().await.expect("commits");
    for _ in 0..60 {
        app.advance(Duration::days(1)).await;
    }
    assert_eq!(read!(app, timer::dead()), Ok(1));
    "odd:1".to_owned()
}

both! {
    async fn for_everybody_else_there_is_no_console(app) {
        let root = app.admin("root").await;
        let ada = app.resident("ada").await;
        let secret = act!(app, key::create(&root, &testkit::key::draft("bot", &[]))).expect("makes a key").secret;
        let bot = read!(app, key::actor(&secret)).expect("works");
        for actor in [&ada, &bot] {
            let refusals = [
                read!(app, admin::member_list(actor, "", None)).map(drop),
                read!(app, admin::member(actor, &root.member)).map(drop),
                read!(app, admin::job_list(actor, "", None, None)).map(drop),
                read!(app, admin::failed_timers(actor, None)).map(drop),
                admin::check_ledger(&app.market, actor).await.map(drop),
                read!(app, audit::of_server(actor, Paging::first(20))).map(drop),
                read!(app, suspension::of_member(actor, &ada.member)).map(drop),
                suspend(app, actor, &ada.member).await.map(drop),
                act!(app, suspension::reinstate(actor, &ada.member)).map(drop),
                act!(app, suspension::verify_address(actor, &ada.member)).map(drop),
                act!(app, admin::try_again(actor, "odd:1")),
            ];
            for (n, refusal) in refusals.into_iter().enumerate() {
                assert_eq!(refusal.expect_err("no console").kind, Kind::NotFound, "{n}");
            }
        }
    }

    async fn a_suspended_member_is_kept_out(app) {
        let root = app.admin("root").await;
        let ada = app.resident("ada").await;
        let me = read!(app, member::show(&ada)).expect("is there");
        let bearer = token::issue(&app.market, &me).expect("issues").access_token;
        let secret = act!(app, key::create(&ada, &testkit::key::draft("bot", &[]))).expect("makes a key").secret;
        let link = act!(app, reset::link("ada@example.com")).expect("makes");
        suspend(app, &root, &ada.member).await.expect("suspends");
        assert_eq!(read!(app, session::actor(&me.id, me.epoch)), Ok(None), "sessions end");
        assert_eq!(read!(app, session::actor(&me.id, me.epoch + 1)), Ok(None), "none begins");
        let refused = |error: market::Error| (error.kind, error.code.into_owned());
        let suspended = (Kind::Forbidden, "account_suspended".to_owned());
        assert_eq!(refused(second_factor::log_in(&app.market, "ada@example.com", PASSWORD, None).await.expect_err("out")), suspended);
        assert_eq!(refused(token::actor(&app.market, &bearer).await.expect_err("out")), suspended);
        assert_eq!(refused(read!(app, key::actor(&secret)).expect_err("out")), suspended);
        let wrong = second_factor::log_in(&app.market, "ada@example.com", "not the password", None).await.expect_err("wrong");
        assert_eq!(wrong.code, "invalid_credentials", "a stranger learns nothing");
        let (_, reset) = link.split_once("token=").expect("a link");
        assert!(reset::finish(&app.market, reset, "a whole new sentence").await.is_err(), "mailed links end");
        let letter = app.letters_to("ada@example.com").await.pop().expect("a letter");
        assert!(letter.subject == "Your account is suspended" && letter.text.contains("It posts spam."), "{letter:?}");
        assert_eq!(suspend(app, &root, &ada.member).await.expect_err("twice").code, "suspended_already");
        act!(app, suspension::reinstate(&root, &ada.member)).expect("reinstates");
        assert!(second_factor::log_in(&app.market, "ada@example.com", PASSWORD, None).await.is_ok());
        assert!(read!(app, key::actor(&secret)).is_ok(), "keys work again");
        assert!(token::actor(&app.market, &bearer).await.is_err(), "old tokens don't");
        assert_eq!(act!(app, suspension::reinstate(&root, &ada.member)).expect_err("twice").code, "suspended_already");
    }

    async fn no_admin_is_suspended_and_a_reason_is_needed(app) {
        let (root, other) = (app.admin("root").await, app.admin("other").await);
        let ada = app.resident("ada").await;
        for whom in [&root, &other] {
            assert_eq!(suspend(app, &root, &whom.member).await.expect_err("an admin").code, "is_admin");
        }
        let empty = act!(app, suspension::suspend(&root, &ada.member, " ")).expect_err("no reason");
        assert_eq!(empty.fields[0].name, "reason");
        assert_eq!(suspend(app, &root, &MemberId::from("user_nobody")).await.expect_err("nobody").kind, Kind::NotFound);
    }

    async fn a_job_goes_on_without_its_suspended_poster(app) {
        let root = app.admin("root").await;
        let fixture = JobFixture::approved(app).await;
        suspend(app, &root, &fixture.poster.member).await.expect("suspends");
        app.advance(Duration::days(2)).await;
        assert_eq!(fixture.look(app).await.status, Status::Completed, "the timer paid");
    }

    async fn an_admin_verifies_an_address(app) {
        let root = app.admin("root").await;
        let ada = app.newcomer("ada").await;
        let verified = act!(app, suspension::verify_address(&root, &ada.id)).expect("verifies");
        assert!(verified.verified_at.is_some());
        act!(app, suspension::verify_address(&root, &ada.id)).expect("again changes nothing");
        let log = read!(app, audit::of_server(&root, Paging::first(20))).expect("reads");
        assert_eq!(log.total, 1);
    }

    async fn what_an_admin_does_is_in_the_log(app) {
        let root = app.admin("root").await;
        let ada = app.resident("ada").await;
        suspend(app, &root, &ada.member).await.expect("suspends");
        act!(app, suspension::reinstate(&root, &ada.member)).expect("reinstates");
        act!(app, team::change_plan(&root, &ada.team, Plan::Pro)).expect("changes");
        let id = failed(app).await;
        act!(app, admin::try_again(&root, &id)).expect("tries again");
        let log = read!(app, audit::of_server(&root, Paging::first(20))).expect("reads").items;
        let told: Vec<_> = log.iter().map(|entry| (entry.name.as_str(), entry.by.as_ref().map(|by| by.name.as_str()))).collect();
        assert_eq!(told, [
            ("timer.retried", Some("root")),
            ("team.plan_changed", Some("root")),
            ("member.reinstated", Some("root")),
            ("member.suspended", Some("root")),
        ]);
        assert_eq!(log[3].facts["reason"], "It posts spam.");
        let me = second_factor::log_in(&app.market, "ada@example.com", PASSWORD, None).await.expect("signs in");
        let own = app.audit(&app.signed_in(&me).await, None).await.expect("reads");
        assert_eq!(own.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(), ["team.plan_changed", "member.reinstated", "member.suspended"]);
        assert!(own.iter().all(|entry| entry.by.is_none() && !entry.facts.to_string().contains("by_admin")), "no team learns who it was");
    }

    async fn members_are_found_by_name_and_address(app) {
        let root = app.admin("root").await;
        app.resident("ada").await;
        app.resident("bob").await;
        app.resident("50%").await;
        assert_eq!(names(app, &root, "").await, ["50%", "bob", "ada", "root"], "the newest first");
        assert_eq!(names(app, &root, "ADA").await, ["ada"]);
        assert_eq!(names(app, &root, "bob@example").await, ["bob"]);
        assert_eq!(names(app, &root, "%").await, ["50%"], "letters are letters");
        assert_eq!(names(app, &root, root.member.as_str()).await, ["root"]);
        assert_eq!(names(app, &root, "nobody").await, Vec::<String>::new());
        for n in 0..PAGE {
            app.newcomer(&format!("many{n}")).await;
        }
        let first = read!(app, admin::member_list(&root, "", None)).expect("lists");
        assert!(first.has_more && first.items.len() == PAGE);
        let rest = read!(app, admin::member_list(&root, "", first.items.last().map(|line| &line.id))).expect("lists");
        assert!(!rest.has_more);
        assert_eq!(rest.items.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["50%", "bob", "ada", "root"]);
    }

    async fn the_page_of_a_member_has_money_and_jobs(app) {
        let root = app.admin("root").await;
        let fixture = JobFixture::funded(app).await;
        let shown = read!(app, admin::member(&root, &fixture.poster.member)).expect("shows");
        assert_eq!((shown.jobs.len(), shown.jobs[0].status), (1, Status::InProgress));
        assert_eq!(shown.teams.len(), 1);
        assert_eq!(shown.teams[0].available, fixture.available(app).await.0);
        assert!(shown.teams[0].reserved.0 > 0 && !shown.has_second_factor && shown.suspended_for.is_none());
        suspend(app, &root, &fixture.poster.member).await.expect("suspends");
        let shown = read!(app, admin::member(&root, &fixture.poster.member)).expect("shows");
        assert_eq!(shown.suspended_for.as_deref(), Some("It posts spam."));
        assert_eq!(read!(app, admin::member(&root, &MemberId::from("user_nobody"))).expect_err("nobody").kind, Kind::NotFound);
    }

    async fn jobs_are_found_in_each_status(app) {
        let root = app.admin("root").await;
        let (open, funded) = (JobFixture::open(app).await, JobFixture::funded(app).await);
        let all = read!(app, admin::job_list(&root, "", None, None)).expect("lists");
        assert_eq!(all.items.iter().map(|line| &line.id).collect::<Vec<_>>(), [&funded.job.id, &open.job.id], "the newest first");
        let after = read!(app, admin::job_list(&root, "", None, Some(&funded.job.id))).expect("lists");
        assert_eq!(after.items.len(), 1);
        let some = read!(app, admin::job_list(&root, "", Some(Status::InProgress), None)).expect("lists");
        assert_eq!(some.items.len(), 1);
        let by_reference = read!(app, admin::job_list(&root, &open.job.id.as_str()[..8].to_uppercase(), None, None)).expect("lists");
        assert_eq!(by_reference.items.iter().map(|line| &line.id).collect::<Vec<_>>(), [&open.job.id]);
        let title = all.items[0].title.to_uppercase();
        assert_eq!(read!(app, admin::job_list(&root, &title, None, None)).expect("lists").items.len(), 2);
        assert!(read!(app, admin::job_list(&root, "nobody posted this", None, None)).expect("lists").items.is_empty());
    }

    async fn a_failed_timer_is_tried_again(app) {
        let root = app.admin("root").await;
        let id = failed(app).await;
        let shown = read!(app, admin::failed_timers(&root, None)).expect("lists").items;
        assert_eq!((shown.len(), shown[0].kind.as_str(), shown[0].subject.as_str()), (1, "odd.kind", "thing"));
        assert!(shown[0].last_error.as_deref().is_some_and(|error| error.contains("odd.kind")), "{shown:?}");
        assert!(read!(app, admin::failed_timers(&root, Some(shown[0].key))).expect("lists").items.is_empty());
        act!(app, admin::try_again(&root, &id)).expect("tries again");
        assert_eq!(read!(app, timer::dead()), Ok(0));
        assert_eq!(act!(app, admin::try_again(&root, &id)).expect_err("it is due").kind, Kind::NotFound);
        app.advance(Duration::seconds(1)).await;
        let tried = sql("select count(*) from timer where id = 'odd:1' and attempts = 1");
        assert_eq!(app.count(tried).await, 1);
    }

    async fn the_ledger_is_checked(app) {
        let root = app.admin("root").await;
        JobFixture::funded(app).await;
        let audit = admin::check_ledger(&app.market, &root).await.expect("checks");
        assert!(audit.is_sound() && audit.entries > 0);
    }
}

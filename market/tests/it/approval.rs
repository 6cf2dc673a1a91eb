//! Approvals: a person allows one spend above an amount.

use market::approval::{KEPT, LIFE, Status, WAITING_MAX};
use market::id::ApprovalId;
use market::job::Job;
use market::mandate::Draft;
use market::notification::Place;
use market::{Actor, Duration, Error, Kind, Money, Paging, Result, approval};
use testkit::mandate::{MandateFixture, held, per_day, post, refused};
use testkit::{TestApp, act, both, read};

/// A mandate that asks about more than 5.00 for one job.
fn asking() -> Draft {
    Draft { approval_above: Some(500), ..per_day(100_000) }
}

/// The id of the request that a refused spend left.
fn request<T>(result: Result<T>) -> ApprovalId {
    let error: Error = result.err().expect("a person is asked");
    assert_eq!((error.kind, error.code.as_ref()), (Kind::Conflict, "approval_required"), "{error:?}");
    error.facts.expect("facts")["approval_id"].as_str().expect("an id").into()
}

async fn status(app: &TestApp, owner: &Actor, id: &ApprovalId) -> Status {
    read!(app, approval::show(owner, id)).expect("is there").status
}

async fn asked(app: &TestApp) -> (MandateFixture, ApprovalId) {
    let fixture = MandateFixture::with(app, &asking()).await;
    let id = request(fixture.post(app, 1_000).await);
    (fixture, id)
}

both! {
    async fn an_approval_lets_one_spend_through(app) {
        let (fixture, id) = asked(app).await;
        assert_eq!(request(fixture.post(app, 1_000).await), id, "asked again, it is the same request");
        let email = read!(app, member::show(&fixture.owner)).expect("reads").email;
        let letters = app.letters_to(&email).await;
        let letter = letters.last().expect("a letter");
        assert_eq!(letter.subject, "Approve 10.50 USD?");
        assert!(letter.text.contains(&format!("/agents/{}/mandate", fixture.agent)), "{}", letter.text);
        assert_eq!(letters.iter().filter(|letter| letter.subject.starts_with("Approve")).count(), 1);
        let approved = act!(app, approval::approve(&fixture.owner, &id)).expect("approves");
        assert_eq!((approved.status, approved.decided_by), (Status::Approved, Some(fixture.owner.member.clone())));
        let job: Job = fixture.post(app, 1_000).await.expect("goes through");
        assert_eq!(status(app, &fixture.owner, &id).await, Status::Used);
        assert_ne!(request(fixture.post(app, 1_000).await), id, "once");
        let line = &fixture.spending(app).await.last[0];
        assert_eq!((&line.job_id, line.amount, line.approval_id.as_ref()), (&job.id, Money(1_050), Some(&id)));
        assert_eq!(app.happenings(id.as_str()).await, ["approval.requested", "approval.decided"]);
        app.advance(LIFE).await;
        assert_eq!(status(app, &fixture.owner, &id).await, Status::Used, "its timer changes nothing");
    }

    async fn a_request_waits_on_the_page_of_those_who_may_decide(app) {
        let fixture = MandateFixture::with(app, &asking()).await;
        let owner = &fixture.owner;
        let told = async || {
            app.notify().await;
            let list = read!(app, notification::list(owner, Paging::first(50))).expect("lists").items;
            let asked: Vec<_> = list.into_iter().filter(|told| told.place == Place::Agents).collect();
            (read!(app, notification::counts(owner)).expect("counts").agents, asked)
        };
        let id = request(fixture.post(app, 1_000).await);
        let (waiting, asked) = told().await;
        assert_eq!((waiting, asked.len(), asked[0].waits, asked[0].read_at), (1, 1, true, None));
        assert_eq!((asked[0].agent_id.as_ref(), asked[0].due_at), (Some(&fixture.agent), Some(app.now().after(LIFE))));
        assert!(asked[0].body.starts_with("Ada asks to spend 10.50 USD on “Replace the regex invoice parser"), "{}", asked[0].body);
        act!(app, approval::deny(owner, &id)).expect("denies");
        let (waiting, asked) = told().await;
        assert_eq!((waiting, asked.len(), asked[0].waits, asked[0].read_at.is_some()), (0, 1, false, true));
        request(post(&app.market, &fixture.key, &held("Another job", 1_000)).await);
        assert_eq!(told().await.0, 1);
        app.advance(LIFE).await;
        assert_eq!(told().await.0, 0, "its time is over");
    }

    async fn steps_below_the_amount_add_up(app) {
        let (fixture, _) = asked(app).await;
        let job = fixture.post(app, 400).await.expect("4.20 need nobody");
        let edit = async |cents: i64| act!(app, job::edit(&fixture.key, &job.id, &held("A job that grows", cents)));
        edit(470).await.expect("4.94 in all");
        let refusal = edit(500).await.expect_err("5.25 in all");
        let id = request::<()>(Err(approval::ask(&app.market, &fixture.key, refusal).await));
        let waiting = read!(app, approval::show(&fixture.key, &id)).expect("its agent sees it");
        assert_eq!((waiting.job_id, waiting.amount), (Some(job.id.clone()), Money(31)));
        act!(app, approval::approve(&fixture.owner, &id)).expect("approves");
        edit(500).await.expect("goes through");
    }

    async fn a_denied_spend_is_refused_for_a_day(app) {
        let (fixture, id) = asked(app).await;
        act!(app, approval::deny(&fixture.owner, &id)).expect("denies");
        assert_eq!(refused(fixture.post(app, 1_000).await).0, "approval_above");
        for decision in [act!(app, approval::approve(&fixture.owner, &id)), act!(app, approval::deny(&fixture.owner, &id))] {
            assert_eq!(decision.expect_err("it is decided").code, "approval_over");
        }
        app.advance(LIFE).await;
        assert_ne!(request(fixture.post(app, 1_000).await), id, "then it can be asked for again");
    }

    async fn time_ends_requests_and_approvals(app) {
        let (fixture, first) = asked(app).await;
        app.advance(LIFE).await;
        assert_eq!(status(app, &fixture.owner, &first).await, Status::Lapsed);
        let second = request(fixture.post(app, 1_000).await);
        app.pass(Duration::hours(20));
        act!(app, approval::approve(&fixture.owner, &second)).expect("approves");
        app.advance(Duration::hours(20)).await;
        assert_eq!(status(app, &fixture.owner, &second).await, Status::Approved, "a day from the decision");
        app.advance(Duration::hours(4)).await;
        assert_eq!(status(app, &fixture.owner, &second).await, Status::Lapsed);
        request(fixture.post(app, 1_000).await);
        app.advance(LIFE).await;
        app.pass(KEPT.max(LIFE));
        app.pass(Duration::ms(1));
        assert_eq!(act!(app, approval::sweep()).expect("sweeps"), 3);
        assert_eq!(read!(app, approval::show(&fixture.owner, &first)).expect_err("gone").kind, Kind::NotFound);
    }

    async fn limits_hold_whatever_is_approved(app) {
        let fixture = MandateFixture::with(app, &Draft { approval_above: Some(500), ..per_day(1_000) }).await;
        assert_eq!(refused(fixture.post(app, 1_000).await), ("per_day".into(), Some(1_000)), "nobody is asked in vain");
        let id = request(fixture.post(app, 900).await);
        act!(app, approval::approve(&fixture.owner, &id)).expect("approves");
        fixture.set(app, &Draft { approval_above: Some(500), ..per_day(600) }).await.expect("sets");
        assert_eq!(refused(fixture.post(app, 900).await), ("per_day".into(), Some(600)));
        assert_eq!(status(app, &fixture.owner, &id).await, Status::Approved, "it was not used");
    }

    async fn a_person_decides_or_another_key(app) {
        let (fixture, id) = asked(app).await;
        let refused = async |by: &Actor| act!(app, approval::approve(by, &id)).expect_err("refused").code.into_owned();
        assert_eq!(refused(&fixture.key).await, "not_by_agents");
        assert_eq!(refused(&app.agent("Bob", &["coding"]).await).await, "not_found");
        let holder = async |scopes: &[&str]| {
            let made = app.key(&fixture.owner, scopes).await;
            app.holder(&made.secret).await.expect("a key")
        };
        assert_eq!(refused(&holder(&["mandates:read"]).await).await, "missing_scope");
        let other = holder(&["mandates:*"]).await;
        let asking = holder(&["*"]).await;
        let own = request(post(&app.market, &asking, &held("A job by the team's key", 1_000)).await);
        assert_eq!(act!(app, approval::approve(&asking, &own)).expect_err("it asked").code, "own_request");
        act!(app, approval::approve(&other, &own)).expect("another key may");
        post(&app.market, &asking, &held("A job by the team's key", 1_000)).await.expect("goes through");
        act!(app, approval::deny(&other, &id)).expect("denies");
    }

    async fn requests_that_wait_have_a_bound(app) {
        let fixture = MandateFixture::with(app, &asking()).await;
        for n in 0..WAITING_MAX {
            request(post(&app.market, &fixture.key, &held(&format!("Job number {n}"), 1_000)).await);
        }
        let one_more = post(&app.market, &fixture.key, &held("One more job", 1_000)).await.expect_err("there are enough");
        assert_eq!((one_more.kind, one_more.code.as_ref()), (Kind::TooMany, "too_many_approvals"));
        let list = async |status, limit| read!(app, approval::list(&fixture.key, None, status, Paging::first(limit))).expect("lists");
        let (page, none) = (list(Some(Status::Pending), 5).await, list(Some(Status::Used), 5).await);
        assert_eq!((page.total, page.items.len(), none.total), (WAITING_MAX, 5, 0));
        assert_eq!(page.items[0].title, format!("Job number {}", WAITING_MAX - 1), "the newest first");
        let after = market::page::Part::new(Some(100), None, Some(page.items[4].id.to_string())).expect("a part");
        let rest = read!(app, approval::list(&fixture.owner, Some(&fixture.agent), None, after)).expect("lists");
        assert_eq!(rest.items.len(), 15);
    }
}

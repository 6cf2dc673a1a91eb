//! Safety: reports, the cases that they make, decisions of admins, appeals, and who hears of them.

use market::db::sql;
use market::id::CaseId;
use market::job::{Draft as JobDraft, Filter, Status as JobStatus};
use market::safety::{APPEAL_WINDOW, Case, DECISION_WINDOW, Decision, Draft, Outcome, Report, Status, SubjectKind, WAITING_MAX};
use market::{Actor, Duration, Error, Kind, Paging, Result};
use testkit::job::{JobFixture, draft};
use testkit::review::{ReviewFixture, proofed};
use testkit::team::refused;
use testkit::{TestApp, act, both, look, read};

const FIRST: Paging = Paging::first(20);

/// A job whose brief everybody reads.
async fn public(app: &TestApp) -> JobFixture {
    let fixture = JobFixture::open(app).await;
    act!(app, job::cancel(&fixture.poster, &fixture.job.id, None)).expect("cancels");
    let job = act!(app, job::post(&fixture.poster, &JobDraft { confidential: Some(false), ..draft() })).expect("posts");
    JobFixture { job, ..fixture }
}

fn of(kind: &str, id: &str) -> Draft {
    Draft { target_type: kind.into(), target_id: id.into(), reason: "spam".into(), details: "It sells pills.".into() }
}

async fn report(app: &TestApp, who: &Actor, kind: &str, id: &str) -> Result<Report> {
    act!(app, safety::report(who, &of(kind, id)))
}

async fn decide(app: &TestApp, admin: &Actor, id: &CaseId, decision: &str) -> Result<Case> {
    let decision = Decision { decision: decision.into(), reason: "It is spam.".into() };
    act!(app, safety::decide(admin, id, &decision))
}

/// The case that waits the longest.
async fn waiting(app: &TestApp, admin: &Actor) -> Case {
    read!(app, safety::queue(admin, None, FIRST)).expect("lists").items.remove(0)
}

/// Reports a thing, and has the admin hide it.
async fn hidden(app: &TestApp, admin: &Actor, who: &Actor, kind: &str, id: &str) -> Case {
    report(app, who, kind, id).await.expect("reports");
    let case = waiting(app, admin).await.id;
    decide(app, admin, &case, "hide").await.expect("hides")
}

async fn told(app: &TestApp, who: &Actor) -> Vec<String> {
    app.notify().await;
    read!(app, notification::list(who, FIRST)).expect("lists").items.into_iter().map(|told| told.body).collect()
}

async fn outcome(app: &TestApp, who: &Actor) -> Outcome {
    read!(app, safety::mine(who, FIRST)).expect("lists").items[0].outcome
}

fn code<T>(result: Result<T>) -> String {
    result.map(drop).map_or_else(|error: Error| error.code.into_owned(), |()| "done".to_owned())
}

both! {
    async fn a_job_is_reported_hidden_appealed_and_shown_again(app) {
        let (root, fixture, eve) = (app.admin("root").await, public(app).await, app.agent("eve", &["coding"]).await);
        let (poster, id) = (&fixture.poster, fixture.job.id.as_str());
        let made = report(app, &eve, "job", id).await.expect("reports");
        assert_eq!((made.outcome, made.details.as_str()), (Outcome::Open, "It sells pills."));
        assert!(told(app, &root).await[0].starts_with("Somebody reported a job: spam."));
        let case = waiting(app, &root).await;
        assert_eq!((case.status, case.reports, case.title.as_str()), (Status::Open, 1, fixture.job.title.as_str()));
        assert!(read!(app, safety::of_team(poster, FIRST)).unwrap().items.is_empty(), "owners don't learn of reports");

        let case = decide(app, &root, &case.id, "hide").await.expect("hides").id;
        assert_eq!(outcome(app, &eve).await, Outcome::Hidden);
        let heard = told(app, poster).await;
        assert!(heard[0].contains("An admin hid your job") && heard[0].contains("It is spam."), "{heard:?}");
        assert_eq!(told(app, &eve).await[0], "You reported a job. An admin looked at it and hid it. Thank you.");
        app.advance(Duration::ZERO).await;
        for who in [poster, &eve] {
            let email = read!(app, member::show(who)).expect("a member").email;
            let letters = app.letters_to(&email).await;
            let last = letters.last().expect("a letter");
            assert!(last.text.contains("/settings/safety") && !last.text.contains("root"), "{}", last.text);
        }
        let own = read!(app, safety::of_team(poster, FIRST)).unwrap().items.remove(0);
        assert_eq!((own.status, own.reason.as_deref(), own.appeal_until()), (Status::Hidden, Some("It is spam."), Some(app.now().after(APPEAL_WINDOW))));

        act!(app, safety::appeal(poster, &case, "It is no spam.")).expect("appeals");
        assert_eq!(code(act!(app, safety::appeal(poster, &case, "Once more."))), "no_appeal");
        assert!(told(app, &root).await[0].starts_with("The owner of a hidden job appeals."));
        assert_eq!(waiting(app, &root).await.appeal.as_deref(), Some("It is no spam."));
        let shown = decide(app, &root, &case, "restore").await.expect("restores");
        assert_eq!((shown.status, outcome(app, &eve).await), (Status::Restored, Outcome::Restored));
        assert!(told(app, poster).await[0].starts_with("Everybody sees your job"));
        assert!(told(app, &eve).await[0].contains("shown again"));
        assert!(read!(app, job::open(&Filter::default(), FIRST)).unwrap().items.iter().any(|card| card.id == fixture.job.id));
    }

    async fn a_hidden_job_is_in_no_list_and_takes_nobody(app) {
        let (root, fixture, eve) = (app.admin("root").await, public(app).await, app.agent("eve", &["coding"]).await);
        let (poster, worker, id) = (&fixture.poster, &fixture.worker, &fixture.job.id);
        let offer = market::application::NewApplication { cover_letter: String::new(), price: Some(40_000) };
        let applied = act!(app, application::apply(worker, id, &offer)).expect("applies").id;
        let (ivy, kim) = (app.agent("ivy", &["coding"]).await, app.agent("kim", &["coding"]).await);
        let invite = async |who: &Actor| code(act!(app, job_invitation::invite(poster, id, who.agent.as_ref().expect("an agent"))));
        assert_eq!(invite(&ivy).await, "done");
        let case = hidden(app, &root, &eve, "job", id.as_str()).await.id;
        let find = async || {
            let listed = read!(app, job::open(&Filter::default(), FIRST)).unwrap();
            let available = read!(app, job::available(&eve, &Filter::default(), FIRST)).unwrap();
            let narrowed = Filter { search: Some(fixture.job.title.clone()), ..Filter::default() };
            let searched = read!(app, job::open(&narrowed, FIRST)).unwrap();
            let matched = read!(app, matching::recommended(&eve, FIRST)).unwrap();
            let activity = market::activity::list(&mut app.read().await, FIRST).await.unwrap();
            let figures = market::activity::figures(&mut app.read().await).await.unwrap();
            let of_team = market::profile::team(&mut app.read().await, None, &poster.team, FIRST, 0).await.unwrap();
            let mapped = read!(app, job::listed(9)).unwrap();
            let told = |job: &market::activity::Activity| job.job.as_ref().is_some_and(|job| job.listed.is_some());
            let feed = market::feed::recent(&mut app.read().await, &eve, 20).await.unwrap();
            let heard = feed.iter().filter(|event| event.job_id.as_ref() == Some(id)).count();
            [listed.items.len(), listed.total as usize, available.items.len(), available.total as usize, searched.items.len(), searched.total as usize,
             matched.items.len(), activity.items.iter().filter(|line| told(line)).count(), figures.open as usize, of_team.open.items.len(),
             of_team.open.total as usize, mapped.len(), heard]
        };
        assert_eq!(find().await, [0; 13]);
        assert_eq!(code(look!(app, job::preview(&eve, id))), "not_found");
        assert_eq!(code(market::job::access_of(&mut app.read().await, None, id).await), "not_found");
        for who in [poster, worker, &root] {
            look!(app, job::preview(who, id)).expect("its owner, those who applied and admins read it");
        }
        assert_eq!(code(act!(app, application::apply(&eve, id, &offer))), "not_found");
        assert_eq!(code(act!(app, application::apply(worker, id, &offer))), "job_hidden");
        assert_eq!(code(act!(app, question::ask(worker, id, "Why?"))), "job_hidden");
        assert_eq!(code(act!(app, job::accept(poster, id, &applied))), "job_hidden");
        assert_eq!(invite(&kim).await, "job_hidden");
        assert_eq!(read!(app, matching::invited(&ivy)).expect("lists"), []);
        app.fund(poster, market::Money(100_000)).await;
        assert_eq!(code(act!(app, job::feature(poster, id, None))), "job_hidden");
        decide(app, &root, &case, "restore").await.expect("restores");
        assert_eq!(find().await, [1; 13]);
        act!(app, job::accept(poster, id, &applied)).expect("accepts");
    }

    async fn the_form_of_a_report_shows_no_hidden_words(app) {
        let (root, fixture, eve) = (app.admin("root").await, public(app).await, app.agent("eve", &["coding"]).await);
        let target = async |who: &Actor| {
            let found = market::safety::target(&mut app.read().await, who, SubjectKind::Job, fixture.job.id.as_str()).await;
            found.map(|target| target.words)
        };
        assert_eq!(target(&eve).await.as_deref(), Ok(fixture.job.title.as_str()));
        assert_eq!(code(target(&fixture.poster).await), "own_content");
        act!(app, application::apply(&fixture.worker, &fixture.job.id, &market::application::NewApplication::default())).expect("applies");
        hidden(app, &root, &eve, "job", fixture.job.id.as_str()).await;
        assert_eq!(code(target(&eve).await), "not_found");
        assert_eq!(code(target(&fixture.worker).await), "hidden_already");
    }

    async fn nobody_hears_of_a_hidden_job_that_is_open_again(app) {
        let (root, eve, fixture) = (app.admin("root").await, app.agent("eve", &["coding"]).await, JobFixture::accepted(app).await);
        let id = fixture.job.id.as_str();
        hidden(app, &root, &fixture.worker, "job", id).await;
        act!(app, job::hand_back(&fixture.worker, &fixture.job.id, &market::job::HandingBack::new("time", "").expect("known"))).expect("hands back");
        assert_eq!(app.happenings(id).await.last().map(String::as_str), Some("job.handed_back"));
        let feed = market::feed::recent(&mut app.read().await, &eve, 20).await.unwrap();
        assert!(feed.iter().all(|event| event.job_id.as_ref() != Some(&fixture.job.id)), "not in the feed of the category");
    }

    async fn work_under_way_goes_on_by_its_rules(app) {
        let (root, fixture) = (app.admin("root").await, JobFixture::delivered(app).await);
        hidden(app, &root, &fixture.worker, "job", fixture.job.id.as_str()).await;
        act!(app, job::approve(&fixture.poster, &fixture.job.id)).expect("approves");
        app.advance(app.market.rules.release_delay).await;
        assert_eq!(fixture.look(app).await.status, JobStatus::Completed);
    }

    async fn files_of_the_work_are_taken_on_a_hidden_job(app) {
        let (root, fixture) = (app.admin("root").await, JobFixture::funded(app).await);
        let (worker, id) = (&fixture.worker, &fixture.job.id);
        let begun = act!(app, file::begin(worker, id, market::file::Kind::Deliverable, "samples.csv", "text/csv")).expect("begins");
        hidden(app, &root, worker, "job", id.as_str()).await;
        let arrived = market::file::ReceivedFile { size: 7, sha256: "0".repeat(64) };
        act!(app, file::finish(worker, &begun.id, &arrived)).expect("ends after the hiding");
        act!(app, file::begin(worker, id, market::file::Kind::Deliverable, "more.csv", "text/csv")).expect("begins after it");
        act!(app, job::deliver(worker, id, &testkit::job::delivery())).expect("delivers");
    }

    async fn the_review_of_a_hidden_job_goes_on(app) {
        let mut review = ReviewFixture::pending(app, &proofed(1), 0).await;
        let root = app.admin("root").await;
        hidden(app, &root, &review.fixture.worker.clone(), "job", review.id().as_str()).await;
        let n = review.join(app, "proofer").await;
        review.seat(app, n).await.expect("is seated");
        act!(app, review::fund(&review.fixture.poster, review.id())).expect("funds the proofer");
        assert_eq!(review.fixture.look(app).await.status, JobStatus::InReview);
    }

    async fn a_hidden_agent_has_no_page_and_is_not_chosen(app) {
        let (root, eve) = (app.admin("root").await, app.member("eve").await);
        let (fixture, offer) = JobFixture::applied(app).await;
        let (worker, agent) = (&fixture.worker, fixture.worker.agent.clone().expect("an agent"));
        let case = hidden(app, &root, &eve, "agent", agent.as_str()).await.id;
        let page = async |who: Option<&Actor>| code(market::profile::agent(&mut app.read().await, who, &agent, FIRST, 0).await);
        assert_eq!([page(None).await, page(Some(&eve)).await, page(Some(worker)).await, page(Some(&root)).await], ["not_found", "not_found", "done", "done"]);
        let ratings = market::profile::RatingsOf::Agent(agent.clone());
        assert_eq!(code(market::profile::ratings_of(&mut app.read().await, Some(&eve), &ratings, FIRST).await), "not_found");
        let team = market::profile::team(&mut app.read().await, None, &worker.team, FIRST, 0).await;
        assert!(team.map_or(true, |team| team.agents.is_empty()));
        refused(act!(app, job::accept(&fixture.poster, &fixture.job.id, &offer)), Kind::Conflict, "applicant_suspended");
        let other = act!(app, job::post(&fixture.poster, &JobDraft { confidential: Some(false), ..draft() })).unwrap().id;
        let new = market::application::NewApplication::default();
        refused(act!(app, application::apply(worker, &other, &new)), Kind::Conflict, "agent_hidden");
        assert_eq!(act!(app, job_invitation::invite(&fixture.poster, &other, &agent)).unwrap_err().fields[0].name, "agent_id");
        assert!(told(app, worker).await[0].starts_with("An admin hid your agent worker"));
        decide(app, &root, &case, "restore").await.expect("restores");
        act!(app, application::apply(worker, &other, &new)).expect("applies");
        assert_eq!(page(None).await, "done");
    }

    async fn the_words_of_a_hidden_question_and_comment_are_for_the_sides(app) {
        let (root, fixture, eve) = (app.admin("root").await, public(app).await, app.agent("eve", &["coding"]).await);
        let asked = act!(app, question::ask(&fixture.worker, &fixture.job.id, "Buy pills?")).unwrap().id;
        hidden(app, &root, &eve, "question", asked.as_str()).await;
        let words = async |who: &Actor| {
            let one = look!(app, question::list(who, &fixture.job.id, FIRST)).unwrap().items.remove(0);
            (one.is_hidden, one.body)
        };
        assert_eq!(words(&eve).await, (true, String::new()));
        for who in [&fixture.worker, &fixture.poster] {
            assert_eq!(words(who).await, (true, "Buy pills?".to_owned()));
        }
        let done = JobFixture::completed(app).await;
        done.rate(app, &done.poster, 1).await.unwrap();
        let early = sql("select id from rating").optional::<String>(&mut app.read().await).await.unwrap().expect("a rating");
        assert_eq!(code(report(app, &done.worker, "rating", &early).await), "not_found", "it can't be read yet");
        done.rate(app, &done.worker, 5).await.unwrap();
        hidden(app, &root, &done.worker, "rating", &early).await;
        let agent = done.worker.agent.clone().expect("an agent");
        let rated = market::profile::agent(&mut app.read().await, None, &agent, FIRST, 0).await.unwrap().ratings;
        assert_eq!((rated.page.items[0].is_hidden, rated.page.items[0].comment.as_str(), rated.mean.count), (true, "", 1), "its stars count");
        let own = read!(app, rating::received(&done.worker, FIRST)).unwrap().items.remove(0);
        assert_eq!((own.is_hidden, own.comment.as_str()), (true, "As agreed."));
    }

    async fn only_what_one_can_read_and_does_not_own_is_reported(app) {
        let (root, fixture, eve) = (app.admin("root").await, JobFixture::open(app).await, app.agent("eve", &["coding"]).await);
        let id = &fixture.job.id;
        for (kind, target) in [("job", "308f8811-0a46-4024-b8ef-514f4dcd857b"), ("job", "nonsense"), ("agent", "agent_none"), ("question", "qst_none"),
                               ("rating", "rtg_none"), ("agent", "x".repeat(500).as_str())] {
            assert_eq!(code(report(app, &eve, kind, target).await), "not_found", "{kind} {target}");
        }
        act!(app, nda::agree(&fixture.worker, id)).unwrap();
        let behind = act!(app, question::ask(&fixture.worker, id, "Of the brief?")).unwrap().id;
        assert_eq!(code(report(app, &eve, "question", behind.as_str()).await), "not_found", "it is for readers of the brief");
        assert_eq!(code(report(app, &fixture.poster, "job", id.as_str()).await), "own_content");
        let colleague = app.joined(&fixture.poster, "colleague", "role_viewer").await;
        assert_eq!(code(report(app, &colleague, "job", id.as_str()).await), "own_content");
        let una = app.unverified("una").await;
        assert_eq!(code(report(app, &una, "job", id.as_str()).await), "email_not_verified");
        let wrong = act!(app, safety::report(&eve, &Draft { reason: "because".into(), ..of("planet", id.as_str()) })).unwrap_err();
        assert_eq!(wrong.fields.iter().map(|field| field.name.as_ref()).collect::<Vec<_>>(), ["target_type", "reason"]);
        act!(app, job::cancel(&fixture.poster, id, None)).unwrap();
        assert_eq!(code(report(app, &eve, "job", id.as_str()).await), "not_found", "it is in no list any more");
        assert_eq!(read!(app, safety::queue(&root, None, FIRST)).unwrap().total, 0, "nothing was changed");
    }

    async fn reports_of_one_thing_join_and_each_member_has_one(app) {
        let (root, fixture, eve) = (app.admin("root").await, public(app).await, app.agent("eve", &["coding"]).await);
        let (id, worker) = (fixture.job.id.as_str(), &fixture.worker);
        let first = report(app, &eve, "job", id).await.unwrap();
        assert_eq!(report(app, &eve, "job", &fixture.job.id.task_id()).await.unwrap().id, first.id);
        report(app, worker, "job", id).await.unwrap();
        let case = waiting(app, &root).await;
        assert_eq!(case.reports, 2);
        let file = read!(app, safety::case(&root, &case.id, FIRST)).unwrap();
        assert_eq!(file.reports.items.iter().map(|one| one.member.as_str()).collect::<Vec<_>>(), ["eve", "worker"]);
        assert_eq!((file.subject.title.as_str(), file.subject.is_hidden, file.is_own), (fixture.job.title.as_str(), false, false));
        decide(app, &root, &case.id, "dismiss").await.unwrap();
        assert_eq!((outcome(app, &eve).await, outcome(app, worker).await), (Outcome::Dismissed, Outcome::Dismissed));
        assert_eq!(told(app, &eve).await[0], "You reported a job. It stays as it is: It is spam.");
        assert!(told(app, &fixture.poster).await.iter().all(|body| !body.contains("report") && !body.contains("hid")));
        assert_ne!(report(app, &eve, "job", id).await.unwrap().id, first.id, "the thing may have changed since");
        assert_ne!(waiting(app, &root).await.id, case.id, "it is another case");
    }

    async fn cases_are_listed_by_status_and_page_by_page(app) {
        let (root, fixture, eve) = (app.admin("root").await, public(app).await, app.agent("eve", &["coding"]).await);
        let other = act!(app, job::post(&fixture.poster, &JobDraft { confidential: Some(false), ..draft() })).expect("posts").id;
        let first = hidden(app, &root, &eve, "job", fixture.job.id.as_str()).await.id;
        let second = hidden(app, &root, &eve, "job", other.as_str()).await.id;
        let page = async |status, after: Option<&str>| {
            let part = market::page::Part::new(None, None, after.map(str::to_owned)).expect("a part");
            read!(app, safety::queue(&root, status, part)).map(|page| page.items.into_iter().map(|case| case.id).collect::<Vec<_>>())
        };
        assert_eq!(page(Some(Status::Hidden), None).await, Ok(vec![second.clone(), first.clone()]), "the newest first");
        assert_eq!(page(Some(Status::Hidden), Some(second.as_str())).await, Ok(vec![first]));
        assert_eq!(page(Some(Status::Dismissed), None).await, Ok(vec![]));
        assert_eq!(page(None, None).await, Ok(vec![]), "none waits");
        assert_eq!(page(None, Some("case_none")).await.unwrap_err().fields[0].name, market::page::AFTER);
    }

    async fn a_member_has_only_so_many_reports_waiting(app) {
        let (root, fixture, eve) = (app.admin("root").await, public(app).await, app.member("eve").await);
        let mut jobs = Vec::new();
        for _ in 0..=WAITING_MAX {
            jobs.push(act!(app, job::post(&fixture.poster, &draft())).unwrap().id);
        }
        let (last, rest) = jobs.split_last().expect("jobs");
        for job in rest {
            report(app, &eve, "job", job.as_str()).await.unwrap();
        }
        assert_eq!(code(report(app, &eve, "job", last.as_str()).await), "too_many_reports");
        decide(app, &root, &waiting(app, &root).await.id, "dismiss").await.unwrap();
        report(app, &eve, "job", last.as_str()).await.unwrap();
        let part = market::page::Part::new(Some(5), None, Some(read!(app, safety::mine(&eve, FIRST)).unwrap().items[4].id.to_string())).unwrap();
        assert_eq!(read!(app, safety::mine(&eve, part)).unwrap().items.len(), 5);
    }

    async fn only_admins_in_person_decide_and_no_owner(app) {
        let (root, fixture, eve) = (app.admin("root").await, public(app).await, app.member("eve").await);
        report(app, &eve, "job", fixture.job.id.as_str()).await.unwrap();
        let case = waiting(app, &root).await.id;
        let secret = act!(app, key::create(&root, &testkit::key::draft("bot", &[]))).unwrap().secret;
        let bot = read!(app, key::actor(&secret)).unwrap();
        for who in [&eve, &fixture.poster, &bot] {
            assert_eq!(code(decide(app, who, &case, "hide").await), "not_found");
            assert_eq!(code(read!(app, safety::queue(who, None, FIRST))), "not_found");
            assert_eq!(code(read!(app, safety::case(who, &case, FIRST))), "not_found");
            assert_eq!(code(act!(app, safety::appeal(who, &case, "No."))), "not_found");
        }
        let own = app.admin("boss").await;
        let job = act!(app, job::post(&own, &draft())).unwrap().id;
        report(app, &eve, "job", job.as_str()).await.unwrap();
        let of_boss = read!(app, safety::queue(&root, None, FIRST)).unwrap().items[1].id.clone();
        refused(decide(app, &own, &of_boss, "dismiss").await, Kind::Forbidden, "own_case");
        let short = Decision { decision: "hide".into(), reason: "no".into() };
        assert_eq!(act!(app, safety::decide(&root, &case, &short)).unwrap_err().fields[0].name, "reason");
        for step in ["uphold", "restore"] {
            refused(decide(app, &root, &case, step).await, Kind::Conflict, "case_decided");
        }
    }

    async fn of_two_admins_the_first_decides(app) {
        let (root, fixture, eve) = (app.admin("root").await, public(app).await, app.member("eve").await);
        let other = app.admin("other").await;
        report(app, &eve, "job", fixture.job.id.as_str()).await.unwrap();
        let case = waiting(app, &root).await.id;
        let (one, two) = tokio::join!(decide(app, &root, &case, "hide"), decide(app, &other, &case, "dismiss"));
        let lost = if one.is_ok() { two } else { one };
        refused(lost, Kind::Conflict, "case_decided");
        let log = read!(app, audit::of_server(&root, FIRST)).unwrap();
        assert_eq!(log.items.iter().filter(|entry| entry.name.starts_with("safety.")).count(), 1);
    }

    async fn a_decision_that_nobody_makes_in_time_is_made_by_the_timer(app) {
        let (root, fixture, eve) = (app.admin("root").await, public(app).await, app.member("eve").await);
        let third = app.member("third").await;
        report(app, &eve, "agent", fixture.worker.agent.as_ref().expect("an agent").as_str()).await.unwrap();
        app.advance(DECISION_WINDOW).await;
        assert_eq!(outcome(app, &eve).await, Outcome::Dismissed);
        let case = hidden(app, &root, &third, "agent", fixture.worker.agent.as_ref().expect("an agent").as_str()).await.id;
        act!(app, safety::appeal(&fixture.worker, &case, "Why?")).unwrap();
        app.advance(DECISION_WINDOW).await;
        assert_eq!(outcome(app, &third).await, Outcome::Restored, "the owner who asked in time does not suffer from silence");
    }

    async fn an_appeal_is_turned_down_once_and_comes_in_time(app) {
        let (root, fixture, eve) = (app.admin("root").await, public(app).await, app.member("eve").await);
        let agent = fixture.worker.agent.clone().expect("an agent");
        let case = hidden(app, &root, &eve, "agent", agent.as_str()).await.id;
        let viewer = app.joined(&fixture.worker, "colleague", "role_viewer").await;
        refused(act!(app, safety::appeal(&viewer, &case, "No.")), Kind::Forbidden, "missing_permission");
        act!(app, safety::appeal(&fixture.worker, &case, "No.")).unwrap();
        decide(app, &root, &case, "uphold").await.unwrap();
        assert!(told(app, &fixture.worker).await[0].starts_with("Your appeal was turned down"));
        assert_eq!(code(act!(app, safety::appeal(&fixture.worker, &case, "No!"))), "no_appeal");
        assert_eq!(outcome(app, &eve).await, Outcome::Hidden, "reporters hear nothing of the appeal");
        let late = hidden(app, &root, &eve, "job", fixture.job.id.as_str()).await.id;
        app.pass(APPEAL_WINDOW);
        assert_eq!(code(act!(app, safety::appeal(&fixture.poster, &late, "No."))), "appeal_over");
        decide(app, &root, &late, "restore").await.expect("an admin can show it at any time");
        app.pass(Duration::days(1));
    }
}

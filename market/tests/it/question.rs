//! Questions on an open job: who asks, who answers, and who reads them.

use market::db::sql;
use market::page::Part;
use market::question::{OWN_MAX, QUESTIONS_MAX, Question, Status};
use market::{Actor, Duration, Error, Kind, Page, Paging, Result};
use testkit::job::{JobFixture, draft};
use testkit::{TestApp, act, both, look, read};

fn code(error: Error) -> String {
    error.code.into_owned()
}

async fn asked_on(app: &TestApp, fixture: &JobFixture, who: &Actor) -> Result<Page<Question>> {
    look!(app, question::list(who, &fixture.job.id, Paging::first(20)))
}

/// The questions that somebody reads, as `question / answer`.
async fn read_by(app: &TestApp, fixture: &JobFixture, who: &Actor) -> Vec<String> {
    let page = asked_on(app, fixture, who).await.expect("reads");
    page.items.into_iter().map(|one| format!("{} / {}", one.body, one.answer.unwrap_or_default())).collect()
}

/// The sentences that somebody was told, the last first.
async fn told(app: &TestApp, who: &Actor) -> Vec<String> {
    app.notify().await;
    let page = read!(app, notification::list(who, Paging::first(20))).expect("lists");
    page.items.into_iter().map(|told| told.body).collect()
}

/// A job whose brief everybody reads.
async fn public(app: &TestApp) -> JobFixture {
    let fixture = JobFixture::open(app).await;
    let open = market::job::Draft { confidential: Some(false), ..draft() };
    let job = act!(app, job::post(&fixture.poster, &open)).expect("posts");
    JobFixture { job, ..fixture }
}

both! {
    async fn the_list_goes_on_after_a_question(app) {
        let fixture = public(app).await;
        let mut asked = Vec::new();
        for body in ["One?", "Two?", "Three?"] {
            asked.push(act!(app, question::ask(&fixture.worker, &fixture.job.id, body)).expect("asks").id);
        }
        let part = |after: &str| Part { paging: Paging::first(1), after: Some(after.to_owned()) };
        let next = look!(app, question::list(&fixture.poster, &fixture.job.id, part(asked[2].as_str()))).expect("lists");
        assert_eq!(next.items.iter().map(|one| one.body.as_str()).collect::<Vec<_>>(), ["Two?"]);
        let unknown = look!(app, question::list(&fixture.poster, &fixture.job.id, part("qst_none"))).unwrap_err();
        assert_eq!(unknown.fields[0].name, "starting_after");
    }

    async fn a_question_is_asked_and_answered_before_everybody(app) {
        let fixture = public(app).await;
        let (id, eve) = (&fixture.job.id, app.agent("eve", &["coding"]).await);
        let asked = act!(app, question::ask(&fixture.worker, id, " Net or gross? ")).expect("asks");
        assert_eq!((asked.body.as_str(), asked.status, asked.mine), ("Net or gross?", Status::Asked, true));
        assert_eq!(app.happenings(asked.id.as_str()).await, ["question.asked"]);
        let answered = act!(app, question::answer(&fixture.poster, id, &asked.id, "Net.")).expect("answers");
        assert_eq!((answered.status, answered.answer.as_deref(), answered.mine), (Status::Answered, Some("Net."), false));
        for who in [&fixture.worker, &fixture.poster, &eve] {
            assert_eq!(read_by(app, &fixture, who).await, ["Net or gross? / Net."]);
        }
        let again = act!(app, question::answer(&fixture.poster, id, &asked.id, "Gross.")).unwrap_err();
        assert_eq!(code(again), "question_not_open");
        assert!(!asked_on(app, &fixture, &eve).await.unwrap().items[0].mine, "nobody learns who asked");
    }

    async fn the_poster_is_told_of_a_question_and_the_asker_of_the_answer(app) {
        let fixture = public(app).await;
        let id = &fixture.job.id;
        let asked = act!(app, question::ask(&fixture.worker, id, "Net or gross?")).unwrap();
        assert!(told(app, &fixture.poster).await.contains(&"A question on your job: Net or gross?".to_owned()));
        act!(app, question::answer(&fixture.poster, id, &asked.id, "Net.")).unwrap();
        assert_eq!(told(app, &fixture.worker).await, ["Your question was answered: Net."]);
        act!(app, question::remove(&fixture.poster, id, &asked.id)).unwrap();
        assert_eq!(told(app, &fixture.worker).await[0], "The poster removed your question.");
        assert!(told(app, &app.agent("eve", &["coding"]).await).await.is_empty());
    }

    async fn a_removed_question_leaves_no_words(app) {
        let fixture = public(app).await;
        let id = &fixture.job.id;
        let asked = act!(app, question::ask(&fixture.worker, id, "Call me on 555-0100?")).unwrap();
        act!(app, question::answer(&fixture.poster, id, &asked.id, "No.")).unwrap();
        let removed = act!(app, question::remove(&fixture.poster, id, &asked.id)).expect("removes");
        assert_eq!((removed.status, removed.body.as_str(), removed.answer), (Status::Removed, "", None));
        assert_eq!(read_by(app, &fixture, &fixture.worker).await, [" / "]);
        assert_eq!(code(act!(app, question::remove(&fixture.poster, id, &asked.id)).unwrap_err()), "question_not_open");
        assert_eq!(app.happenings(asked.id.as_str()).await, ["question.asked", "question.answered", "question.removed"]);
    }

    async fn those_who_could_apply_may_ask_and_the_poster_alone_answers(app) {
        let fixture = public(app).await;
        let id = &fixture.job.id;
        let ask = async |who: &Actor| act!(app, question::ask(who, id, "Net or gross?"));
        assert_eq!(code(ask(&fixture.poster).await.unwrap_err()), "own_job");
        let plain = app.member("plain").await;
        assert_eq!(code(ask(&plain).await.unwrap_err()), "agent_profile_required");
        let unverified = app.unverified("una").await;
        assert_eq!(code(ask(&unverified).await.unwrap_err()), "email_not_verified");
        let asked = ask(&fixture.worker).await.unwrap();
        for other in [&fixture.worker, &app.agent("eve", &["coding"]).await] {
            let refused = act!(app, question::answer(other, id, &asked.id, "Net.")).unwrap_err();
            assert_eq!(refused.kind, Kind::NotFound);
            assert_eq!(act!(app, question::remove(other, id, &asked.id)).unwrap_err().kind, Kind::NotFound);
        }
        let other = public(app).await;
        let crossed = act!(app, question::answer(&other.poster, &other.job.id, &asked.id, "Net.")).unwrap_err();
        assert_eq!(crossed.kind, Kind::NotFound, "the question of another job");
    }

    async fn a_brief_behind_the_nda_does_not_leak_by_a_question(app) {
        let (fixture, _) = JobFixture::applied(app).await;
        let (id, eve) = (&fixture.job.id, app.agent("eve", &["coding"]).await);
        act!(app, question::ask(&fixture.worker, id, "Why 212 fixtures?")).expect("has read the brief");
        act!(app, question::ask(&eve, id, "Which language?")).expect("has not");
        assert_eq!(read_by(app, &fixture, &eve).await, ["Which language? / "]);
        assert_eq!(read_by(app, &fixture, &fixture.poster).await, ["Which language? / ", "Why 212 fixtures? / "]);
        act!(app, nda::agree(&eve, id)).unwrap();
        assert_eq!(read_by(app, &fixture, &eve).await.len(), 2);
    }

    async fn questions_have_an_end(app) {
        let fixture = public(app).await;
        let id = &fixture.job.id;
        for n in 0..OWN_MAX {
            act!(app, question::ask(&fixture.worker, id, &format!("Question {n}?"))).unwrap();
        }
        assert_eq!(code(act!(app, question::ask(&fixture.worker, id, "One more?")).unwrap_err()), "asked_enough");
        let eve = app.agent("eve", &["coding"]).await;
        for n in OWN_MAX..QUESTIONS_MAX {
            let row = "insert into question (id, job_key, number, team_id, member_id, body, behind_nda, status, created_at) \
                       select $1, key, $2, team_id, member_id, 'Why?', 0, 'asked', created_at from job where id = $3";
            app.write(sql(row).bind(format!("qst_{n}")).bind(n + 1).bind(id)).await;
        }
        assert_eq!(code(act!(app, question::ask(&eve, id, "One more?")).unwrap_err()), "too_many_questions");
        assert_eq!(asked_on(app, &fixture, &eve).await.unwrap().total, QUESTIONS_MAX);
        act!(app, job::cancel(&fixture.poster, id, None)).unwrap();
        assert_eq!(act!(app, question::ask(&eve, id, "Why?")).unwrap_err().kind, Kind::NotFound);
    }

    async fn nobody_asks_after_the_last_day(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        let id = &fixture.job.id;
        let asked = act!(app, question::ask(&fixture.worker, id, "Net or gross?")).unwrap();
        act!(app, job::accept(&fixture.poster, id, &application)).unwrap();
        assert_eq!(code(act!(app, question::ask(&fixture.worker, id, "And now?")).unwrap_err()), "job_not_open");
        let late = act!(app, question::answer(&fixture.poster, id, &asked.id, "Net.")).unwrap_err();
        assert_eq!(code(late), "job_not_open");
        assert_eq!(read_by(app, &fixture, &fixture.worker).await.len(), 1, "it stays");
        let open = public(app).await;
        app.write(sql("update job set applications_until = created_at where id = $1").bind(&open.job.id)).await;
        app.advance(Duration::minutes(1)).await;
        assert_eq!(code(act!(app, question::ask(&open.worker, &open.job.id, "Late?")).unwrap_err()), "applications_over");
    }
}

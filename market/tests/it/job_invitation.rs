//! Job invitations: who invites whom, who is told, and how an invitation ends.

use market::application::NewApplication;
use market::id::{AgentId, JobId};
use market::job_invitation::{DAILY_MAX, INVITED_MAX, JobInvitation, Status};
use market::matching::Reason;
use market::{Actor, Duration, Kind, Paging, Result};
use testkit::job::JobFixture;
use testkit::team::refused;
use testkit::{TestApp, act, both, look, read};

fn agent_of(who: &Actor) -> AgentId {
    who.agent.clone().expect("an agent")
}

async fn invite(app: &TestApp, fixture: &JobFixture, whom: &Actor) -> Result<JobInvitation> {
    act!(app, job_invitation::invite(&fixture.poster, &fixture.job.id, &agent_of(whom)))
}

/// The answers that the poster reads, in the order of the invitations.
async fn answers(app: &TestApp, fixture: &JobFixture) -> Vec<Status> {
    let all = look!(app, job_invitation::list(&fixture.poster, &fixture.job.id)).expect("lists");
    all.into_iter().map(|one| one.status).collect()
}

/// The jobs that somebody is invited to.
async fn invited_to(app: &TestApp, who: &Actor) -> Vec<JobId> {
    let jobs = read!(app, matching::invited(who)).expect("lists");
    jobs.into_iter().map(|one| one.job.card.id).collect()
}

/// The sentences that somebody was told, the last first.
async fn told(app: &TestApp, who: &Actor) -> Vec<String> {
    app.notify().await;
    let page = read!(app, notification::list(who, Paging::first(20))).expect("lists");
    page.items.into_iter().map(|told| told.body).collect()
}

async fn apply(app: &TestApp, fixture: &JobFixture, who: &Actor) {
    act!(app, nda::agree(who, &fixture.job.id)).expect("agrees");
    act!(app, application::apply(who, &fixture.job.id, &NewApplication::default())).expect("applies");
}

both! {
    async fn an_invited_agent_is_told_once_and_finds_the_job_first(app) {
        let fixture = JobFixture::open(app).await;
        let first = invite(app, &fixture, &fixture.worker).await.expect("invites");
        assert_eq!((first.status, &first.agent_id), (Status::Invited, &agent_of(&fixture.worker)));
        app.pass(Duration::minutes(1));
        assert_eq!(invite(app, &fixture, &fixture.worker).await, Ok(first), "a second one is the first");
        assert_eq!(told(app, &fixture.worker).await, ["The poster invites you to apply for this job."]);
        assert_eq!(app.happenings(fixture.job.id.as_str()).await, ["job.posted", "job.invited"]);
        assert_eq!(invited_to(app, &fixture.worker).await, std::slice::from_ref(&fixture.job.id));
        let page = read!(app, matching::recommended(&fixture.worker, Paging::first(5))).unwrap();
        let reasons = |n: usize| page.items[n].fit.reasons.clone();
        assert_eq!((page.items.len(), reasons(0)[0]), (1, Reason::Invited));
        let own = look!(app, job_invitation::own(&fixture.worker, &fixture.job.id)).unwrap();
        assert_eq!(own.len(), 1);
    }

    async fn an_agent_of_another_category_is_invited_too(app) {
        let fixture = JobFixture::open(app).await;
        let painter = app.agent("vermeer", &["design"]).await;
        invite(app, &fixture, &painter).await.expect("invites");
        assert_eq!(invited_to(app, &painter).await, std::slice::from_ref(&fixture.job.id));
        let reasons = read!(app, matching::invited(&painter)).unwrap()[0].job.fit.reasons.clone();
        assert!(!reasons.contains(&Reason::Invited), "its list says that already");
    }

    async fn applying_answers_the_invitation_and_withdrawing_opens_it_again(app) {
        let fixture = JobFixture::open(app).await;
        invite(app, &fixture, &fixture.worker).await.unwrap();
        apply(app, &fixture, &fixture.worker).await;
        assert_eq!(answers(app, &fixture).await, [Status::Applied]);
        assert_eq!(invited_to(app, &fixture.worker).await, []);
        let agent = agent_of(&fixture.worker);
        let late = act!(app, job_invitation::decline(&fixture.worker, &fixture.job.id, &agent));
        refused(late, Kind::Conflict, "invitation_answered");
        let own = look!(app, application::own(&fixture.worker, &fixture.job.id)).unwrap()[0].id.clone();
        act!(app, application::withdraw(&fixture.worker, &fixture.job.id, &own)).unwrap();
        assert_eq!(answers(app, &fixture).await, [Status::Invited]);
    }

    async fn declining_tells_the_poster_once(app) {
        let fixture = JobFixture::open(app).await;
        invite(app, &fixture, &fixture.worker).await.unwrap();
        let (agent, other) = (agent_of(&fixture.worker), app.agent("eve", &["coding"]).await);
        for stranger in [&other, &fixture.poster] {
            let refusal = act!(app, job_invitation::decline(stranger, &fixture.job.id, &agent));
            refused(refusal, Kind::NotFound, "not_found");
        }
        for _ in 0..2 {
            let declined = act!(app, job_invitation::decline(&fixture.worker, &fixture.job.id, &agent)).expect("declines");
            assert_eq!(declined.status, Status::Declined);
        }
        assert_eq!(told(app, &fixture.poster).await, ["An agent that you invited declined: worker"]);
        assert_eq!((answers(app, &fixture).await, invited_to(app, &fixture.worker).await), (vec![Status::Declined], vec![]));
        assert_eq!(invite(app, &fixture, &fixture.worker).await.unwrap().status, Status::Declined, "nobody is asked twice");
        apply(app, &fixture, &fixture.worker).await;
        assert_eq!(answers(app, &fixture).await, [Status::Applied], "a no binds nobody");
    }

    async fn closing_the_job_ends_its_invitations(app) {
        let fixture = JobFixture::open(app).await;
        invite(app, &fixture, &fixture.worker).await.unwrap();
        act!(app, job::cancel(&fixture.poster, &fixture.job.id, None)).unwrap();
        assert_eq!((answers(app, &fixture).await, invited_to(app, &fixture.worker).await), (vec![Status::Ended], vec![]));
        let agent = agent_of(&fixture.worker);
        refused(act!(app, job_invitation::decline(&fixture.worker, &fixture.job.id, &agent)), Kind::Conflict, "invitation_answered");
        let eve = app.agent("eve", &["coding"]).await;
        refused(invite(app, &fixture, &eve).await, Kind::Conflict, "job_not_open");
    }

    async fn only_those_who_can_work_are_invited(app) {
        let fixture = JobFixture::open(app).await;
        let root = app.admin("root").await;
        let id = &fixture.job.id;
        let unknown = act!(app, job_invitation::invite(&fixture.poster, id, &"agent_none".into())).unwrap_err();
        assert_eq!(unknown.fields[0].name, "agent_id");
        let mut poster = fixture.poster.clone();
        let own = app.profile(&poster, &testkit::people::profile("Own", &["coding"])).await.unwrap();
        poster.agent = Some(own.id.clone());
        refused(act!(app, job_invitation::invite(&poster, id, &own.id)), Kind::Forbidden, "own_agent");
        let (paused, suspended) = (app.agent("pat", &["coding"]).await, app.agent("sue", &["coding"]).await);
        act!(app, agent::pause(&paused, &agent_of(&paused))).unwrap();
        refused(invite(app, &fixture, &paused).await, Kind::Conflict, "agent_takes_no_work");
        app.suspend(&root, &suspended).await;
        refused(invite(app, &fixture, &suspended).await, Kind::Conflict, "agent_takes_no_work");
        apply(app, &fixture, &fixture.worker).await;
        refused(invite(app, &fixture, &fixture.worker).await, Kind::Conflict, "has_applied");
        let eve = app.agent("eve", &["coding"]).await;
        refused(act!(app, job_invitation::invite(&eve, id, &agent_of(&fixture.worker))), Kind::NotFound, "not_found");
        refused(look!(app, job_invitation::list(&eve, id)), Kind::NotFound, "not_found");
        assert_eq!(look!(app, job_invitation::own(&eve, id)).unwrap(), [], "of others nobody learns");
    }

    async fn jobs_of_a_suspended_poster_are_not_shown(app) {
        let root = app.admin("root").await;
        let fixture = JobFixture::open(app).await;
        invite(app, &fixture, &fixture.worker).await.unwrap();
        app.suspend(&root, &fixture.poster).await;
        assert_eq!(invited_to(app, &fixture.worker).await, []);
    }

    async fn a_job_and_a_member_invite_so_many_at_most(app) {
        let fixture = JobFixture::open(app).await;
        let other = JobFixture::open(app).await;
        let eve = app.agent("eve", &["coding"]).await;
        let row = "insert into job_invitation (job_key, agent_id, team_id, member_id, created_at) select j.key, $1, $2, $3, $4 from job j where j.id = $5";
        let agent = "insert into agent (id, team_id, kind, name, bio, status, is_default, created_at, updated_at) \
             values ($1, $2, 'agent', 'Some', '', 'active', 0, $3, $3)";
        for n in 0..DAILY_MAX {
            let (id, job) = (format!("agent_{n}"), if n < INVITED_MAX { &fixture.job.id } else { &other.job.id });
            app.write(market::db::sql(agent).bind(id.as_str()).bind(&eve.team).bind(app.now())).await;
            app.write(market::db::sql(row).bind(id.as_str()).bind(&eve.team).bind(&fixture.poster.member).bind(app.now()).bind(job)).await;
        }
        refused(invite(app, &fixture, &eve).await, Kind::Conflict, "too_many_invited");
        let third = act!(app, job::post(&fixture.poster, &testkit::job::draft())).unwrap();
        let third = JobFixture { job: third, ..fixture };
        refused(invite(app, &third, &eve).await, Kind::Conflict, "invited_enough");
        app.pass(Duration::days(1));
        invite(app, &third, &eve).await.expect("a day later");
    }
}
